"""Build the summaries of an interview: one for the person, one for the clinician.

The same answers always give the same body; only the block about the session differs from one session to the next.
"""

from __future__ import annotations

from dataclasses import replace

from screener.content.compiled import Content
from screener.display_text import visible
from screener.document.model import Blanks, Block, BlockPart, Document, DocumentKind, Paragraph, opening_notice
from screener.document.text import in_ascii, lines
from screener.engine.interview import Interview
from screener.i18n.for_staff import words_for
from screener.i18n.gettext import _, speaking
from screener.model.ruleset import Priority
from screener.summary.about import about
from screener.summary.appendix import appendix
from screener.summary.context import SummaryContext
from screener.summary.data import summary_data
from screener.summary.detail import detail
from screener.summary.fitting import as_pairs, fit
from screener.summary.form import form_blocks
from screener.summary.metadata import SessionMetadata
from screener.summary.page_one import page_groups
from screener.summary.person import person_blocks
from screener.summary.recorded import recorded
from screener.summary.taken_back import ReportedAlarms
from screener.summary.timeline import timeline

PAGE_LINES = 60
"""The lines of the first page, with its notice and head."""


def patient_summary(
    content: Content, interview: Interview, metadata: SessionMetadata, alarms: ReportedAlarms | None = None
) -> Document:
    """Return the person's copy: help, topics to talk about, their answers, what was left blank, and the next steps.

    It has no scores, no published ranges, no ids of rules and sources, and no names of priorities.
    """
    with speaking(content.questionnaire.language):
        context = SummaryContext(content, interview, metadata, alarms)
        return _document(context, "patient", tuple(person_blocks(context)))


def clinician_summary(
    content: Content,
    interview: Interview,
    metadata: SessionMetadata,
    alarms: ReportedAlarms | None = None,
    *,
    with_appendix: bool = True,
) -> Document:
    """Return the clinician's copy: a page that says it, then all answers, then an appendix that proves it.

    ``content`` may be in another language than the interview. With ``alarms``, it also tells what was taken back.
    """
    with speaking(content.questionnaire.language, words_for(content.questionnaire.is_for_staff)):
        context = SummaryContext(content, interview, metadata, alarms)
        head = about(
            context, _("For the clinician: {title}").format(title=content.questionnaire.title), for_clinic=True
        )
        above = (opening_notice("clinician", content.questionnaire.language, by_staff=context.for_staff), head)
        room = PAGE_LINES - sum(map(_height, above)) - 1
        page = fit(page_groups(context), room - _is_urgent(context))
        parts: list[BlockPart] = []
        for group in page.groups:
            parts.append(as_pairs(group))
            if group.urgent and _is_urgent(context):
                parts.append(Blanks((_("Seen to by"), _("at")), beside=True))
        first = Block("first-page", _("At a glance; [n] is a note in the appendix"), tuple(parts), tight=page.tight)
        answer_parts, heading = detail(context, page), _("Page 2: all other answers")
        if context.for_staff:
            answer_parts, heading = recorded(context), _("Page 2: what was recorded, by whom and when")
        second = [*answer_parts, *([] if with_appendix else [_left_out(context)])]
        answers = Block("answers", heading, tuple(second), tight=True, new_page=True)
        rest = tuple(appendix(context)) if with_appendix else ()
        return _document(context, "clinician", (head, first, answers, *rest))


def recorded_copy(
    content: Content, interview: Interview, metadata: SessionMetadata, document: DocumentKind
) -> Document:
    """Return what staff recorded for the form of the questionnaire, or in the order of time with the checklist."""
    form = content.questionnaire.form
    with speaking(content.questionnaire.language, words_for(True)):
        context = SummaryContext(content, interview, metadata)
        if document == "form" and form:
            title, blocks = _("For the form: {form}").format(form=form.name), form_blocks(context, form)
        else:
            title, blocks = _("Timeline: {title}").format(title=content.questionnaire.title), timeline(context)
        body = (about(context, title, for_clinic=True), *blocks)
        return replace(_document(context, "clinician", body), data=None)


def _is_urgent(context: SummaryContext) -> bool:
    return any(topic.rule.priority is Priority.URGENT for topic in context.topics)


def _height(block: Block) -> int:
    """Return the lines that a block takes, in whichever of Unicode and ASCII it takes more."""
    return 1 + (not block.tight) + max(sum(1 for _line in lines(block, show)) for show in (visible, in_ascii))


def _left_out(context: SummaryContext) -> Paragraph:
    """Return what stands in place of the appendix, with the versions that notes and sources belong to."""
    content = context.content
    versions = "; ".join((
        f"{content.questionnaire.id} {content.questionnaire.version} ({content.questionnaire_hash[:8]})",
        f"{content.ruleset.version} ({content.ruleset_hash[:8]})",
    ))  # fmt: skip
    missing = _("Without the appendix of notes [n].")
    return Paragraph(f"{missing} {versions}.", "note")


def _document(context: SummaryContext, audience: str, body: tuple[Block, ...]) -> Document:
    questionnaire = context.content.questionnaire
    foot = f"{context.metadata.reference}   {questionnaire.title}"
    return Document(
        "patient" if audience == "patient" else "clinician",
        questionnaire.title,
        questionnaire.language,
        body,
        foot=foot,
        data=summary_data(context, "patient" if audience == "patient" else "clinician"),
        by_staff=context.for_staff and audience == "clinician",
    )
