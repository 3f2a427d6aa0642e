"""Every kind of page that a person can come to, with the content in use, in the states that look different."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from functools import partial

from screener.document.file_kinds import FILE_KINDS
from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.model.questionnaire import Instrument, Question
from screener.model.response import AbsentReason, AnswerValue
from screener.page_text.first_page import MORE
from screener.page_text.paragraph import PageParagraph, Purpose
from screener.session.session import InterviewSession
from screener.session.staff_door import Admission
from screener.tui.dialogs.confirm_answer import ConfirmAnswer
from screener.tui.dialogs.correction import Correction
from screener.tui.dialogs.crisis_help import CrisisHelp
from screener.tui.dialogs.enter_return_code import EnterReturnCode
from screener.tui.dialogs.help import Help
from screener.tui.dialogs.idle_warning import IdleWarning
from screener.tui.dialogs.leave import Leave
from screener.tui.dialogs.more import More
from screener.tui.dialogs.not_saved import NotSavedDialog
from screener.tui.dialogs.save_copy import SaveCopy
from screener.tui.dialogs.saving import SavingDialog
from screener.tui.dialogs.show_return_code import ShowReturnCode
from screener.tui.dialogs.staff_passphrase import StaffChoice, StaffPassphrase
from screener.tui.dialogs.start_anew import StartAnew
from screener.tui.dialogs.too_small import TooSmall
from screener.tui.profiles import Kiosk
from screener.tui.screens.confirmation import ConfirmationPage
from screener.tui.screens.lock import HiddenPage, LockedPage
from screener.tui.screens.question import QuestionPage
from screener.tui.screens.resume import ResumePage
from screener.tui.screens.review import ReviewPage
from screener.tui.screens.urgent import EmergencyPage, UrgentPage
from screener.tui.screens.welcome import WelcomePage
from tests.tools.gallery import View

SMALL = (48, 12)
"""Columns and rows of a window that no page fits into."""
SAID = "I like to sit by the window."
Begin = Callable[[], InterviewSession]
"""Begins a new sitting."""


def views(begin: Begin, said: str = SAID) -> Iterator[View]:
    """Each kind of page. ``said`` stands wherever a person has typed a text, and wherever an error names something."""
    yield View("welcome", lambda: WelcomePage(begin()))
    yield from _questions(begin, said)
    yield from _urgent(begin)
    yield View("check", lambda: ReviewPage(_answered(begin(), said)))
    yield View("finished", lambda: ConfirmationPage(_finished(begin(), said)))
    yield from _at_a_terminal(begin, said)
    yield from _over_any_page(begin, said)
    yield from _between(begin, said)
    yield View("too small", TooSmall, size=SMALL)


def _at_a_terminal(begin: Begin, said: str) -> Iterator[View]:
    """The first and the last page of a terminal that many people use."""
    profile = Kiosk(opens=lambda _name, _passphrase: False)
    yield View("welcome, at a clinic", lambda: WelcomePage(begin(), *profile.announced(), comes_back=True))
    yield View("finished, at a clinic", lambda: ConfirmationPage(_finished(begin(), said), profile))


def _over_any_page(begin: Begin, said: str) -> Iterator[View]:
    content = begin().content
    for region in (content.ruleset.crisis_lines.anywhere, *content.ruleset.crisis_lines.regions[:1]):
        yield View(f"help, {region.code}", partial(CrisisHelp, region))
    asked = next(iter(content.questionnaire))
    yield View("why", partial(Help, next((question for question in content.questionnaire if question.help), asked)))
    yield View("keys", partial(Help, None))
    doubts = [check.text for question in content.questionnaire for check in question.please_check]
    yield View("please check", partial(ConfirmAnswer, [*doubts[:1], said]))
    yield View("more", lambda: More([PageParagraph(_(MORE), Purpose.HEADING), PageParagraph(said)]))
    yield View("correction", lambda: _correction(begin()), ("enter",))
    yield View("leave", lambda: Leave(begin()))
    yield View("leave when finished", lambda: Leave(_finished(begin(), said)))
    yield View("save", lambda: SaveCopy(begin(), kinds=FILE_KINDS))
    yield View("save for the clinician", lambda: SaveCopy(begin(), "clinician", kinds=FILE_KINDS))


def _correction(session: InterviewSession) -> Correction:
    """What staff see who correct an entry."""
    question = next(iter(session.content.questionnaire))
    session.record(question.id, AbsentReason.DECLINED)
    return Correction(session, question.id, AbsentReason.NOT_RECORDED)


def _between(begin: Begin, said: str) -> Iterator[View]:
    """What a person sees who is away, comes back, or cannot go on, and what staff see then."""

    def refuse(*_words: str) -> InterviewSession:
        raise ScreenerError(said)

    region = begin().content.ruleset.crisis_lines.anywhere
    yield View("interrupted", lambda: ResumePage(begin()))
    yield View("start anew", StartAnew)
    yield View("come back", partial(EnterReturnCode, refuse), ("enter",))
    yield View("your code", partial(ShowReturnCode, said, 30))
    yield View("saving", SavingDialog)
    yield View("not saved", partial(NotSavedDialog, ScreenerError(said), lambda: None))
    yield View("still there", partial(IdleWarning, 60, finished=False))
    yield View("hidden", partial(HiddenPage, region))
    yield View("locked", partial(LockedPage, region, staff_needed=False))
    yield View("locked, staff needed", partial(LockedPage, region, staff_needed=True))
    yield View("for staff", partial(StaffPassphrase, lambda *_words: Admission.NOTHING), ("enter",))
    yield View("choice of staff", partial(StaffChoice, needed=False))
    yield View("choice of staff, needed", partial(StaffChoice, needed=True))


def _questions(begin: Begin, said: str) -> Iterator[View]:
    """The first question of each type, the first item of an instrument, and a mistake."""
    questionnaire, state = begin().content.questionnaire, begin().interview.state
    first: dict[str, Question] = {}
    for question in questionnaire:
        published = isinstance(questionnaire.section_of[question.id], Instrument)
        if state.is_enabled(question.id):
            first.setdefault("instrument" if published else question.type, question)
    pressed = {"choices": ("1", "2"), "integer": ("4", "1"), "text": tuple(_keys(said[:12])), "instrument": ()}
    for kind, question in first.items():
        page = partial(_asking, begin, question.id)
        yield View(f"question, {kind}", page, pressed.get(kind, ("1",)))
    page = partial(_asking, begin, next(iter(first.values())).id)
    yield View("question, with a mistake", page, ("enter",))


def _urgent(begin: Begin) -> Iterator[View]:
    """The page of the first urgent rule that the person can leave behind, and of the first that waits for staff."""
    kinds = {rule.interruption.page: rule for rule in reversed(begin().content.ruleset.rules) if rule.interruption}
    if "support" in kinds:
        yield View("urgent", lambda: UrgentPage(begin(), kinds["support"]))
    if "emergency" in kinds:
        yield View("emergency", lambda: EmergencyPage(begin(), kinds["emergency"]), ("tab", "enter", "enter"))


def _asking(begin: Begin, question: str) -> QuestionPage:
    session = begin()
    session.interview.change(question)
    return QuestionPage(session)


def _answered(session: InterviewSession, said: str) -> InterviewSession:
    """All questions answered, so that as much as possible is there to be seen."""
    interview = session.interview
    while question := interview.current:
        interview.record(question.id, _an_answer(question, said))
        for rule in interview.interruptions:
            interview.acknowledge(rule.id, session.now(), by=said)
        interview.next()
    return session


def _finished(session: InterviewSession, said: str) -> InterviewSession:
    _answered(session, said).finish()
    return session


def _an_answer(question: Question, said: str) -> AnswerValue:
    match question.type:
        case "yes_no":
            return True
        case "choice":
            return question.options[0].code
        case "choices":
            return frozenset({question.options[0].code})
        case "date":
            return datetime.date(2001, 2, 3)
        case "text" | "medicines":
            return said
    least = question.limits.minimum if question.limits else 0
    return int(least) if question.type == "integer" else least


def _keys(text: str) -> Iterator[str]:
    return ("space" if letter == " " else letter for letter in text if letter.isalnum() or letter == " ")
