"""What the documents and docstrings show is what comes of it, and the stubs have what there is."""

import ast
import contextlib
import doctest
import inspect
import io
import pathlib
import re
import shutil

import pytest

import hedgerow
import hedgerow.cli
import hedgerow.marker
import hedgerow.runs
from conftest import CORPUS, TOP

PACKAGE = pathlib.Path(hedgerow.__file__).parent


def test_the_examples_of_the_docstrings_run():
    results = [doctest.testmod(module) for module in (hedgerow, hedgerow.cli, hedgerow.marker, hedgerow.runs)]
    assert sum(result.failed for result in results) == 0
    assert sum(result.attempted for result in results) >= 25


def test_everything_public_has_a_docstring():
    for name in hedgerow.__all__:
        item = getattr(hedgerow, name)
        assert inspect.getdoc(item), name
        for member, value in vars(item).items() if inspect.isclass(item) else ():
            if not member.startswith("_") and callable(value):
                assert inspect.getdoc(value) or hasattr(dict, member), f"{name}.{member}"


def stubs():
    """The functions of the stub by class and name, with their parameters."""
    tree = ast.parse((PACKAGE / "_hedgerow.pyi").read_text(encoding="utf-8"))
    for node in tree.body:
        for member in node.body if isinstance(node, ast.ClassDef) else ():
            if isinstance(member, ast.FunctionDef):
                yield node.name, member.name, [argument.arg for argument in member.args.args]


def test_the_stubs_are_what_there_is():
    known = set()
    for owner, name, parameters in stubs():
        if owner.startswith("_"):
            continue
        value = getattr(getattr(hedgerow, owner), name)
        known.add((owner, name))
        if name.startswith("__") or not callable(value):
            continue
        assert list(inspect.signature(value).parameters) == parameters, f"{owner}.{name}"
    for owner in ("Counter", "Counts", "PartialRun"):
        for name, value in vars(getattr(hedgerow, owner)).items():
            if not name.startswith("_") and name != "version":
                assert (owner, name) in known, f"the stub lacks {owner}.{name}"


def blocks(path):
    """The code of a document, each with the output that stands behind it, if there is one."""
    text = path.read_text(encoding="utf-8")
    for match in re.finditer(r"```python\n(.*?)```\n(?:\n```text\n(.*?)```)?", text, flags=re.DOTALL):
        yield match[1], match[2]


@pytest.mark.parametrize("document", ["docs/python.md", "bindings/python/README.md"])
def test_the_code_of_a_document_gives_what_it_says(document, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(CORPUS, tmp_path / "corpus")
    scope = {}
    shown = 0
    for code, expected in blocks(TOP / document):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            *statements, last = ast.parse(code).body
            exec(compile(ast.Module(statements, []), document, "exec"), scope)
            if isinstance(last, ast.Expr):
                value = eval(compile(ast.Expression(last.value), document, "eval"), scope)
                if value is not None:
                    print(value)
            else:
                exec(compile(ast.Module([last], []), document, "exec"), scope)
        if expected is not None:
            shown += 1
            assert out.getvalue().rstrip() == expected.rstrip(), code
    assert shown >= 1
