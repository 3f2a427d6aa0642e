"""The cover, what the book is and is not, and how to read it."""

from __future__ import annotations

from screener import __version__
from screener.document.model import Block, BlockPart, Bullets, Paragraph, closing_notice, line, opening_notice, text
from screener.rulebook.context import BookContext, labelled

_LIMITS = (
    "It prepares a talk. Screening is done by professionals.",
    "It is not a diagnosis, and no rule says who is suitable for a treatment.",
    "It recommends no treatment and no change of a medicine.",
    "A rule that was not raised is not a finding. A question left blank is never taken for a no.",
    "Nobody watches the program. It is not an emergency service. A clinic needs staff who are present, or a written "
    "way of following up urgent answers.",
)
_WORDS = {
    "Raised": "The condition of the rule holds with the answers given. The topic is in the summary.",
    "Clear": "The condition does not hold, whatever the answers are that are still missing.",
    "Undetermined": 'Missing answers decide it. The summary lists it as "could not be assessed".',
    "Does not apply": "A question that was not asked, because of other answers. A comparison with it never holds.",
    "Priority": "How soon a clinician should see a topic: urgent, priority, discuss, inform. Urgent rules stop the "
    "questions and show a page.",
    "Verified": "Somebody read this in the source, in the place that is named.",
    "To be checked": "Nobody has read this in the source. It is recalled, or was read elsewhere. Check it before you "
    "sign.",
    "Grade of a source": "Primary: the official page. Copy: the same text in another place. Abstract: the abstract "
    "only. Third-party: somebody else's account. Citation: never read.",
    "Taken up": "The day on which a source entered the bibliography. Labels and guidelines change after it.",
    "Case": "An example: answers, and the outcome that must follow. The table of a rule shows the answers that the "
    "rule can rest on. If one case did not hold, there would be no book.",
}
_READING_GRADE = (
    "Years of school, as in the United States, that a text asks for by a formula (Automated Readability Index). "
    "Grade 5 is about the age of 10. It is a hint where to look and not a mark; only people can test a text. Texts of "
    "a few words have none."
)


def version(setting: BookContext) -> str:
    """Return both versions with the start of their hashes, short enough for the foot of a page."""
    content = setting.content
    return (
        f"Questions {content.questionnaire.version} ({content.questionnaire_hash[:8]}), "
        f"rules {content.ruleset.version} ({content.ruleset_hash[:8]})"
    )


def cover(setting: BookContext) -> tuple[BlockPart, ...]:
    """Return the cover, which says what this copy is a copy of."""
    content = setting.content
    counted = sum(len(file.model.cases) for file in setting.cases)
    questions, rules = len(content.template.question), len(content.rules.rules)
    return (
        labelled((
            ("Questionnaire", line(f"{content.questionnaire.id}, version {content.questionnaire.version}")),
            ("Hash of the questions", line(content.questionnaire_hash)),
            ("Rules", line(f"{content.ruleset.id}, version {content.ruleset.version}")),
            ("Hash of the rules", line(content.ruleset_hash)),
            ("Language", line(content.questionnaire.language)),
            ("In this book", line(f"{questions} questions, {rules} rules, {counted} cases")),
            ("Made by", line(f"screener {__version__}")),
        )),
        text(
            "For the clinical lead who signs for what the program asks and says. It shows each question as it is",
            "asked and each rule in words, with its sources, its wordings and its cases.",
        ),
        Paragraph(
            line(
                "This copy is of the version whose hashes it shows. If one sign in one of the files changes, so does "
                "a hash, and a signature no longer belongs to it."
            ),
            "note",
        ),
    )  # fmt: skip


def what_it_is() -> Block:
    """Return the notice, in the words of the summary itself, and the limits of what a signature can mean."""
    questions = Block("notice-patient", "What the person is told", _notice(opening_notice("patient")))
    clinician = Block(
        "notice-clinician",
        "What the clinician is told",
        (*_notice(opening_notice("clinician")), *_notice(closing_notice("clinician"))),
    )
    return Block(
        "what-it-is",
        "What this is, and what it is not",
        (
            text(
                "This book is made from the files that the program reads, and from nothing else. It shows what a",
                "person is asked, and every rule that can put a topic into the summary for a talk with a clinician.",
            ),
            Bullets(tuple(map(line, _LIMITS))),
            questions,
            clinician,
        ),
    )  # fmt: skip


def how_to_read(setting: BookContext) -> Block:
    """Return the words and marks of the book with their meanings."""
    pairs = [(word, line(means)) for word, means in _WORDS.items()]
    if setting.grade:
        pairs.append(("Reading grade", line(_READING_GRADE)))
    return Block("how-to-read", "How to read it", (labelled(tuple(pairs)),))


def _notice(block: Block) -> tuple[BlockPart, ...]:
    return tuple(Paragraph(part.words, "said") for part in block.parts if isinstance(part, Paragraph))
