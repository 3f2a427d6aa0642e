"""Prompts, and what can be typed at every one of them: help now, the list of commands, and leaving."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from screener.document.file_kinds import TEXT_FILE, FileKind, available_kinds
from screener.document.notice import Audience
from screener.errors import ScreenerError
from screener.i18n.gettext import N_, _
from screener.page_text import leaving
from screener.page_text.help_now import help_page
from screener.page_text.paragraph import texts
from screener.page_text.saved_copy import about_the_copy, printed_copy, saved_copy
from screener.plain.console import LineConsole, TooLong
from screener.session import store_worker
from screener.session.session import InterviewSession
from screener.store.database import NotSaved

HELP, EXPLAIN, LEAVE = "h", "?", "q"
EVERYWHERE = {HELP: N_("get help now, also where the text says F8"), EXPLAIN: N_("this list"), LEAVE: N_("leave")}
_SAME = {"help": HELP, "\x1b[19~": HELP, "\x1b[19;~": HELP}
"""Other ways to ask for help: the whole word, and the F8 key as terminals send it."""


class Reply(NamedTuple):
    """A typed line: a command in small letters, or text."""

    command: str
    text: str


class Left(Exception):
    """The person chose to leave, and confirmed it."""


def nothing() -> None:
    """Do nothing; there is no more to say."""


@dataclass(frozen=True)
class Prompt:
    """One prompt. ``label`` is written before the line that is typed."""

    label: str
    commands: Mapping[str, str] = field(default_factory=dict)
    """What can be typed besides an answer, and what it does. Help, the list of commands and leaving are added."""
    again: Callable[[], None] = nothing
    """Repeats what the prompt is about."""
    explain: Callable[[], None] = nothing
    """Says more, before the list of commands, when the person asks for it."""
    text: bool = False
    """Whether a line that begins with a space is always an answer and never a command."""


class Prompter:
    """The prompts of one person."""

    def __init__(self, console: LineConsole, session: InterviewSession) -> None:
        self.console = console
        self.session = session
        self._told: set[frozenset[str]] = set()
        self._leaving = False
        self._late = False
        """Whether the person was told that something is not saved yet."""

    def introduce(self, commands: Mapping[str, str]) -> None:
        """List the commands, unless this list was said before."""
        if frozenset(commands) not in self._told:
            self._say_commands(commands)

    def ask(self, prompt: Prompt) -> Reply:
        """Return what was typed, after any requests for help, commands or leaving. Raise ``Left``."""
        while True:
            try:
                reply = _read(self.console.ask(prompt.label), prompt)
            except TooLong as error:
                self.problem(str(error))
                continue
            except KeyboardInterrupt:
                if self._leaving:
                    raise
                unfinished = self.console.take_unfinished()
                self._leave()
                self.console.offer(unfinished)
                prompt.again()
                continue
            if reply.command == HELP:
                self.console.say("", *texts(help_page(self.session.region)))
            elif reply.command == EXPLAIN:
                prompt.explain()
                self._say_commands(prompt.commands)
            elif reply.command != LEAVE:
                return reply
            elif not self._leaving:
                self._leave()
            prompt.again()

    def choose(self, label: str, choices: Mapping[str, str], again: Callable[[], None] = nothing) -> str:
        """Return one of the choices; ask until one of them is typed."""
        while not (chosen := self.ask(Prompt(label, choices, again)).command):
            self.problem(_("Type {choices}.").format(choices=_either(choices)))
        return chosen

    def confirm(self, question: str) -> bool:
        """Ask yes or no; an empty line is neither."""
        label = _("{question} (y/n):").format(question=question)
        return self.choose(label, {"y": N_("yes"), "n": N_("no")}) == "y"

    def problem(self, what: str) -> None:
        """Say what is wrong, and how to mend it."""
        self.console.problem(what)

    def save_copy(self, audience: Audience = "patient", kind: FileKind = TEXT_FILE) -> bool:
        """Ask for a folder and write the copy there; return whether it was written."""
        folder = self.session.export_folder
        say = self.console.say
        say("", *texts(about_the_copy(audience)))
        label = _("Folder (Enter alone: {folder}):").format(folder=folder)
        prompt = Prompt(label, {"b": N_("go back and save nothing")}, text=True)
        while (reply := self.ask(prompt)).command != "b":
            try:
                from screener.session.copies import save_copy  # Renderers are loaded only where they are needed.

                path = save_copy(self.session, reply.text, audience, kind)
            except ScreenerError as error:
                self.problem(str(error))
            else:
                say(*texts(saved_copy(path)))
                return True
        return False

    def save_another_kind(self, audience: Audience = "patient") -> bool:
        """Ask for the kind of file, then for its folder; return whether a copy was written."""
        kinds = {str(number): kind for number, kind in enumerate(available_kinds(), start=1)}
        choices = {number: kind.label for number, kind in kinds.items()} | {"b": N_("go back and save nothing")}

        def again() -> None:
            self.console.say("", *(f"{choice} {_(what)}" for choice, what in choices.items()))

        again()
        chosen = self.choose(_("Kind of file:"), choices, again)
        return chosen != "b" and self.save_copy(audience, kinds[chosen])

    def print_copy(self) -> None:
        """Print the person's copy, or say why that cannot be done."""
        try:
            from screener.session.copies import print_copy

            print_copy(self.session)
        except ScreenerError as error:
            self.problem(str(error))
        else:
            self.console.say(*texts(printed_copy()))

    def keep_answer(self) -> None:
        """Save the answer. Where the store takes long, say that it is not saved yet, and go on; ask where it fails."""
        if self._late and self.session.saved:
            self.console.say(_(leaving.SAVED_NOW))
            self._late = False
        saving = self.session.keep_in_background()
        try:
            if saving is not None:
                saving.result(0 if self._late else store_worker.PATIENCE)
        except NotSaved:
            self.keep(self.session.keep)
        except TimeoutError:
            if not self._late:
                self.console.say(leaving.not_saved_yet())
            self._late = True

    def keep(self, do: Callable[[], None]) -> None:
        """Do what has to be saved, and repeat it when the person asks, until it is saved."""
        while True:
            try:
                do()
            except NotSaved as error:
                paragraphs = ["", *texts(leaving.not_saved(error))]
                again = partial(self.console.say, *paragraphs)
                again()
                self.choose(_("r to try again:"), {"r": leaving.TRY_AGAIN}, again)
            else:
                return

    def _leave(self) -> None:
        """Ask whether to leave; Enter stays."""
        later = self.session.can_come_back
        if self.session.for_staff:
            self._leave_recording()
            return
        choices = {
            "1": N_("Go back"),
            "2": leaving.COME_BACK if later else N_("Save a copy and leave"),
            "3": leaving.leave_for_good(self.session) if later else N_("Leave without saving"),
        }

        def again() -> None:
            self.console.say("", *texts(leaving.do_you_leave(self.session)))
            self.console.say(*(f"{number} {_(what)}" for number, what in choices.items()))

        self._leaving = True
        try:
            again()
            while (reply := self.ask(Prompt(_("Leave:"), choices, again))).text and reply.command != "1":
                if reply.command == "2":
                    if self._give_code() if later else self.save_copy():
                        raise Left
                elif reply.command == "3":
                    raise Left
                if reply.command:
                    again()
                else:
                    self.problem(_("Type {choices}.").format(choices=_either(choices)))
        finally:
            self._leaving = False

    def _leave_recording(self) -> None:
        """Ask whether staff leave what is kept with all that they recorded; Enter stays."""

        def again() -> None:
            self.console.say("", *texts(leaving.do_you_leave(self.session)))

        self._leaving = True
        try:
            again()
            if self.choose(_("1 to go back, 2 to leave:"), {"1": N_("Go back"), "2": N_("Leave")}, again) == "2":
                raise Left
        finally:
            self._leaving = False

    def _give_code(self) -> bool:
        """Show the person their return code; return whether there is one."""
        try:
            code = self.session.return_code()
        except NotSaved as error:
            self.console.error(str(error))
            return False
        self.console.say("", *texts(leaving.your_code(code, self.session.days_kept)))
        return True

    def _say_commands(self, commands: Mapping[str, str]) -> None:
        self._told.add(frozenset(commands))
        self.console.say(_("You can type these, and then Enter:"))
        self.console.say(*(f"{letter} {_(what)}" for letter, what in {**EVERYWHERE, **commands}.items()))


def _read(line: str, prompt: Prompt) -> Reply:
    text = line.strip()
    command = _SAME.get(text.lower(), text.lower())
    is_command = command in prompt.commands or command in EVERYWHERE
    return Reply(command if is_command and not (prompt.text and line[0].isspace()) else "", text)


def _either(choices: Mapping[str, str]) -> str:
    *others, last = choices
    return _("{choices} or {last}").format(choices=", ".join(others), last=last) if others else last
