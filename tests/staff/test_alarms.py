"""Somebody waits: staff know who, where and since when, locked or not, and the clinic's own means are called."""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from screener.errors import ScreenerError
from screener.staff.alarm import EVERY, LOUDER_EVERY, Alarm, Ring
from screener.staff.locked_watch import LockedWatch
from screener.staff.urgent_command import validate_command
from screener.store.alarm_entry import KEY_NAME, AlarmEntry
from screener.tui.widgets.text_block import TextBlock
from tests.staff.clinic import ACUTE, CALM, NOON, OTHER, STAFF, URGENT, Clinic
from tests.staff.console import console
from tests.staff.test_screens import said
from tests.tui.screens import Screens

SINCE = f"{NOON.astimezone():%H:%M}"


# While it is unlocked


async def test_the_banner_says_who_where_and_for_how_long(clinic: Clinic) -> None:
    """Somebody at an emergency page before a finished response that is urgent for longer; minute by minute."""
    clinic.answers("2222-2222", URGENT)
    clinic.clock.go_on(minutes=1)
    clinic.answers("R27R-65S7", ACUTE, finished=False)
    clinic.clock.go_on(minutes=3)
    async with console(clinic) as staff:
        waits = "! front desk, R27R-65S7, at the emergency page for {} min. F9: see to it. 1 more waits."
        assert waits.format(3) in said(staff)
        clinic.clock.go_on(minutes=1)
        await staff.look()
        assert waits.format(4) in said(staff)
        await staff.press("f9")
        assert "front desk, R27R-65S7, at the emergency page for 4 min" in said(staff)
        await staff.press("enter")
        assert "! front desk, 2222-2222, urgent for 5 min, nobody has seen to it. F9" in said(staff)
        assert " ".join(staff.rows[0].split()) == "Urgent, nobody has seen to it 2222-2222 front desk 5 min"


async def test_consoles_tell_each_other_at_once_who_sees_to_it(clinic: Clinic) -> None:
    """On every page, for a minute; on the list for good. What was seen to here is no news here."""
    response = clinic.answers("2222-2222", URGENT, name="Bob Oak")
    mine = clinic.answers("3333-3333", URGENT)
    async with console(clinic) as staff:
        await staff.press("enter")
        clinic.staff_store().annotate(response.id, "acknowledged", "chest-pain")
        await staff.look()
        told = f"{OTHER} sees to front desk, 2222-2222, Bob Oak since {SINCE}."
        assert told in said(staff)
        await staff.press("f9", "enter")
        await staff.look()
        assert told in said(staff)
        assert f"{STAFF} sees to" not in said(staff)
        await staff.wait(59)
        await staff.look()
        assert told in said(staff)
        await staff.wait(1)
        await staff.look()
        assert told not in said(staff)
        await staff.press("escape")
        rows = {" ".join(row.removeprefix(">").split()) for row in staff.rows}
        assert rows == {
            f"Seen to by {OTHER}, {SINCE} 2222-2222 front desk Bob Oak now",
            f"Seen to by {STAFF}, {SINCE} 3333-3333 front desk now",
        }
    (listed,) = [listed for listed in clinic.staff_store().responses() if listed.id == mine.id]
    assert [each.by for each in listed.annotations] == [STAFF]


async def test_whoever_was_slower_is_told_who_was_quicker(clinic: Clinic) -> None:
    """In the dialog itself, before and after the button is pressed; then nothing is added."""
    response = clinic.answers("2222-2222", URGENT)
    async with console(clinic) as staff:
        await staff.press("f9")
        clinic.staff_store().annotate(response.id, "acknowledged", "chest-pain")
        await staff.press("enter")
        assert staff.page == "AcknowledgeDialog"
        told = f"{OTHER} sees to front desk, 2222-2222 since {SINCE}."
        assert [passage.text for passage in staff.app.screen.query_one("#result", TextBlock).passages] == [told]
        await staff.press("escape")
        await staff.look()
        assert told in said(staff)
        response = clinic.answers("3333-3333", URGENT)
        await staff.look()
        await staff.press("f9")
        clinic.staff_store().annotate(response.id, "acknowledged", "chest-pain")
        await staff.look()
        told = f"{OTHER} sees to front desk, 3333-3333 since {SINCE}."
        assert [passage.text for passage in staff.app.screen.query_one("#result", TextBlock).passages] == [told]
    assert [each.by for listed in clinic.staff_store().responses() for each in listed.annotations] == [OTHER, OTHER]


# While it is locked


@pytest.mark.parametrize("entries", [URGENT, ACUTE], ids=["urgent", "emergency"])
async def test_a_locked_console_rings_and_says_where_and_since_when_and_no_more(
    clinic: Clinic, entries: dict[str, bool]
) -> None:
    """Until somebody sees to it from another console. Neither reference nor name nor answer is shown or known."""
    clinic.answers("2222-2222", CALM, name="Ana Lee")
    async with console(clinic) as staff:
        await staff.press("ctrl+l")
        await staff.look_while_locked()
        before = staff.text
        clinic.answers("4444-4444", CALM, name="Cleo")
        await staff.look_while_locked()
        assert (staff.text, staff.app.bells) == (before, 0)
        response = clinic.answers("3333-3333", entries, name="Bob Oak", finished=False)
        await staff.look_while_locked()
        assert staff.app.bells == 1
        new = [line.strip() for line in staff.text.splitlines() if line not in before.splitlines()]
        assert new == [f"! Urgent, front desk, {SINCE}"]
        await staff.press("f9")
        await staff.click("! Urgent")
        assert staff.page == "UnlockPage"
        await staff.wait(EVERY - 1)
        assert staff.app.bells == 1
        await staff.wait(1)
        assert staff.app.bells == 2
        clinic.staff_store().annotate(response.id, "acknowledged", "chest-pain chest-pain-now")
        await staff.look_while_locked()
        assert staff.text == before
        response.save(clinic.record("3333-3333", entries))
        await staff.wait(EVERY)
        assert (staff.text, staff.app.bells) == (before, 2)


async def test_who_waited_when_it_was_locked_is_still_told(clinic: Clinic) -> None:
    """Also of what 0.1.0 wrote, which has no alarms; each terminal has a line, the emergency page first."""
    clinic.answers("2222-2222", URGENT)
    with clinic.store().database.writing() as rows:
        rows.run("DELETE FROM alarm")
    clinic.clock.go_on(minutes=1)
    clinic.answers("3333-3333", ACUTE, finished=False)
    for number in range(4):
        clinic.clock.go_on(minutes=1)
        clinic.answers(f"444{number}-4444", URGENT)
    async with console(clinic) as staff:
        await staff.press("ctrl+l")
        await staff.look_while_locked()
        times = [f"! Urgent, front desk, {NOON.replace(minute=minute).astimezone():%H:%M}" for minute in (1, 0, 2, 3)]
        shown = [line.strip() for line in staff.text.splitlines()]
        start = shown.index(times[0])
        assert shown[start : start + 5] == [*times, "2 more wait."]
        assert staff.app.bells == 1
        with clinic.store().database.writing() as rows:
            rows.run("DELETE FROM response")
        await staff.look_while_locked()
        assert "Urgent" not in staff.text


async def test_after_the_lock_only_terminals_and_times_are_known(clinic: Clinic) -> None:
    """Of everything that the console holds, nothing has a reference or a name in it, nor a key but that of alarms."""
    clinic.answers("2222-2222", URGENT, name="Bob Oak")
    async with console(clinic) as staff:
        secret = staff.app.staff_session._unlocked.staff_store.secret  # type: ignore[union-attr]
        alarm_key = staff.app.staff_session._unlocked.staff_store.alarm_key  # type: ignore[union-attr]
        await staff.press("ctrl+l")
        await staff.look_while_locked()
        watch = staff.app.staff_session.watch
        assert list(watch.alarms.values()) == [AlarmEntry("urgent", "front desk", NOON)]
        gc.collect()
        held = [each for each in gc.get_referents(*vars(watch).values()) if isinstance(each, bytes | str)]
        assert secret not in held
        assert secret != alarm_key


async def test_where_a_row_was_meddled_with_a_locked_console_rings(clinic: Clinic) -> None:
    async with console(clinic) as staff:
        await staff.press("ctrl+l")
        clinic.answers("2222-2222", CALM)
        with clinic.store().database.writing() as rows:
            rows.run("UPDATE alarm SET sealed = ?", (b"x" * 600,))
        await staff.look_while_locked()
        assert "! Urgent, at a terminal that cannot be named here. Unlock to see it." in said(staff)
        assert staff.app.bells == 1


async def test_what_it_cannot_tell_is_said_as_before(clinic: Clinic) -> None:
    """A terminal that does not know the key of the alarms, such as one of 0.1.0, saved something."""
    async with console(clinic) as staff:
        await staff.press("ctrl+l")
        with clinic.store().database.writing() as rows:
            rows.run("DELETE FROM meta WHERE name = ?", (KEY_NAME,))
        clinic.answers("2222-2222", URGENT)
        for _ in range(2):
            await staff.look_while_locked()
            assert "Answers of 1 person were saved since this was locked. Unlock to see" in said(staff)
        assert staff.app.bells == 0


async def test_a_locked_console_that_cannot_see_the_store_says_so(clinic: Clinic) -> None:
    """It must not look as if nobody waited."""
    async with console(clinic) as staff:
        await staff.press("ctrl+l")
        with clinic.store().database.writing() as rows:
            rows.run("ALTER TABLE response RENAME TO away")
        await staff.look_while_locked()
        assert "This console cannot tell whether an answer is urgent. It could not be kept" in said(staff)
        with clinic.store().database.writing() as rows:
            rows.run("ALTER TABLE away RENAME TO response")
        clinic.answers("2222-2222", URGENT)
        await staff.look_while_locked()
        assert "cannot tell" not in said(staff)
        assert "! Urgent, front desk" in said(staff)


async def test_a_console_that_begins_anew_in_the_same_process_still_knows(clinic: Clinic) -> None:
    """After somebody answered on it: what was saved meanwhile is told, and rings."""
    staff_session = clinic.staff_session()
    await staff_session.unlock(STAFF, "a long enough passphrase")
    staff_session.close()
    clinic.answers("2222-2222", URGENT)
    again = clinic.staff_session(watch=staff_session.watch)
    news = await again.look_while_locked()
    assert (news.saved, list(news.alarms.values())) == (0, [AlarmEntry("urgent", "front desk", NOON)])
    again.close()
    fresh = clinic.staff_session()
    assert (await fresh.look_while_locked()).alarms == {}
    fresh.close()
    assert LockedWatch().alarms == {}


# When nobody comes


def page(folder: Path, script: str = "") -> tuple[str, Callable[[], list[str]]]:
    """A command that writes down each time what it is given and how it was called, and what it wrote so far."""
    program, told = folder / "page.py", folder / "told"
    program.write_text(
        f"import sys\nopen({str(told)!r}, 'a').write(repr((sys.argv[1:], sys.stdin.read())) + '\\n')\n{script}\n"
    )
    return f"{sys.executable} {program} 'a word'", lambda: told.read_text().splitlines() if told.exists() else []


CALLED = repr((["a word"], "front desk\n{}\n"))


async def test_when_nobody_sees_to_it_in_time_it_is_louder_and_the_clinics_command_is_told(
    clinic: Clinic, tmp_path: Path
) -> None:
    """It gets terminal and reference on its standard input and nothing else, once for each person."""
    command, told = page(tmp_path)
    clinic.answers("2222-2222", URGENT, name="Bob Oak")
    async with console(clinic, on_urgent=command, urgent_after=120) as staff:
        await staff.wait(119)
        bells = staff.app.bells
        assert told() == []
        await staff.wait(1)
        assert told() == [CALLED.format("2222-2222")]
        assert staff.app.bells == bells + 1
        for _ in range(3):
            await staff.wait(LOUDER_EVERY)
        assert staff.app.bells == bells + 4
        assert len(told()) == 1
        clinic.answers("3333-3333", ACUTE, finished=False)
        await staff.look()
        await staff.wait(120)
        assert told()[1:] == [CALLED.format("3333-3333")]


async def test_who_waited_before_the_console_was_started_has_waited_that_long(clinic: Clinic, tmp_path: Path) -> None:
    """A console that is started anew does not let somebody wait the whole time once more; the rest is waited for."""
    command, told = page(tmp_path)
    clinic.answers("2222-2222", URGENT)
    clinic.clock.go_on(minutes=3)
    clinic.answers("3333-3333", URGENT)
    clinic.clock.go_on(minutes=1)
    async with console(clinic, on_urgent=command, urgent_after=120) as staff:
        assert told() == [CALLED.format("2222-2222")]
        await staff.wait(59)
        assert len(told()) == 1
        await staff.wait(1)
        assert told()[1:] == [CALLED.format("3333-3333")]


async def test_what_was_seen_to_in_time_calls_nobody(clinic: Clinic, tmp_path: Path) -> None:
    """From this console or another one."""
    command, told = page(tmp_path)
    response = clinic.answers("2222-2222", URGENT)
    clinic.answers("3333-3333", URGENT)
    async with console(clinic, on_urgent=command, urgent_after=60) as staff:
        await staff.wait(30)
        clinic.staff_store().annotate(response.id, "acknowledged", "chest-pain")
        await staff.look()
        await staff.press("f9", "enter")
        bells = staff.app.bells
        await staff.wait(200)
        assert (told(), staff.app.bells) == ([], bells)


async def test_a_locked_console_calls_with_the_terminal_alone(clinic: Clinic, tmp_path: Path) -> None:
    """It knows no reference; the time goes on when it is locked, and unlocking calls nobody a second time."""
    command, told = page(tmp_path)
    clinic.answers("2222-2222", URGENT, name="Bob Oak")
    async with console(clinic, on_urgent=command, urgent_after=60) as staff:
        await staff.wait(40)
        await staff.press("ctrl+l")
        await staff.wait(19)
        assert told() == []
        await staff.wait(1)
        assert told() == [CALLED.format("")]
        await staff.unlock()
        await staff.wait(100)
        assert len(told()) == 1


async def test_what_the_clinic_did_not_configure_does_not_happen(clinic: Clinic) -> None:
    """There is no time of ours after which it is louder."""
    clinic.answers("2222-2222", URGENT)
    async with console(clinic) as staff:
        for _ in range(60):
            await staff.wait(LOUDER_EVERY)
        assert staff.app.bells == 1 + 60 * LOUDER_EVERY // EVERY


@pytest.mark.parametrize(
    ("script", "problem"),
    [
        ("sys.exit('no pager\\nanswers')", "It failed with code 1: no pager answers."),
        ("sys.exit(3)", "It failed with code 3."),
        (None, "It cannot be run: No such file or directory."),
    ],
)
async def test_a_command_that_tells_nobody_is_named_on_every_page(
    clinic: Clinic, tmp_path: Path, script: str | None, problem: str
) -> None:
    command = page(tmp_path, script)[0] if script else "/gone-for-good -n"
    clinic.answers("2222-2222", URGENT)
    async with console(clinic, on_urgent=command, urgent_after=0) as staff:
        sentence = f"The clinic's command told nobody. {problem}"
        assert sentence in said(staff)
        await staff.press("enter")
        assert sentence in said(staff)
        await staff.press("ctrl+l")
        assert sentence in said(staff)


async def test_a_call_that_worked_does_not_hide_one_that_did_not(clinic: Clinic, tmp_path: Path) -> None:
    """Of two people who wait, nobody was told of the first: that is said until somebody has seen to them."""
    calls = tmp_path / "calls"
    command, _ = page(tmp_path, f"c = open({str(calls)!r}, 'a'); c.write('x'); c.tell() > 1 or sys.exit('busy')")
    sentence = "The clinic's command told nobody. It failed with code 1: busy."
    clinic.answers("2222-2222", URGENT)
    async with console(clinic, on_urgent=command, urgent_after=60) as staff:
        await staff.wait(60)
        assert sentence in said(staff)
        clinic.answers("3333-3333", URGENT)
        await staff.look()
        await staff.wait(60)
        assert calls.read_text() == "xx"
        assert sentence in said(staff)
        await staff.press("f9", "enter")
        await staff.press("f9", "enter")
        clinic.answers("4444-4444", URGENT)
        await staff.look()
        await staff.wait(60)
        assert calls.read_text() == "xxx"
        assert sentence not in said(staff)


async def test_a_command_that_hangs_keeps_no_screen_waiting(clinic: Clinic, tmp_path: Path) -> None:
    """While it waits for a pager, staff read, note, lock and unlock; then it ends."""
    os.mkfifo(tmp_path / "line")
    command, told = page(tmp_path, f"open({str(tmp_path / 'line')!r}).read()")
    clinic.answers("2222-2222", URGENT)
    async with console(clinic, on_urgent=command, urgent_after=120) as staff:
        staff._idle[0] += 120
        await staff.app.look()

        async def press(key: str, shown: str) -> None:
            await staff.pilot.press(key)
            while staff.page != shown:
                await Screens.settle(staff)

        try:
            await press("f1", "KeysDialog")
            await press("escape", "WorklistPage")
            await press("ctrl+l", "UnlockPage")
            assert "! Urgent, front desk" in said(staff)
        finally:
            (tmp_path / "line").write_text("answered")
        await staff.settle()
        assert told() == [CALLED.format("2222-2222")]


async def test_whatever_a_terminal_is_called_the_command_gets_two_lines(clinic: Clinic, tmp_path: Path) -> None:
    """A terminal that somebody tampered with can seal any name and reference."""
    command, told = page(tmp_path)
    store = clinic.store()
    store.terminal = "Front\ndesk\x1b[2J" + "k" * 500
    store.begin(clinic.record("R27R\nX" * 50, URGENT))
    async with console(clinic, on_urgent=command, urgent_after=0):
        pass
    ((_, given),) = map(eval, told())
    terminal, reference, end = given.split("\n")
    assert terminal.startswith("Front desk<U+001B>[2Jkkk")
    assert reference.startswith("R27R XR27R")
    assert (len(terminal), len(reference), end) == (80, 80, "")


@pytest.mark.parametrize(
    ("command", "problem"), [("''", "is no command"), ("'half", "is no command"), ("gone-4", "cannot be run")]
)
def test_a_command_that_cannot_be_run_is_refused_at_the_start(command: str, problem: str) -> None:
    """Not when somebody waits."""
    with pytest.raises(ScreenerError, match=problem):
        validate_command(command)
    validate_command(f"{sys.executable} -c pass")


def test_a_new_alarm_of_somebody_for_whom_was_called_before_calls_again() -> None:
    """Another answer became urgent, or they came to an emergency page; leaving that page again does not."""
    clock = [0.0]
    alarm = Alarm(lambda: clock[0], 60)
    urgent = AlarmEntry("urgent", "front desk", NOON)
    assert alarm.look({"a": urgent}) == Ring(True, ())
    clock[0] = 60
    assert alarm.look({"a": urgent}) == Ring(True, ("a",))
    clock[0] = 61
    later = AlarmEntry("urgent", "front desk", NOON.replace(minute=1))
    assert alarm.look({"a": later}) == Ring(True, ("a",))
    emergency = AlarmEntry("emergency", "front desk", later.since)
    assert alarm.look({"a": emergency}) == Ring(True, ("a",))
    assert alarm.look({"a": later}) == Ring(False, ())
    assert alarm.look({}) == Ring(False, ())
    assert alarm.look({"a": later}) == Ring(True, ())


def test_more_urgent_answers_do_not_put_off_the_clinics_command() -> None:
    clock = [0.0]
    alarm = Alarm(lambda: clock[0], 60)
    for minute in range(6):
        clock[0] = 10.0 * minute
        assert alarm.look({"a": AlarmEntry("urgent", "desk", NOON.replace(minute=minute))}) == Ring(True, ())
    clock[0] = 60
    assert alarm.look({"a": AlarmEntry("urgent", "desk", NOON.replace(minute=5))}) == Ring(True, ("a",))


def test_what_rang_and_who_was_called_goes_on_in_another_process() -> None:
    """Nothing is new there, nobody is called twice, and who was not called yet is called in time."""
    clock = [100.0]
    early = AlarmEntry("urgent", "front desk", NOON)
    late = AlarmEntry("unreadable", "", None)
    alarm = Alarm(lambda: clock[0], 60)
    alarm.look({"early": early})
    clock[0] += 60
    assert alarm.look({"early": early, "late": late}) == Ring(True, ("early",))
    alarm.note_command("early", "It failed.")
    other = Alarm.from_json(json.loads(json.dumps(alarm.to_json())), lambda: clock[0])
    other.urgent_after = 60
    assert other.look({"early": early, "late": late}) == Ring(False, ())
    clock[0] += 60
    assert other.look({"early": early, "late": late}) == Ring(True, ("late",))
    assert other.command_trouble == "It failed."


async def test_what_a_locked_console_knows_goes_on_in_another_process(clinic: Clinic) -> None:
    """Who waits, what came since then, and what is in the audit trail already."""
    clinic.answers("2222-2222", URGENT)
    async with console(clinic) as staff:
        staff.app.lock()
        watch = staff.app.staff_session.watch
    assert watch.logged
    other = LockedWatch.from_json(json.loads(json.dumps(watch.to_json())))
    assert (other.alarms, other.logged) == (watch.alarms, watch.logged)
    clinic.answers("3333-3333", URGENT)
    store = clinic.store()
    assert other.look(store) == watch.look(store)
    assert len(other.alarms) == 2
