"""What stands before the first question: what it is for, where help is, and the offer to go on with earlier answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from screener.engine.walk_length import walk_minutes_in_words
from screener.i18n.gettext import N_, _
from screener.page_text.help_now import emergency
from screener.page_text.paragraph import PageParagraph, Purpose, plain_paragraphs
from screener.session.session import InterviewSession

MORE = N_("More about this")


def welcome(session: InterviewSession, limits: Iterable[str] = (), *, by_code: bool = True) -> Iterator[PageParagraph]:
    """Yield what the questionnaire is for, where help is, and what happens to the answers.

    ``limits``: what the terminal does when nobody touches it. ``by_code``: whether the person can leave with a return
    code.
    """
    page = session.content.questionnaire.welcome
    yield PageParagraph(page.heading, Purpose.HEADING)
    yield from emergency(session.region)
    if session.notice:
        yield PageParagraph(session.notice, Purpose.WARNING)
    minutes = walk_minutes_in_words(session.content.form)
    yield from plain_paragraphs(paragraph.replace("{minutes}", minutes) for paragraph in page.paragraphs)
    yield from plain_paragraphs((*about_saving(session, by_code=by_code), *limits))


def more_about_this(session: InterviewSession) -> Iterator[PageParagraph]:
    """Yield what the person can read too before they begin; nothing where there is no more."""
    if more := session.content.questionnaire.welcome.more:
        minutes = walk_minutes_in_words(session.content.form)
        yield PageParagraph(_(MORE), Purpose.HEADING)
        yield from plain_paragraphs(paragraph.replace("{minutes}", minutes) for paragraph in more)


def server_away() -> Iterator[PageParagraph]:
    """Yield what the first page tells staff while their clinic's server does not respond."""
    yield PageParagraph(
        _(
            "For staff: the clinic's server does not respond. Answers are kept on this terminal and sent as soon as it "
            "does. This terminal keeps trying."
        ),
        Purpose.WARNING,
    )


def about_saving(session: InterviewSession, *, by_code: bool = True) -> Iterator[str]:
    """Yield what happens to the answers."""
    autosave = session.autosave
    if autosave is None:
        return
    if clinic := autosave.clinic:
        yield _(
            "Your answers are kept for the staff of {clinic}. This terminal cannot show them to anyone else."
        ).format(clinic=clinic)
    else:
        yield _("Your answers are saved and locked until you finish. Then they are deleted, except copies you save.")
    if not autosave.survives_a_crash:
        yield (
            _("If the program crashes, ask staff or use your four words.")
            if clinic and by_code
            else _("If the program crashes, this computer cannot open your answers again.")
        )


def interrupted(session: InterviewSession) -> Iterator[PageParagraph]:
    """Yield the offer to go on with an interrupted questionnaire; it shows none of the answers."""
    yield PageParagraph(session.content.questionnaire.welcome.heading, Purpose.HEADING)
    yield from emergency(session.region)
    yield PageParagraph(_("A questionnaire was interrupted on this terminal. The answers given so far are kept."))
    yield PageParagraph(_("If they are yours, you can go on with them."))
    yield PageParagraph(
        _("Not yours? Begin a new questionnaire. This terminal then cannot show them. The clinic still keeps them.")
        if session.kept_by_clinic
        else _("Not yours? Delete them and begin a new questionnaire."),
    )


def removing() -> Iterator[PageParagraph]:
    """Yield the question whether to remove the answers of an interrupted questionnaire, and what that means."""
    yield PageParagraph(_("Do you want to delete these answers?"), Purpose.HEADING)
    yield PageParagraph(
        _(
            "All answers given so far are then deleted from this computer. Nothing brings them back, and no four words "
            "open them again."
        )
    )
    yield PageParagraph(
        _("If somebody else gave them, let that person decide, or ask the person whose computer this is.")
    )
