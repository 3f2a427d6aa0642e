"""Files made to break the program are refused in one line, whether they come as content or as answers.

Each is read by the real commands in a process of its own with 512 MB of memory and 10 seconds of processor time.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest

from tests.cli.running import CONTENT, Ran
from tests.text_safety.conftest import Machine

SECTION = (CONTENT / "questions" / "before-a-flight" / "body.yaml").read_bytes()
ANSWERS = b"age: 40\nalone: yes\n"

BOMB = b"a: &a [x, x, x, x, x, x, x, x, x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (letter, letter, b", ".join([b"*%c" % (letter - 1)] * 9)) for letter in b"bcdefghij"
)

HOSTILE = {
    "laughing-bomb": BOMB,
    "100000-aliases": b"extra: &x y\nall: [" + b"*x, " * 100_000 + b"]\n",
    "aliases-without-anchors": b"extra: [" + b"*x, " * 100_000 + b"]\n",
    "anchor-of-itself": b"extra: &x [*x]\n",
    "merge-bomb": b"base: {a: 1}\n" + b"".join(b"m%d: {<<: {a: 1}}\n" % number for number in range(20_000)),
    "merge-of-a-list": b"<<: [{age: 1}, {age: 2}]\n",
    "30000-open-lists": b"extra: " + b"[" * 30_000,
    "30000-open-mappings": b"extra: " + b"{" * 30_000,
    "30000-keys-in-keys": b"extra: " + b"{a: " * 30_000,
    "30000-lists-in-blocks": b"extra:\n " + b"- " * 30_000 + b"x\n",
    "30000-complex-keys": b"? " * 30_000 + b"x\n",
    "30000-closed-lists": b"extra: " + b"[" * 30_000 + b"]" * 30_000 + b"\n",
    "lists-closed-before-they-open": b"extra: " + b"]" * 30_000 + b"\n",
    "stairs-of-mappings": b"extra:\n" + b"".join(b" " * depth + b"a:\n" for depth in range(1, 1_000)),
    "scalar-of-900-kB": b"extra: " + b"x" * 900_000 + b"\n",
    "quoted-scalar-without-an-end": b'extra: "' + b"x" * 900_000,
    "folded-scalar-of-900-kB": b"extra: >\n" + b"  word\n" * 120_000,
    "key-of-900-characters": b"k" * 900 + b": 1\n",
    "key-of-900-kB": b"k" * 900_000 + b": 1\n",
    "quoted-key-with-lines": b'"a\\nb\\nc\\ed": 1\n',
    "list-of-30000-entries": b"extra: [" + b"a, " * 30_000 + b"]\n",
    "list-of-150000-entries": b"extra: [" + b"a, " * 150_000 + b"]\n",
    "python-object-tag": b"extra: !!python/object/apply:os.system [id]\n",
    "tag-with-escapes": b"extra: !<%0a%1b[2J> x\n",
    "binary-tag": b"extra: !!binary aGVsbG8=\n",
    "tag-of-100-kB": b"extra: !" + b"t" * 100_000 + b" x\n",
    "unknown-directive-and-document": b"---\nextra: 1\n",
    "1000-documents": b"---\na: 1\n" * 1_000,
    "block-scalar-with-a-wild-indent": b"extra: |99\n x\n",
    "nul": b"extra: a\0b\n",
    "escape": b"extra: \x1b[2J\n",
    "escaped-surrogate": b'extra: "\\ud800"\n',
    "surrogate-in-bytes": b"extra: \xed\xa0\x80\n",
    "bytes-of-latin-1": b"extra: caf\xe9\n",
    "overlong-bytes": b"extra: \xc0\xaf\n",
    "cut-in-the-middle-of-a-character": b"extra: \xf0\x9f\x98",
    "random-bytes": random.Random(1).randbytes(100_000),
    "more-than-1-MB-of-lines": b"\n" * 1_000_000,
    "more-than-1-MB-of-spaces": b" " * 1_000_000,
    "key-twice": b"extra: 1\nextra: 2\n",
    "key-that-is-a-mapping": b"{a: 1}: 2\n",
    "null": b"extra: ~\n",
    "tab": b"\textra: 1\n",
    "reserved-signs": b"extra: @home\n",
    "percent": b"%YAML 9.9\n",
}

NEVER_ENDING = {
    "number-of-900000-digits": b"bag: " + b"9" * 900_000 + b"\n",
    "number-that-would-be-huge": b"bag: 1e999999999\n",
    "number-of-wide-letters": b"bag: " + "\ufdfa".encode() * 100_000 + b"\n",
    "number-of-spaces-before-a-unit": b'bag: "1' + b"\\u2003" * 150_000 + b'x"\n',
    "date-in-the-year-99999999": b"first_flight: 99999999-01-01\n",
    "date-of-900-kB": b"first_flight: " + b"1/" * 450_000 + b"\n",
    "text-of-900-kB": b"remarks: " + b"x" * 900_000 + b"\n",
    "20000-options": b"items: [" + b"a, " * 20_000 + b"]\n",
    "150000-options": b"items: [" + b"a, " * 150_000 + b"]\n",
    "option-of-900-kB": b"departure: " + b"n" * 900_000 + b"\n",
    "absent-for-no-reason": b"remarks: {absent: " + b"x" * 900_000 + b"}\n",
}

SECONDS_EACH = {"150000-options", "list-of-150000-entries"}
"""The limit of size takes as long; a smaller one of each is always tried."""


def payloads(named: Mapping[str, bytes]) -> pytest.MarkDecorator:
    """Each of these files."""
    return pytest.mark.parametrize(
        "payload",
        [
            pytest.param(payload, id=name, marks=pytest.mark.long if name in SECONDS_EACH else ())
            for name, payload in named.items()
        ],
    )


def refused(end: Ran) -> None:
    """Exit code 2, one line on stderr, nothing on stdout, and the line shows no control character."""
    assert end.returncode == 2, end
    assert end.stdout == ""
    assert end.stderr.count("\n") == 1, end.stderr
    assert len(end.stderr) < 600
    assert "Traceback" not in end.stderr
    assert "\x1b" not in end.stderr


@payloads(HOSTILE)
def test_hostile_file_is_refused_in_one_line(machine: Machine, payload: bytes) -> None:
    """Whatever is appended to a good file: the check and the summary each end with code 2 and one line."""
    (machine.content / "questions" / "before-a-flight" / "body.yaml").write_bytes(SECTION + payload)
    machine.answers.write_bytes(ANSWERS + payload)
    for end in (machine.check(), machine.summarise()):
        refused(end)


@payloads(NEVER_ENDING)
def test_hostile_answer_is_refused_in_one_line(machine: Machine, payload: bytes) -> None:
    """An answer of any size or shape is refused without being repeated, as an answer and in a case."""
    machine.answers.write_bytes(ANSWERS + payload)
    cases = machine.content / "rules" / "before-a-flight" / "cases" / "flight.yaml"
    answers = b"".join(b"      " + line for line in payload.splitlines(keepends=True))
    extra = b"  - name: hostile\n    answers:\n" + answers + b"    clear: [child-alone]\n"
    cases.write_bytes(cases.read_bytes() + extra)
    for end in (machine.check(), machine.summarise()):
        refused(end)


def test_100000_unknown_names_are_refused_without_a_flood(machine: Machine) -> None:
    """A file with very many mistakes names the first of them, and says that there are more."""
    flood = b"".join(b"name%d: 1\n" % number for number in range(70_000))
    (machine.content / "questions" / "before-a-flight" / "body.yaml").write_bytes(SECTION + flood)
    machine.answers.write_bytes(ANSWERS + flood)
    for end in (machine.check(), machine.summarise()):
        assert end.returncode == 2
        lines = end.stderr.splitlines()
        assert len(lines) == 51
        assert sum("50" in line for line in lines if "mistakes" in line) == 1


def test_large_but_honest_files_are_read(machine: Machine) -> None:
    """900 kB of empty lines and comments change nothing: size alone is no reason to refuse."""
    padding = b"\n" * 400_000 + b"# nothing\n" * 50_000
    (machine.content / "questions" / "before-a-flight" / "body.yaml").write_bytes(SECTION + padding)
    machine.answers.write_bytes(ANSWERS + padding)
    for end in (machine.check(), machine.summarise()):
        assert end.returncode == 0, end.stderr
