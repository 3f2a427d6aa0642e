"""An urgent page is seen: numbers first, and nothing that was pressed for the page before it presses its buttons."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial

import pytest
from textual import events, geometry

from screener.content.compiled import Content
from screener.content.load import load
from screener.content.translate import in_language_if_there, languages_of
from screener.i18n import gettext
from screener.model.crisis_lines import Region
from screener.model.ruleset import Rule
from screener.page_text.help_now import DANGER
from screener.page_text.paragraph import texts
from screener.page_text.urgent import NOT_CONFIRMED, not_delivered_notice, urgent
from screener.paths import questionnaires, shipped_content
from screener.session.session import InterviewSession
from screener.session.staff_door import Admission
from screener.tui.app import ScreenerApp
from screener.tui.profiles import Kiosk
from screener.tui.screens.confirmation import ConfirmationPage
from screener.tui.screens.urgent import EmergencyPage, UrgentPage
from screener.tui.widgets.button import button_regions
from tests.strategies import shipped
from tests.tools.gallery import Gallery, View, visit
from tests.tui.screens import FOLDER, NOON, REFERENCE, Screens, sitting_at

RULES = [compiled.rule for compiled in shipped().rules.urgent]
LINES = shipped().ruleset.crisis_lines
REGIONS = [*LINES.regions, LINES.anywhere]


@asynccontextmanager
async def quickly(content: Content, question: str | None) -> AsyncIterator[Screens]:
    """The app for somebody who presses ten times a second."""
    clock = itertools.count(step=0.05)
    app = ScreenerApp(sitting_at(content, question, {}), clock=lambda: next(clock))
    async with app.run_test(size=(80, 24)) as pilot:
        person = Screens(app, pilot)
        app.on_resume_requested()
        await person.settle()
        yield person


async def wait(person: Screens, seconds: float) -> None:
    """Let the clock of the app go on."""
    for _ in range(round(seconds / 0.05)):
        person.app._guard._clock()


async def mouse(person: Screens, words: str) -> None:
    """Press and let go of the mouse button on these words, as a terminal reports it."""
    lines = person.text.splitlines()
    x, y = next((line.index(words) + 1, y) for y, line in reversed([*enumerate(lines)]) if words in line)
    for kind in (events.MouseDown, events.MouseUp):
        event = kind(None, x, y, 0, 0, 1, False, False, False, screen_x=x, screen_y=y)
        event.set_sender(person.app)
        person.app.post_message(event)
        await person.settle()


@pytest.mark.parametrize("key", ["space", "enter"])
async def test_a_second_key_does_not_dismiss_an_urgent_page(flight: Content, key: str) -> None:
    """It is acknowledged by a key that is pressed after two seconds, and by none that is pressed before."""
    async with quickly(flight, "chest_pain") as person:
        await wait(person, 1)
        await person.press("1", "enter")
        assert person.page == "UrgentPage"
        await person.press(key, key)
        assert person.page == "UrgentPage"
        assert not person.app.interview.acknowledgements
        await wait(person, 2.5)
        await person.press(key)
        assert person.page == "QuestionPage"
        assert len(person.app.interview.acknowledgements) == 1


async def test_a_double_click_does_not_dismiss_an_urgent_page(flight: Content) -> None:
    async with quickly(flight, "chest_pain") as person:
        await wait(person, 1)
        await person.press("1", "enter")
        await mouse(person, "I have read this")
        assert person.page == "UrgentPage"
        await wait(person, 2.5)
        await mouse(person, "I have read this")
        assert person.page == "QuestionPage"


async def test_a_double_click_on_finish_does_not_skip_the_confirmation(flight: Content) -> None:
    """The reference and what to do next stay to be read."""
    async with quickly(flight, None) as person:
        await wait(person, 1)
        await mouse(person, "Finish")
        assert person.page == "ConfirmationPage"
        await mouse(person, "Done")
        await person.press("space")
        assert person.page == "ConfirmationPage"
        assert person.app.return_code is None


@pytest.mark.parametrize("region", REGIONS, ids=lambda region: region.title)
def test_numbers_stand_directly_under_the_heading_in_plain_mode(region: Region) -> None:
    """In every region, on every urgent page: first the heading, then the emergency number, then the lines."""
    for rule in RULES:
        assert rule.interruption is not None
        lines = list(texts(urgent(rule, region)))
        assert lines[1] == rule.interruption.heading
        assert lines[3] == region.emergency
        ends = [lines.index(line.how) for line in region.lines]
        assert max(ends, default=3) < lines.index(rule.interruption.paragraphs[0])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
async def test_the_emergency_number_is_seen_without_scrolling_in_a_small_window(rule: Rule) -> None:
    """At 60 by 18, in every region, whatever follows."""
    emergency = rule.interruption is not None and rule.interruption.page == "emergency"
    page = EmergencyPage if emergency else UrgentPage
    async with visit((60, 18)) as visitor:
        for region in LINES.regions:
            session = sitting_at(
                shipped(), "age", {"region": region.code} if "region" in shipped().questionnaire.question else {}
            )
            await visitor.see(View(region.code, lambda session=session: page(session, rule), size=(60, 18)))
            seen = " ".join(" ".join(line.text.strip(" \u258c") for line in visitor.lines).split())
            assert session.region.emergency.split(".")[0] in seen, region.code


class Signed(Gallery):
    """Pages at a kiosk, which stand below its name and the reference."""

    @property
    def sign(self) -> str:
        return f"The waiting room, {REFERENCE}"


def in_every_language(content: Content) -> Iterator[tuple[str, Content]]:
    """The content in each of its languages, and in each of the program's where the content has none of these."""
    for language in dict.fromkeys([*languages_of(content), *gettext.catalogues()]):
        yield language, in_language_if_there(content, language)


@pytest.mark.parametrize("size", [(60, 18), (80, 24)])
@pytest.mark.parametrize(
    "questionnaire",
    [
        pytest.param(name, marks=() if name == shipped().questionnaire.id else pytest.mark.long)
        for name in questionnaires(shipped_content())
    ],
)
async def test_the_emergency_number_is_seen_on_the_last_page_without_scrolling(
    questionnaire: str, size: tuple[int, int]
) -> None:
    """At a kiosk whose clinic knows its region, in every region and language, also while the server is away."""
    content = load(shipped_content(), questionnaire)
    # Regions with the same words look the same.
    lines = content.ruleset.crisis_lines
    regions = {region.emergency: region for region in (*lines.regions, lines.anywhere)}.values()
    async with visit(size, Signed()) as visitor:
        for language, told_in in in_every_language(content):
            gettext.use(language)
            for region in regions:
                session = InterviewSession(told_in, FOLDER, now=lambda: NOON, reference=REFERENCE)
                session.metadata = replace(session.metadata, region=region.code)
                page = partial(ConfirmationPage, session, Kiosk(opens=nobody))
                await visitor.see(View("finished", page, size=size))
                seen = " ".join(" ".join(line.text.strip(" \u258c") for line in visitor.lines).split())
                for words in (gettext._(DANGER), session.region.emergency, REFERENCE):
                    assert words in seen, (language, region.code)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
async def test_what_staff_do_not_know_is_seen_without_scrolling_and_hides_no_number(rule: Rule) -> None:
    """In a small window, in every region: that nobody has confirmed, that it is not at the clinic, and the number."""
    emergency = rule.interruption is not None and rule.interruption.page == "emergency"
    page = EmergencyPage if emergency else UrgentPage
    async with visit((60, 18)) as visitor:
        for region in LINES.regions:
            answered = {"region": region.code} if "region" in shipped().questionnaire.question else {}
            session = sitting_at(shipped(), "age", answered)
            await visitor.see(View(region.code, lambda session=session: page(session, rule), size=(60, 18)))
            shown = visitor.gallery.screen
            assert isinstance(shown, UrgentPage)
            shown.show_not_confirmed()
            shown.show_notice(not_delivered_notice())
            await visitor.rest()
            seen = " ".join(" ".join(line.text.strip(" \u258c") for line in visitor.lines).split())
            for words in (gettext._(NOT_CONFIRMED), *texts(not_delivered_notice())):
                assert words in seen, region.code
            assert session.region.emergency.split(".")[0] in seen, region.code


@pytest.mark.parametrize("answer", ["chest_pain", "pain_now"])
async def test_a_kiosk_says_when_no_staff_member_has_confirmed_in_the_clinics_own_time(
    flight: Content, answer: str
) -> None:
    """On both kinds of urgent pages, once that time is over; and never where a clinic has none."""
    for within in (0, None, 3600):
        session = sitting_at(flight, answer, {"chest_pain": True})
        app = ScreenerApp(session, profile=Kiosk(opens=nobody, urgent_after=within))
        async with app.run_test(size=(80, 24)) as pilot:
            person = Screens(app, pilot)
            app.on_resume_requested()
            await person.settle()
            await person.press("1", "enter")
            assert isinstance(app.screen, UrgentPage)
            assert (gettext._(NOT_CONFIRMED)[:40] in person.text) is (within == 0)


def nobody(name: str, typed: str) -> Admission:
    return Admission.NOTHING


def on_a_page(rule: Rule, apart_from: Collection[geometry.Region], size: tuple[int, int]) -> View:
    """An urgent page after one whose buttons lay in these places."""
    session = sitting_at(shipped(), "age", {})
    return View(rule.id, lambda: UrgentPage(session, rule, apart_from=apart_from), size=size)


@pytest.mark.parametrize(
    ("rule", "size"), [*((rule, (60, 18)) for rule in RULES), (RULES[0], (80, 24)), (RULES[0], (120, 40))]
)
async def test_no_button_lies_where_one_of_the_page_before_lay(rule: Rule, size: tuple[int, int]) -> None:
    """Also where that page was an urgent one too, or had a row of buttons right below or above."""
    async with visit(size) as visitor:
        await visitor.see(on_a_page(rule, (), size))
        [usual] = button_regions(visitor.gallery.screen)
        above, below = usual.translate((0, -1)).grow((0, 30, 0, 0)), usual.translate((0, 1))
        for before in ([usual], [usual, below], [usual, above]):
            await visitor.see(on_a_page(rule, before, size))
            [moved] = button_regions(visitor.gallery.screen)
            assert not any(moved.overlaps(other) for other in before)
            assert visitor.gallery.screen.region.contains_region(moved)
