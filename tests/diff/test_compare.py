"""``screener diff``: every change is named in words, every case that flips too, and nothing else."""

from __future__ import annotations

import shutil
from dataclasses import fields
from pathlib import Path

import pytest

from screener.check.hazards import Hazard
from screener.check.topics import EvidenceTopic
from screener.cli.main import run
from screener.diff import listed_names, lists, questions, rules
from screener.diff.change import ContentChange, Group, paired
from screener.diff.compare import compare
from screener.diff.report import report
from screener.display_text import UNPRINTABLE, width
from screener.errors import ContentError
from screener.model.crisis_lines import CrisisLine, Region
from screener.model.instrument_parts import Licence
from screener.model.name_list import ListedName, NameGroup, NameList
from screener.model.question_parts import Option, Repeats
from screener.model.questionnaire import Instrument, Question, Questionnaire, Score, Section
from screener.model.ruleset import Rule, Ruleset, Source, SummaryTheme
from tests.check.copies import (
    BODY,
    CASES,
    FLIGHT,
    FRONT,
    JOURNEY,
    LINES,
    NERVES,
    ROOT,
    RULES,
    RULESET,
    SOURCES,
    WORDING,
    Edit,
    change,
    copied,
    write,
)
from tests.expressions.previous_content import HEAVIER, SOON, previous_folder
from tests.respond.test_documents import FILE, FORM, ITEMS
from tests.respond.ward import ward

CHANGES: dict[str, tuple[Edit, list[str]]] = {
    "version": ((FRONT, "version: 2.1.0", "version: 2.2.0"), ["version changed: 2.1.0 -> 2.2.0"]),
    "welcome": ((FRONT, "We ask a few things", "We ask some things"), ["paragraph 1 of the welcome page changed:"]),
    "completion": (
        (FRONT, "  - Show this to the cabin crew.", "  - Show this to the cabin crew.\n  - Have a good flight."),
        ["paragraph 2 of the last page added:", "now Have a good flight."],
    ),
    "title of a section": ((BODY, "title: Your body", "title: You today"), ["title changed: Your body -> You today"]),
    "introduction": ((BODY, "introduction: These are about today.\n", ""), ["section body", "introduction removed:"]),
    "question": (
        (BODY, "How heavy is your bag?", "How much does your bag weigh?"),
        ["question bag", "text changed: How heavy is your bag? -> How much does your bag weigh?"],
    ),
    "why": ((JOURNEY, "It decides whom to call", "It says whom to call"), ["question departure", "why it is asked"]),
    "option": (
        (BODY, "      - {code: stick, label: A walking stick}\n", ""),
        ["question items", "option stick removed:"],
    ),
    "label of an option": (
        (BODY, "label: An inhaler", "label: A spray"),
        ["label of the option inhaler changed: An inhaler -> A spray"],
    ),
    "order of options": (
        (
            BODY,
            "      - {code: inhaler, label: An inhaler}\n      - {code: stick, label: A walking stick}\n",
            "      - {code: stick, label: A walking stick}\n      - {code: inhaler, label: An inhaler}\n",
        ),
        ["question items", "moved"],
    ),
    "limits": (
        (BODY, "limits: {minimum: 0, maximum: 15}", "limits: {minimum: 0, maximum: 20}"),
        ["0 to 15 -> 0 to 20"],
    ),
    "usual range": ((BODY, "    usual: {minimum: 0.5, maximum: 6}\n", ""), ["usual range removed:"]),
    "when it is asked": (
        (BODY, "enable_when: chest_pain", "enable_when: chest_pain or 'oxygen' in items"),
        ["question pain_now", "when it is asked changed:", 'was when the answer to "chest pain" is yes', "or "],
    ),
    "what to check": ((BODY, "bag_limit < bag", "bag_limit <= bag"), ["what the person is asked to check changed:"]),
    "question added": (
        (
            BODY,
            "  - id: items\n",
            "  - id: seat\n    type: yes_no\n    text: Do you have a seat?\n    short_text: seat\n  - id: items\n",
        ),
        ["question seat", "added to body:", "now Do you have a seat?"],
    ),
    "score of an option": (
        (NERVES, "label: Sometimes, score: 1", "label: Sometimes, score: 0"),
        ["score of the option sometimes changed: 1 -> 0"],
    ),
    "verbatim wording": ((NERVES, "text: shaky?", "text: trembling?"), ["question nerves_1", "shaky? -> trembling?"]),
    "lead-in": ((NERVES, "stem: How often today", "stem: How often"), ["instrument nerves", "lead-in changed:"]),
    "value of a score": (
        (NERVES, "value: nerves_1 + nerves_2 + nerves_3", "value: nerves_1 + nerves_2 + nerves_3 * 1"),
        ["score nerves_total", "value changed:"],
    ),
    "bands": (
        (NERVES, "{minimum: 0, maximum: 2, label: few}", "{minimum: 0, maximum: 2, label: hardly any}"),
        ["ranges"],
    ),
    "condition": (
        (RULES, "when: age < 16 and alone", "when: age < 18 and alone"),
        ["rule child-alone", "was Raised when the age in years is less than 16", "now Raised when the age in years"],
    ),
    "refusal": (
        (RULES, "    when: chest_pain\n", "    when: chest_pain or declined(chest_pain)\n"),
        [
            "rule chest-pain",
            'was Raised when the answer to "chest pain" is yes.',
            'now Raised when the answer to "chest pain" is yes or "Prefer not to say".',
        ],
    ),
    "priority": (
        (RULES, "topic: Nerves\n    priority: discuss", "topic: Nerves\n    priority: inform"),
        ["rule nervous", "priority changed: discuss -> inform"],
    ),
    "topic": ((RULES, "topic: Oxygen on board", "topic: Oxygen"), ["topic changed: Oxygen on board -> Oxygen"]),
    "wording for the person": ((RULES, "how you feel today.", "how you are."), ["wording for the person changed:"]),
    "wording for the clinician": ((RULES, "Oxygen by own report.", "Oxygen."), ["wording for the clinician changed:"]),
    "mark of a source": (
        (
            RULES,
            "[{source: T1, section: page 3, mark: verified}]",
            "[{source: T1, section: page 3, mark: to-be-checked}]",
        ),
        ["mark of the source T1, page 3 changed: verified -> to be checked"],
    ),
    "source of a rule": (
        (RULES, "mark: verified}, {source: T2, mark: to-be-checked}", "mark: verified}"),
        ["rule nervous", "source T2 removed:"],
    ),
    "page": (
        (RULES, "heading: Get help now", "heading: Call now"),
        ["heading of its page changed: Get help now -> Call"],
    ),
    "silent": (
        (RULES, "    topic: Nerves\n", "    topic: Nerves\n    silent: true\n"),
        ["silent changed: no -> yes"],
    ),
    "sensitive": (
        (RULES, "    topic: Nerves\n", "    topic: Nerves\n    sensitive: true\n"),
        ["sensitive changed: no -> yes"],
    ),
    "phrase of the first page": (
        (RULES, "    topic: Nerves\n", "    topic: Nerves\n    phrase: nerves\n"),
        ["rule nervous", "phrase of the first page added"],
    ),
    "theme of the first page": (
        (RULESET, "files: [flight]", "files: [flight]\nthemes: [{id: body, part: Health, heading: Body}]"),
        ["theme body added"],
    ),
    "ruleset": ((RULESET, "version: 3.0.0", "version: 3.0.1"), ["ruleset before-a-flight", "3.0.0 -> 3.0.1"]),
    "crisis line": ((LINES, "Call 0002", "Call 0003"), ["region north", "what to do of Northern line changed:"]),
    "bibliography": ((SOURCES, "title: A book of flights", "title: A new book"), ["source T1", "title changed:"]),
    "answer of a case": (
        (CASES, "{age: 12, alone: yes}", "{age: 13, alone: yes}"),
        ["answer to age changed: 12 -> 13"],
    ),
    "expectation of a case": (
        (
            CASES,
            "answers: {nerves_1: never, nerves_2: never}\n    clear: [nervous]",
            "answers: {nerves_1: never, nerves_2: never}\n    undetermined: [nervous]",
        ),
        ["what it expects of nervous changed: clear -> undetermined"],
    ),
}


PAIN_NOW = """\
  - id: pain_now
    type: yes_no
    text: Does it hurt now?
    short_text: chest pain now
    enable_when: chest_pain
"""
STICK = """\
  - id: walking-stick
    topic: A stick
    priority: inform
    when: "'stick' in items"
    patient: You told us about a stick.
    clinician: A stick.
    sources: [{source: T1, mark: verified}]
"""


def told(old: Path, new: Path) -> str:
    return "\n".join(report(compare(old, new).changes))


@pytest.mark.parametrize("name", CHANGES)
def test_each_seeded_change_is_named(name: str, tmp_path: Path) -> None:
    """Check that one edit of one file is reported in words, and so is its reversal."""
    edit, expected = CHANGES[name]
    new = copied(FLIGHT, tmp_path, edit)
    said = told(FLIGHT, new)
    for part in expected:
        assert part in said
    assert told(new, FLIGHT) not in ("", said)


def test_a_question_that_moved_is_not_reported_as_another(tmp_path: Path) -> None:
    """Check that a move within a section and a move to another section differ, and that the question is unchanged."""
    annotations = (
        "  - id: remarks\n    type: text\n    text: What else should the crew know?\n    short_text: remarks\n"
    )
    first = copied(
        FLIGHT, tmp_path / "a", (BODY, annotations, ""), (BODY, "questions:\n", "questions:\n" + annotations)
    )
    other = copied(
        FLIGHT, tmp_path / "b", (BODY, annotations, ""), (JOURNEY, "questions:\n", "questions:\n" + annotations)
    )
    assert told(FLIGHT, first).splitlines()[2:] == ["question remarks: moved to after nerves_3"]
    assert told(FLIGHT, other).splitlines()[2:] == ["question remarks", "  section changed: body -> journey"]


def test_no_change_is_no_difference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Check that the same content, even with another layout, has no difference and ends with 0."""
    same = copied(
        FLIGHT,
        tmp_path / "same",
        (RULES, "when: age < 16 and alone", "when: >-\n      age < 16\n      and alone"),
        (BODY, "id: body\n", "# A comment.\nid: body\n"),
    )
    assert run(["diff", str(FLIGHT), str(same)]) == 0
    assert capsys.readouterr().out == ""


def test_a_difference_has_another_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Check that a script can tell a difference from a mistake."""
    new = copied(FLIGHT, tmp_path, CHANGES["condition"][0])
    assert run(["diff", str(FLIGHT), str(new)]) == 6
    out, err = capsys.readouterr()
    assert "rule child-alone" in out
    assert "The ruleset before-a-flight changed, but its version is still 3.0.0. Raise it." in err


def test_a_case_that_flips_is_named_with_both_outcomes(tmp_path: Path) -> None:
    """Check that a changed condition names the cases that it changes, with both outcomes."""
    new = copied(FLIGHT, tmp_path, (RULES, "when: nerves_total >= 3", "when: nerves_total >= 4"))
    flips = [change for change in compare(FLIGHT, new).changes if change.group is Group.OUTCOMES]
    subject = 'case "two items are enough for nerves" (flight)'
    assert flips == [ContentChange(Group.OUTCOMES, subject, "rule nervous", "raised", "undetermined")]


def test_the_previous_response_of_a_case_counts(tmp_path: Path) -> None:
    """Check that a limit that moved flips the case that only the previous response decides, and what it says of it."""
    old = previous_folder(tmp_path / "old")
    heavier = previous_folder(tmp_path / "heavier", (RULES, f"when: {HEAVIER}", "when: bag > previous.bag + 6"))
    sooner = previous_folder(tmp_path / "sooner", (RULES, f"when: {SOON}", "when: days_since_previous < 13"))
    assert told(old, heavier).count("rule heavier: raised -> clear") == 1
    assert 'case "A heavier bag" (flight)' in told(old, heavier)
    assert "rule soon: raised -> clear" in told(old, sooner)
    later = previous_folder(
        tmp_path / "later", (CASES, "previous: {bag: 10}\n    days_since_previous: 13", "previous: {bag: 9}")
    )
    said = told(old, later)
    assert "answer to previous.bag changed: 10 -> 9" in said
    assert "answer to days_since_previous removed:" in said
    told_then: Edit = (CASES, "previous: {bag: 10}\n    days_since_previous: 13", "previous: {bag: 10, pain_now: yes}")
    asked = previous_folder(tmp_path / "asked", told_then, (BODY, "    enable_when: chest_pain\n", ""))
    not_asked = previous_folder(
        tmp_path / "not-asked",
        told_then,
        *(
            (BODY, PAIN_NOW, ""),
            (RULES, "when: pain_now", "when: chest_pain"),
            (RULES, HEAVIER, "bag > previous.bag + 6"),
        ),
    )
    assert '"A heavier bag" (flight), without the answers to previous.pain_now' in " ".join(
        told(asked, not_asked).split()
    )


def test_the_moment_and_the_form_of_staff_are_said_as_they_are_written(tmp_path: Path) -> None:
    old, new = ward(tmp_path / "old"), ward(tmp_path / "new")
    change(new, ("questions/watch/questionnaire.yaml", "days: 7", "days: 8"))
    change(new, ("questions/watch/questionnaire.yaml", "name: the landing", "name: the jump"))
    lines = told(old, new)
    assert "was question: form_sent, days: 7, name: Form of the jump" in lines
    assert "now question: landed, name: the jump" in " ".join(lines.split())
    assert "(" not in lines


def test_a_removed_question_flips_rules_that_rested_on_it(tmp_path: Path) -> None:
    """Check that answers that the other version does not know are named, with the outcome without them."""
    new = copied(
        FLIGHT,
        tmp_path,
        (
            BODY,
            PAIN_NOW,
            "",
        ),
        (RULES, "when: pain_now", "when: chest_pain and 'oxygen' in items"),
    )
    said = told(FLIGHT, new)
    assert "question pain_now" in said
    assert 'case "chest pain now" (flight), without the answers to pain_now' in " ".join(said.split())
    assert "rule chest-pain-now: raised -> undetermined" in said


def test_a_new_rule_is_reported_where_it_is_raised(tmp_path: Path) -> None:
    """Check that an added rule flips exactly the cases in which it is raised, and so does a removed one."""
    new = copied(FLIGHT, tmp_path, (RULES, "rules:\n", "rules:\n" + STICK))
    there, back = (
        [(c.subject, c.old, c.new) for c in compare(*pair).changes if c.group is Group.OUTCOMES]
        for pair in ((FLIGHT, new), (new, FLIGHT))
    )
    assert there == [('case "oxygen" (flight)', "no such rule", "raised")]
    assert back == [('case "oxygen" (flight)', "raised", "no such rule")]
    assert "rule walking-stick" in told(FLIGHT, new)


def test_lists_beside_the_rules_are_compared(tmp_path: Path) -> None:
    """Check that banned words, topics and hazards are compared too."""
    old = copied(FLIGHT, tmp_path / "old")
    new = copied(FLIGHT, tmp_path / "new")
    topics = "groups:\n  - title: All\n    topics:\n      - {{id: nerves, topic: Nerves, sources: [T1], rules: [{}]}}\n"
    write(old, "rules/coverage.yaml", topics.format("nervous"))
    write(new, "rules/coverage.yaml", topics.format("nervous, oxygen"))
    write(
        new,
        "rules/hazards.yaml",
        "hazards:\n  - {id: lost, hazard: A bag is lost., causes: [Nobody looks.], harm: Time., severity: slight,"
        " controls: [A label.], verified_by: [], open: All of it., residual: Some.}\n",
    )
    write(new, WORDING, "banned:\n  - {words: [doomed], why: It frightens., instead: Nothing.}\n")
    said = told(old, new)
    assert "rules changed: nervous -> nervous, oxygen" in said
    assert "hazard lost" in said
    assert '"doomed"' in said


def test_one_questionnaire_of_several(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Check that one questionnaire can be compared; another one in the folder is only reported as added."""
    both = copied(FLIGHT, tmp_path / "both")
    for file in (FRONT, RULESET):
        text = (both / file).read_text("utf-8").replace("before-a-flight", "before-a-train")
        other = both / file.replace("before-a-flight", "before-a-train")
        other.parent.mkdir(parents=True)
        text = text.replace("sections: [journey, nerves, body]", "sections: [way]").replace("region_question", "#")
        other.write_text(text.replace("respondent_question", "#"), "utf-8")
    write(
        both,
        "questions/before-a-train/way.yaml",
        "id: way\ntitle: Way\nquestions:\n  - {id: far, type: yes_no, text: Far?}\n",
    )
    write(
        both,
        "rules/before-a-train/flight.yaml",
        "rules:\n  - {id: far, topic: Far, priority: inform, when: far, patient: You told us., clinician: Far.,"
        " sources: [{source: T1, mark: verified}]}\n",
    )
    cases = both / "rules/before-a-train/cases/flight.yaml"
    cases.parent.mkdir()
    cases.write_text("cases:\n  - {name: far, answers: {far: yes}, raised: [far]}\n", "utf-8")
    assert "questionnaire before-a-train: added" in told(FLIGHT, both)
    assert run(["diff", str(FLIGHT), str(both), "--questionnaire", "before-a-flight"]) == 0
    assert run(["diff", str(FLIGHT), str(both), "--questionnaire", "before-a-train"]) == 2
    assert 'There is no questionnaire "before-a-train" in' in capsys.readouterr().err


def test_a_mistake_says_in_which_folder_it_is(tmp_path: Path) -> None:
    """Check the folder in each message, because both folders have files of the same names."""
    new = copied(FLIGHT, tmp_path, (RULES, "when: age < 16 and alone", "when: agee < 16 and alone"))
    with pytest.raises(ContentError) as caught:
        compare(FLIGHT, new)
    assert str(caught.value).startswith(f"{new}/{RULES}:5:11: There is no question or score")


def test_lines_are_short_stable_and_cannot_act_on_the_terminal(tmp_path: Path) -> None:
    """Check for 80 columns, the same order each time, and unprintable characters shown by their numbers."""
    edits = [edit for edit, _ in CHANGES.values()]
    new = copied(FLIGHT, tmp_path)
    for edit in edits:
        if (new / edit[0]).read_text("utf-8").count(edit[1]) == 1:
            change(new, edit)
    change(new, (BODY, "label: A spray", "label: " + "x" * 200))
    lines = list(report(compare(FLIGHT, new).changes))
    assert lines == list(report(compare(FLIGHT, new).changes))
    assert all(width(line) <= 80 for line in lines)
    [shown] = [line for line in report([ContentChange(Group.RULES, "rule \x1b[2J", "removed")]) if "rule" in line]
    assert not UNPRINTABLE.search(shown)


@pytest.mark.parametrize(
    ("model", "labels", "otherwise"),
    [
        (Questionnaire, questions._FRONT, {"id", "welcome", "completion", "moment", "form", "sections"}),
        (Section, questions._SECTION, {"id", "questions", "repeats"}),
        (Repeats, questions._REPEATS, set()),
        (
            Instrument,
            questions._SECTION | questions._INSTRUMENT,
            {"id", "questions", "licence", "options", "scores", "repeats"},
        ),
        (Licence, questions._LICENCE, set()),
        (Score, questions._SCORE, {"id", "value", "bands"}),
        (Question, questions._QUESTION, {"id", "options", "please_check", "enable_when", "name_list"}),
        (Option, questions._OPTION, {"code"}),
        (NameList, {}, {"groups", "names", "passed_over"}),
        (NameGroup, listed_names._GROUP, {"code"}),
        (ListedName, listed_names._NAME, {"name", "brand_of", "groups"}),
        (Ruleset, rules._FRONT, {"questionnaire", "rules", "sources", "crisis_lines", "themes", "head"}),
        (SummaryTheme, rules._THEME, {"id", "facts"}),
        (Rule, rules._RULE, {"id", "when", "sources", "interruption"}),
        (Source, rules._SOURCE, {"id"}),
        (Region, rules._REGION, {"code", "lines"}),
        (CrisisLine, rules._LINE, {"name"}),
        (EvidenceTopic, lists._TOPIC, {"id"}),
        (Hazard, lists._HAZARD, {"id", "causes", "controls", "verified_by"}),
    ],
)
def test_no_field_is_forgotten(model: type, labels: dict[str, str], otherwise: set[str]) -> None:
    """Check that every field that an author can write is compared."""
    assert {field.name for field in fields(model)} == labels.keys() | otherwise


def test_shipped_content_has_no_difference_from_itself() -> None:
    assert compare(ROOT, ROOT).changes == ()


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [
        ("abcd", "abcd", []),
        ("abcd", "dabc", [("d", None)]),
        ("abcd", "bcda", [("a", "d")]),
        ("abcd", "acbd", [("c", "a")]),
        ("abcd", "xaybzcd", []),
    ],
)
def test_as_few_entries_as_possible_are_reported_as_moved(
    old: str, new: str, moved: list[tuple[str, str | None]]
) -> None:
    """Check that an added or removed entry moves no other."""
    found = paired(old, new, str).moved
    assert len(found) == len(moved)
    assert {name for name, _ in moved} <= {"b", "c"} or list(found) == moved


def test_names_of_medicines_are_compared(tmp_path: Path) -> None:
    """Check that a name that came, went or changed its group is told, and a new list by its number of names."""
    before = tmp_path / "before"
    for part in ("questions", "rules"):
        shutil.copytree(ROOT / part, before / part)
    file = before / "questions" / "medicines.yaml"
    text = file.read_text("utf-8")
    sertraline, nardil = "{name: sertraline, groups: [antidepressant]", "{name: Nardil, brand_of: phenelzine"
    text = text.replace(sertraline, "{name: sertraline, groups: [maoi]")
    text = text.replace(nardil, "{name: Nardyl, brand_of: phenelzine")
    text = text.replace("once twice times", "tiny twice times")
    text = text.replace("Zoloft, brand_of: sertraline, regions: [us]", "Zoloft, brand_of: sertraline, regions: [uk]")
    file.write_text(text.replace("label: Opioids}", "label: Opiates}"), "utf-8")
    lines = " ".join(" ".join(report(compare(before, ROOT).changes)).split())
    assert "listed name sertraline changed: maoi -> antidepressant" in lines
    assert "listed name Nardyl (phenelzine) removed" in lines
    assert "listed name Nardil (phenelzine) added" in lines
    assert "words that are passed over removed: was tiny words that are passed over added: now once" in lines
    assert "regions of the listed name Zoloft (sertraline) changed: uk -> us" in lines
    assert "label of the group of names opioids changed: Opiates -> Opioids" in lines


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name: Form of the jump", "name: Form of a jump", "name: Form of a jump"),
        ("days: 7", "days: 9", "days: 9"),
        ("  items:", "  order: verified\n  items:", "order of its items: verified"),
        ("text: The weather", "text: The wind", "The wind: not asked here"),
        ("[top, bottom]", "[top]", "The blood pressure: top."),
        ("section: page 3, mark: to-be-checked", "section: page 3, mark: verified", "T1 page 3 (verified)"),
    ],
)
def test_what_a_form_asks_for_is_compared(tmp_path: Path, old: str, new: str, said: str) -> None:
    """Check that a clinical lead reads each change of the form, in words."""
    before, after = tmp_path / "before", tmp_path / "after"
    change(ward(before), (FILE, FORM, ITEMS))
    change(ward(after), (FILE, FORM, ITEMS.replace(old, new)))
    (difference,) = compare(before, after, "watch").changes
    assert said in str(difference.new)
