"""Strings: their counts and markers, errors, and what is done with many of them."""

import collections.abc
import pickle

import pytest

import hedgerow
from conftest import rows

TEXT = "効果が期待されています。必ず実現します。"


def integers(row):
    return {name: int(value) for name, value in row.items() if value.isdecimal() and not name.endswith(("share", "tokens", "year"))}


def test_counts_are_those_of_the_program(counter, stats, texts):
    categories = {(row["document"], row["category"]): row for row in rows(stats / "categories.csv")}
    for row in rows(stats / "documents.csv"):
        counts = counter.count(texts[row["document"]])
        own = {name: str(value) for name, value in counts.items() if isinstance(value, int)}
        assert len(own) == 13 and own == {name: row[name] for name in own}
        for name, category in counts["categories"].items():
            expected = categories[row["document"], name]
            assert (str(category["affirmed"]), str(category["negated"])) == (expected["count"], expected["negated"])
            assert category["stance"] == expected["stance"]
        assert sum(marker["affirmed"] for marker in counts["markers"].values()) == counts["hedge"] + counts["assertive"]


def test_markers_are_the_rows_of_the_concordance(counter, stats, texts):
    expected = rows(stats / "concordance.csv")
    found = [(document, marker) for document, text in texts.items() for marker in counter.find(text)]
    assert len(found) == len(expected) > 300
    for (document, marker), row in zip(found, expected):
        assert row["document"] == document
        values = {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in marker._asdict().items()}
        assert values == {name: row[name] for name in values}
        assert texts[document][marker.start : marker.end] == marker.node


def test_counts_are_a_mapping(counter):
    counts = counter.count(TEXT)
    assert isinstance(counts, collections.abc.Mapping)
    assert dict(counts) == counts.to_dict() == dict(zip(counts.keys(), counts.values()))
    assert len(counts) == len(list(counts)) == len(counts.items()) == 17
    assert "tokens" in counts and "word" not in counts and 3 not in counts
    assert counts.get("word") is None and counts.get("word", 3) == 3 and counts.get("tokens") == counts["tokens"]
    with pytest.raises(KeyError, match="word"):
        counts["word"]


def test_counts_add_up_and_are_pickled(counter):
    one, other = counter.count(TEXT), counter.count("まだ証明されていません。")
    both = one + other
    assert both["tokens"] == one["tokens"] + other["tokens"] and both["assertive_negated"] == 1
    assert both == other + one != one
    assert pickle.loads(pickle.dumps(both)) == both


def test_counts_of_another_lexicon_are_not_added(counter, tmp_path):
    with pytest.raises(hedgerow.HedgerowError, match="lexicon"):
        counter.count(TEXT) + dogs(tmp_path).count(TEXT)


def dogs(folder):
    path = folder / "dogs.toml"
    path.write_text('category = "animals"\nstance = "hedge"\n[[entry]]\nid = "犬"\nexamples = ["犬がいる。"]\n', encoding="utf-8")
    return hedgerow.Counter(lexicon=[path])


def test_a_lexicon_of_ones_own_is_counted(counter, tmp_path):
    own = dogs(tmp_path)
    assert own.count("犬と犬。")["categories"]["animals"] == {"stance": "hedge", "affirmed": 2, "negated": 0}
    assert own.lexicon_digest != counter.lexicon_digest and own.dictionary_digest == counter.dictionary_digest
    again = pickle.loads(pickle.dumps(own))
    assert again.lexicon_digest == own.lexicon_digest == own.count("")["lexicon"]
    pickled = pickle.dumps(own)
    path = tmp_path / "dogs.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("犬", "猫"), encoding="utf-8")
    with pytest.raises(hedgerow.HedgerowError, match="would count otherwise here"):
        pickle.loads(pickled)


def test_a_counter_is_pickled(counter):
    again = pickle.loads(pickle.dumps(counter))
    assert again.count(TEXT) == counter.count(TEXT)
    assert hedgerow.Counter.version == counter.version == hedgerow.__version__


@pytest.mark.parametrize(
    "arguments, error, message",
    [
        ({"lexicon": "none.toml"}, hedgerow.HedgerowError, "none.toml.*check the path of the lexicon"),
        ({"lexicon": ["a.toml", 3]}, TypeError, "lexicon is a path, or a list of paths"),
        ({"dictionary": "none"}, hedgerow.HedgerowError, "none"),
    ],
)
def test_a_counter_that_cant_be_made_says_why(arguments, error, message):
    with pytest.raises(error, match=message):
        hedgerow.Counter(**arguments)


def test_errors_are_in_the_language_that_the_environment_asks_for(counter, tmp_path, monkeypatch):
    (tmp_path / "own.toml").write_text('category = "a"\n', encoding="utf-8")
    for value, locale, words in [("ja", "C", "キー `stance` がありません"), ("", "ja_JP.UTF-8", "キー"), ("en", "ja_JP.UTF-8", "missing field")]:
        monkeypatch.setenv("HEDGEROW_LANG", value)
        monkeypatch.setenv("LC_ALL", locale)
        with pytest.raises(hedgerow.HedgerowError, match=words):
            hedgerow.Counter(lexicon=tmp_path / "own.toml")
        with pytest.raises(hedgerow.HedgerowError) as refused:
            hedgerow.merge(tmp_path / "none", tmp_path / "out")
        assert str(refused.value).startswith(str(tmp_path)), refused.value
        assert ("部分集計" in str(refused.value)) == (words != "missing field")


def test_categories_have_their_names_in_japanese(counter, stats, tmp_path):
    expected = {row["category"]: {"stance": row["stance"], "category_ja": row["category_ja"]} for row in rows(stats / "categories.csv")}
    assert list(counter.categories.items()) == list(expected.items())
    assert dogs(tmp_path).categories["animals"] == {"stance": "hedge", "category_ja": "animals"}


def test_many_texts_are_counted_as_one_by_one(counter, texts):
    many = [*texts.values(), None, "", float("nan")] * 3
    expected = [counter.count(text) if isinstance(text, str) else None for text in many]
    done = []
    assert counter.count_all(many, progress=done.append) == expected
    assert sum(done) == len(many)
    assert counter.count_all(iter(many)) == expected
    assert counter.count_all(text for text in many) == expected
    assert counter.count_all([]) == []


@pytest.mark.parametrize(
    "texts, error, message",
    [
        (TEXT, TypeError, r"count\(\) counts one"),
        ([TEXT, 3], TypeError, "text 1 is of the type int, not str or None"),
        ([TEXT, b"a"], TypeError, "text 1 is of the type bytes"),
        ([TEXT, "a\ud83d"], ValueError, "text 1: the character at 1 is half of a surrogate pair"),
        (3, TypeError, "not iterable"),
    ],
)
def test_what_is_no_text_is_refused(counter, texts, error, message):
    with pytest.raises(error, match=message):
        counter.count_all(texts)


@pytest.mark.parametrize("method", ["count", "find"])
def test_half_a_surrogate_pair_is_refused(counter, method):
    with pytest.raises(ValueError, match="surrogate") as raised:
        getattr(counter, method)("必ず\udc00")
    assert type(raised.value) is ValueError
    remedied = "必ず\ud842\udfb7\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    assert remedied == "必ず𠮷\ufffd" and counter.count(remedied)["characters"] == 4


def test_offsets_count_characters_of_str(counter):
    text = "𠮷野家は必ず効きます。"
    (marker,) = counter.find(text)
    assert text[marker.start : marker.end] == marker.node == "必ず"


def test_an_exception_of_a_source_or_of_the_progress_is_passed_on(counter):
    def source():
        yield TEXT
        raise OSError("broken")

    with pytest.raises(OSError, match="broken"):
        counter.count_all(source())
    with pytest.raises(ZeroDivisionError):
        counter.count_all([TEXT], progress=lambda done: 1 / 0)
