//! What a pattern finds: small lexicons of animals, which no marker is made of, by kind of behaviour.

use hedgerow::analysis::{Coder, Setup};
use hedgerow::lexicon::Source;
use hedgerow::markers::Hit;
use hedgerow::text::Wrapping;

/// Asserts what an entry with these fields finds in each text.
fn one(fields: &str, cases: &[(&str, &[&str])]) {
    let setup = setup(&[("a", fields)]);
    for (text, expected) in cases {
        let nodes: Vec<String> = hits(&setup, text).into_iter().map(|(_, node, _)| node).collect();
        assert_eq!(nodes, *expected, "{fields} in {text}");
    }
}

/// Asserts which of several entries, given by id and fields, are found in each text.
fn several(entries: &[(&str, &str)], cases: &[(&str, &[(&str, &str)])]) {
    let setup = setup(entries);
    for (text, expected) in cases {
        let found = hits(&setup, text);
        let found: Vec<_> = found.iter().map(|(id, node, _)| (id.as_str(), node.as_str())).collect();
        assert_eq!(found, *expected, "{entries:?} in {text}");
    }
}

fn setup(entries: &[(&str, &str)]) -> Setup {
    let mut text = String::from("category = \"animals\"\nstance = \"hedge\"\n");
    for (id, fields) in entries {
        text += &format!("[[entry]]\nid = \"{id}\"\nexamples = [\"犬\"]\n{fields}\n");
    }
    Setup::new(&[Source { name: "animals.toml".into(), text }]).unwrap()
}

/// The hits of the animals: id, node, hit.
fn hits(setup: &Setup, text: &str) -> Vec<(String, String, Hit)> {
    let found = Coder::new(setup).code(text, Wrapping::NONE).hits.into_iter();
    let entry = |hit: &Hit| &setup.lexicon.entries[hit.entry];
    found
        .filter(|found| setup.lexicon.category(entry(&found.hit)).name == "animals")
        .map(|found| (entry(&found.hit).id.clone(), text[found.node].to_owned(), found.hit))
        .collect()
}

#[test]
fn an_optional_token_may_be_missing_but_not_doubled() {
    let cases: &[(&str, &[&str])] =
        &[("犬牛", &["犬牛"]), ("犬猫牛", &["犬猫牛"]), ("犬猫猫牛", &[]), ("犬猫", &[])];
    one(r#"pattern = '"犬" "猫"? "牛"'"#, cases);
}

#[test]
fn an_optional_token_at_the_end_is_taken_if_it_is_there() {
    one(r#"pattern = '"犬" "猫"?'"#, &[("犬", &["犬"]), ("犬猫", &["犬猫"]), ("犬牛猫", &["犬"])]);
    one(r#"pattern = '"犬"? "猫"'"#, &[("猫", &["猫"]), ("犬猫", &["犬猫"]), ("犬", &[])]);
}

#[test]
fn a_star_takes_any_number() {
    let cases: &[(&str, &[&str])] = &[("犬牛", &["犬牛"]), ("犬猫猫猫牛", &["犬猫猫猫牛"]), ("犬猫猫", &[])];
    one(r#"pattern = '"犬" "猫"* "牛"'"#, cases);
    one(r#"pattern = '"犬" "猫"*'"#, &[("犬", &["犬"]), ("犬猫猫", &["犬猫猫"])]);
}

#[test]
fn a_plus_takes_one_or_more() {
    let cases: &[(&str, &[&str])] = &[("犬牛", &[]), ("犬猫牛", &["犬猫牛"]), ("犬猫猫牛", &["犬猫猫牛"])];
    one(r#"pattern = '"犬" "猫"+ "牛"'"#, cases);
    one(r#"pattern = '"犬"+'"#, &[("犬犬犬と犬", &["犬犬犬", "犬"])]);
}

#[test]
fn a_bounded_repetition_keeps_its_bounds() {
    let cases: &[(&str, &[&str])] = &[
        ("犬", &[]),
        ("犬犬", &["犬犬"]),
        ("犬犬犬", &["犬犬犬"]),
        ("犬犬犬犬", &["犬犬犬"]),
        ("犬犬犬犬犬", &["犬犬犬", "犬犬"]),
    ];
    one(r#"pattern = '"犬"{2,3}'"#, cases);
    one(r#"pattern = '"犬"{2}'"#, &[("犬", &[]), ("犬犬犬犬犬", &["犬犬", "犬犬"])]);
    one(r#"pattern = '"犬"{2,}'"#, &[("犬", &[]), ("犬犬犬犬犬", &["犬犬犬犬犬"])]);
    one(r#"pattern = '"犬"{,2} "猫"'"#, &[("猫", &["猫"]), ("犬犬犬猫", &["犬犬猫"])]);
    one(r#"pattern = '"犬" "猫"{0} "牛"'"#, &[("犬牛", &["犬牛"]), ("犬猫牛", &[])]);
}

#[test]
fn a_group_is_repeated_as_a_whole() {
    one(r#"pattern = '("犬" "猫")+'"#, &[("犬猫犬猫犬", &["犬猫犬猫"]), ("犬犬", &[])]);
    one(r#"pattern = '("犬" "猫"){2} "牛"'"#, &[("犬猫犬猫牛", &["犬猫犬猫牛"]), ("犬猫牛", &[])]);
    one(r#"pattern = '("犬"* "猫"?)* "牛"'"#, &[("牛", &["牛"]), ("猫犬犬猫猫牛", &["猫犬犬猫猫牛"])]);
}

#[test]
fn repetitions_of_repetitions_multiply() {
    one(r#"pattern = '"犬"{2}{2}'"#, &[("犬犬犬", &[]), ("犬犬犬犬", &["犬犬犬犬"])]);
}

#[test]
fn one_of_the_alternatives_matches() {
    one(
        r#"pattern = '"犬" ("猫" | "牛" "鳩")'"#,
        &[("犬猫", &["犬猫"]), ("犬牛鳩", &["犬牛鳩"]), ("犬牛", &[])],
    );
    one(r#"pattern = '("犬" | "猫")+'"#, &[("犬猫猫牛犬", &["犬猫猫", "犬"])]);
}

#[test]
fn alternatives_divide_whole_sequences() {
    one(r#"pattern = '"犬" | "猫" "牛"'"#, &[("犬牛", &["犬"]), ("猫牛", &["猫牛"]), ("猫", &[])]);
}

#[test]
fn a_negated_test_takes_every_other_token() {
    one(r#"pattern = '[word!="犬"]'"#, &[("犬猫牛", &["猫", "牛"])]);
    one(
        r#"pattern = '"犬" [word!="猫|牛"]'"#,
        &[("犬鳩", &["犬鳩"]), ("犬猫", &[]), ("犬牛", &[]), ("犬", &[])],
    );
    one(r#"pattern = '[pos != "名詞.*"]'"#, &[("犬と猫", &["と"])]);
}

#[test]
fn both_sides_of_an_and_must_hold() {
    one(r#"pattern = '[word="犬" & pos="動詞.*"]'"#, &[("犬", &[])]);
    one(r#"pattern = '[pos="名詞.*" & word!="犬"]'"#, &[("犬と猫", &["猫"])]);
}

#[test]
fn one_side_of_an_or_is_enough_and_and_binds_closer() {
    one(r#"pattern = '[word="犬" | pos="動詞.*"]'"#, &[("犬が走る", &["犬", "走る"])]);
    one(r#"pattern = '[word="犬" | word="猫" & pos="動詞.*"]'"#, &[("犬と猫", &["犬"])]);
    one(r#"pattern = '[(word="犬" | word="猫") & pos="名詞.*"]'"#, &[("犬と猫", &["犬", "猫"])]);
}

#[test]
fn empty_brackets_take_any_token() {
    one(r#"pattern = '"犬" [] "牛"'"#, &[("犬と牛", &["犬と牛"]), ("犬、牛", &["犬、牛"]), ("犬牛", &[])]);
}

#[test]
fn a_bare_word_is_the_word_as_it_stands() {
    one(r#"pattern = '"走る"'"#, &[("犬が走る", &["走る"]), ("犬が走った", &[])]);
}

#[test]
fn a_lemma_takes_every_inflection() {
    let cases: &[(&str, &[&str])] =
        &[("犬が走る", &["走る"]), ("犬が走った", &["走っ"]), ("犬が走らない", &["走ら"]), ("犬が歩く", &[])];
    one(r#"pattern = '[lemma="走る"]'"#, cases);
}

#[test]
fn the_lemma_of_an_unknown_word_is_the_word() {
    one(r#"pattern = '[lemma="ヘッジロウ"]'"#, &[("犬とヘッジロウ", &["ヘッジロウ"])]);
}

#[test]
fn a_value_must_match_the_whole() {
    one(r#"pattern = '[lemma="走"]'"#, &[("犬が走る", &[])]);
    one(r#"pattern = '[lemma="走.+"]'"#, &[("犬が走る", &["走る"])]);
    one(r#"pattern = '[pos="助詞"]'"#, &[("犬が走る", &[])]);
    one(r#"pattern = '[pos="助詞-格助詞.*"]'"#, &[("犬が走る", &["が"])]);
    one(r#"pattern = '[word="犬|走"]'"#, &[("犬が走る", &["犬"])]);
}

#[test]
fn a_value_is_a_regular_expression() {
    one(r#"pattern = '[word="[犬猫]"]'"#, &[("犬と猫と牛", &["犬", "猫"])]);
    one(r#"pattern = '[word="."]'"#, &[("犬走る", &["犬"])]);
    one(r#"pattern = '[word="\."]'"#, &[("犬.猫", &["."])]);
    one(r#"pattern = '[word="走(る|っ)"]'"#, &[("走る。走った。走らない。", &["走る", "走っ"])]);
}

#[test]
fn a_quotation_mark_stands_in_a_value_after_a_backslash() {
    one(r#"pattern = '"\"" "犬"'"#, &[("猫 \"犬", &["\"犬"]), ("犬", &[])]);
}

#[test]
fn a_form_without_a_pattern_takes_every_inflection() {
    one(r#"form = "犬が走る""#, &[("犬が走った", &["犬が走っ"]), ("犬は走る", &[])]);
}

#[test]
fn what_must_stand_before_touches_the_node_and_is_no_part_of_it() {
    let cases: &[(&str, &[&str])] = &[("猫犬", &["犬"]), ("犬", &[]), ("猫と犬", &[]), ("犬猫", &[])];
    one("pattern = '\"犬\"'\nbefore = '\"猫\"'", cases);
}

#[test]
fn what_must_not_stand_before_excludes() {
    one("pattern = '\"犬\"'\nnot_before = '\"猫\"'", &[("猫犬", &[]), ("犬", &["犬"]), ("猫と犬", &["犬"])]);
}

#[test]
fn what_must_stand_after_touches_the_node_and_is_no_part_of_it() {
    let cases: &[(&str, &[&str])] = &[("犬猫", &["犬"]), ("犬", &[]), ("犬と猫", &[]), ("猫犬", &[])];
    one("pattern = '\"犬\"'\nafter = '\"猫\"'", cases);
}

#[test]
fn what_must_not_stand_after_excludes() {
    one("pattern = '\"犬\"'\nnot_after = '\"猫\"'", &[("犬猫", &[]), ("犬", &["犬"]), ("犬と猫", &["犬"])]);
}

#[test]
fn all_conditions_must_hold() {
    let conditions = "pattern = '\"犬\"'\nbefore = '\"猫\"'\nnot_after = '\"牛\"'";
    one(conditions, &[("猫犬", &["犬"]), ("猫犬牛", &[]), ("犬", &[]), ("犬牛", &[])]);
}

#[test]
fn a_context_of_several_tokens_is_read_in_the_order_of_the_text() {
    one("pattern = '\"犬\"'\nbefore = '\"猫\" \"牛\"'", &[("猫牛犬", &["犬"]), ("牛猫犬", &[])]);
    one("pattern = '\"犬\"'\nafter = '\"猫\" \"牛\"'", &[("犬猫牛", &["犬"]), ("犬牛猫", &[])]);
    one("pattern = '\"犬\"'\nbefore = '\"猫\" []*'", &[("猫と牛と犬", &["犬"]), ("牛と犬", &[])]);
}

#[test]
fn a_context_takes_no_morphemes_from_other_hits() {
    let entries = &[("a", "pattern = '\"犬\"'\nafter = '\"猫\"'"), ("b", "pattern = '\"猫\"'")];
    several(entries, &[("犬猫", &[("a", "犬"), ("b", "猫")])]);
}

#[test]
fn a_context_may_ask_for_the_beginning_of_the_sentence() {
    let cases: &[(&str, &[&str])] =
        &[("犬猫犬", &["犬"]), ("猫犬", &[]), ("猫。犬", &["犬"]), ("猫\n犬", &["犬"]), ("　犬", &["犬"])];
    one("pattern = '\"犬\"'\nbefore = '<s>'", cases);
    one("pattern = '\"犬\"'\nnot_before = '<s>'", &[("犬", &[]), ("猫犬", &["犬"])]);
    one("pattern = '\"犬\"'\nbefore = '<s> \"猫\"'", &[("猫犬", &["犬"]), ("牛猫犬", &[])]);
    one("pattern = '\"犬\"'\nbefore = '<s> | \"牛\"'", &[("犬", &["犬"]), ("牛犬", &["犬"]), ("猫犬", &[])]);
}

#[test]
fn a_context_may_ask_for_the_end_of_the_sentence() {
    let cases: &[(&str, &[&str])] = &[("犬", &["犬"]), ("犬。", &[]), ("犬猫", &[]), ("犬\n猫", &["犬"])];
    one("pattern = '\"犬\"'\nafter = '</s>'", cases);
    one("pattern = '\"犬\"'\nnot_after = '</s>'", &[("犬", &[]), ("犬猫", &["犬"])]);
    let cases: &[(&str, &[&str])] =
        &[("犬", &["犬"]), ("犬。", &["犬"]), ("犬。猫", &["犬"]), ("犬猫。", &[])];
    one("pattern = '\"犬\"'\nafter = '\"。\"? </s>'", cases);
}

#[test]
fn no_context_reaches_beyond_the_sentence() {
    one(
        "pattern = '\"犬\"'\nafter = '[]* \"猫\"'",
        &[("犬が走る。猫", &[]), ("犬\n猫", &[]), ("犬と猫", &["犬"])],
    );
    one(
        "pattern = '\"犬\"'\nbefore = '\"猫\" []*'",
        &[("猫。犬", &[]), ("猫\n犬", &[]), ("猫と犬", &["犬"])],
    );
}

#[test]
fn no_node_reaches_beyond_the_sentence() {
    one(r#"pattern = '"犬" [] "猫"'"#, &[("犬。猫", &[]), ("犬、猫", &["犬、猫"])]);
    one(r#"pattern = '"犬" "猫"'"#, &[("犬\n猫", &[]), ("犬猫", &["犬猫"])]);
}

#[test]
fn the_longest_wins_whatever_the_order() {
    for (short, long) in [("a", "b"), ("b", "a")] {
        let entries = &[(short, r#"pattern = '"犬"'"#), (long, r#"pattern = '"犬" "猫"'"#)];
        several(entries, &[("犬猫", &[(long, "犬猫")]), ("犬牛", &[(short, "犬")])]);
    }
}

#[test]
fn the_longest_wins_against_a_shorter_one_with_conditions() {
    let entries = &[("a", "pattern = '\"犬\"'\nbefore = '<s>'"), ("b", r#"pattern = '"犬" "猫"'"#)];
    several(entries, &[("犬猫", &[("b", "犬猫")])]);
}

#[test]
fn a_longer_one_whose_conditions_fail_leaves_the_place_to_a_shorter() {
    let entries = &[("a", r#"pattern = '"犬"'"#), ("b", "pattern = '\"犬\" \"猫\"'\nafter = '\"牛\"'")];
    several(entries, &[("犬猫", &[("a", "犬")]), ("犬猫牛", &[("b", "犬猫")])]);
    one("pattern = '\"犬\" \"猫\"?'\nafter = '\"猫\"'", &[("犬猫", &["犬"]), ("犬猫猫", &["犬猫"])]);
}

#[test]
fn the_leftmost_wins_against_a_longer_one() {
    let entries = &[("a", r#"pattern = '"犬" "猫"'"#), ("b", r#"pattern = '"猫" "牛" "鳩"'"#)];
    several(entries, &[("犬猫牛鳩", &[("a", "犬猫")]), ("猫牛鳩", &[("b", "猫牛鳩")])]);
}

#[test]
fn of_the_same_span_the_one_with_conditions_wins() {
    for (plain, conditional) in [("a", "b"), ("b", "a")] {
        let entries =
            &[(plain, "pattern = '\"犬\"'"), (conditional, "pattern = '\"犬\"'\nbefore = '\"猫\"'")];
        several(entries, &[("猫犬", &[(conditional, "犬")]), ("犬", &[(plain, "犬")])]);
    }
}

#[test]
fn between_equals_the_id_decides() {
    let plain = "pattern = '\"犬\"'";
    several(&[("b", plain), ("a", plain), ("c", plain)], &[("犬", &[("a", "犬")])]);
    let conditional = "pattern = '\"犬\"'\nbefore = '\"猫\"'";
    several(&[("c", conditional), ("b", conditional), ("a", plain)], &[("猫犬", &[("b", "犬")])]);
}

#[test]
fn no_morpheme_belongs_to_two_hits() {
    one(r#"pattern = '"犬" "犬"'"#, &[("犬犬犬", &["犬犬"]), ("犬犬犬犬", &["犬犬", "犬犬"])]);
    one(r#"pattern = '"犬" "猫" "犬"'"#, &[("犬猫犬猫犬", &["犬猫犬"])]);
}

#[test]
fn a_hit_can_follow_a_hit() {
    let entries = &[("a", r#"pattern = '"犬"'"#), ("b", r#"pattern = '"猫"'"#)];
    several(entries, &[("犬猫犬", &[("a", "犬"), ("b", "猫"), ("a", "犬")])]);
}

#[test]
fn an_entry_that_says_whether_it_is_negated_overrides_the_context() {
    for negated in [true, false] {
        let fields = format!("pattern = '[lemma=\"走る\"]'\nnegated = {negated}");
        let setup = setup(&[("a", &fields)]);
        for text in ["犬が走る。", "犬が走らない。"] {
            let found: Vec<bool> = hits(&setup, text).iter().map(|(.., hit)| hit.negated).collect();
            assert_eq!(found, [negated], "{text}");
        }
    }
}

#[test]
fn a_citation_form_is_folded_as_texts_are() {
    one("form = 'ＡＩ犬'", &[("AI犬", &["AI犬"]), ("ＡＩ犬", &["ＡＩ犬"]), ("AI猫", &[])]);
    one("form = 'ｲﾇ'", &[("イヌ", &["イヌ"]), ("ｲﾇ", &["ｲﾇ"]), ("いぬ", &[])]);
}

#[test]
fn literals_of_a_regular_expression_are_folded_as_texts_are() {
    one(r#"pattern = '[word="ＤＯＧ.*"]'"#, &[("DOGS", &["DOGS"]), ("ＤＯＧ", &["ＤＯＧ"]), ("CAT", &[])]);
    one(r#"pattern = '[word="[Ａ-Ｃ]+"]'"#, &[("ABC", &["ABC"]), ("ＡＢ", &["ＡＢ"]), ("DOG", &[])]);
}

#[test]
fn a_value_may_end_in_a_backslash() {
    one(r#"pattern = '[word="\\"]'"#, &[("犬\\猫", &["\\"]), ("犬/猫", &[])]);
}
