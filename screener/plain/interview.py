"""One person's interview at the prompts."""

from __future__ import annotations

import re

from screener.document import text
from screener.exit_codes import LEFT, MISTAKE, OK
from screener.i18n.for_staff import words_for
from screener.i18n.gettext import N_, _, use
from screener.model.answers import format_answer
from screener.model.questionnaire import Question, Section
from screener.model.response import Entry, absent_label
from screener.model.types.base import Amount, InvalidAnswer, ListedText, OwnWords, YesOrNo
from screener.page_text.elapsed import elapsed
from screener.page_text.first_page import MORE, more_about_this, welcome
from screener.page_text.last_page import finished
from screener.page_text.paragraph import texts
from screener.page_text.question import WELCOME_BACK, please_check, why
from screener.page_text.review import folds, listed, review
from screener.plain import wording
from screener.plain.answers import NOTHING, answer
from screener.plain.console import EndOfInput, LineConsole
from screener.plain.correction import why_corrected
from screener.plain.interruption import stop_at
from screener.plain.listed_text import listed_text
from screener.plain.prompter import Left, Prompt, Prompter, Reply
from screener.session.session import InterviewSession

_QUESTION = {
    "b": N_("go back"),
    "s": N_("skip this question"),
    "k": N_("keep the answer you gave before"),
    "?": N_("why we ask, and this list"),
}
_COME_BACK = {"r": N_("come back with four words")}
_CHECK = {
    "f": N_("finish"),
    "c": N_("with a number, change that answer, such as c 3"),
    "l": N_("list all answers"),
    "b": N_("go back"),
}
_END = {
    "s": N_("save a copy"),
    "k": N_("save a copy as another kind of file"),
    "c": N_("save the copy for the clinician"),
    "p": N_("print a copy"),
    "d": N_("done"),
}


class ComesBack(Exception):
    """The person has four words that open earlier answers."""


class PlainInterview:
    """The interview at the prompts: one question after the other, and commands. ``sign``: for whom staff record."""

    def __init__(self, console: LineConsole, session: InterviewSession, sign: str = "") -> None:
        use(session.content.questionnaire.language, words_for(session.for_staff))
        self.console = console
        self.session = session
        self._sign = sign
        self.interview = session.interview
        self.prompter = Prompter(console, session)
        self._section: Section | None = None
        """The section whose title was said last."""
        self._written = True

    def run(self) -> int:
        """Interview the person; return the exit code.

        Raise ``EndOfInput`` if the input ends too early, and ``ComesBack`` if the person has a return code.
        """
        try:
            if not self.session.resumed:
                self._welcome()
            elif not self.session.finished:
                self.console.say("", _(WELCOME_BACK))
            self.prompter.introduce(self._commands)
            self._interrupt()
            while not self.session.finished:
                if self.interview.current is None:
                    self._check()
                else:
                    self._ask(self.interview.current)
            self._end()
        except Left:
            self.session.discard()
        except EndOfInput:
            if not self.session.finished:
                raise
        if self.session.finished and self._written:
            self.session.discard()
        return LEFT if not self.session.finished else OK if self._written else MISTAKE

    def _welcome(self) -> None:
        self.console.say(*texts(welcome(self.session)), "")

    # A question

    def _ask(self, question: Question) -> None:
        """Ask until the interview moves on or back, or until the question has to be repeated."""
        self._say_question()
        prompt = Prompt(
            _("Answer:"),
            self._commands,
            self._say_question,
            lambda: self._explain(question),
            text=isinstance(question.answer_type, OwnWords),
        )
        while not self._heeded(question, self.prompter.ask(prompt)):
            pass

    @property
    def _commands(self) -> dict[str, str]:
        """Return what can be typed at a question; before the first answer, more about this and coming back too."""
        fresh = not self.interview.state.entries and not self.session.resumed
        question = self.interview.current
        nothing = {NOTHING: question.nothing} if question and question.nothing else {}
        more = {"m": MORE} if fresh and self.session.content.questionnaire.welcome.more else {}
        return {**_QUESTION, **nothing, **more, **(_COME_BACK if fresh and self.session.can_return else {})}

    def _say_question(self) -> None:
        section = self.interview.section
        self.console.say("")
        if section is not self._section:
            self.console.say(wording.whereabouts(self.interview))
            self._section = section
        self.console.say(*filter(None, (self._sign, *elapsed(self.session))), *wording.asked(self.interview))

    def _explain(self, question: Question) -> None:
        self.console.say("", *texts(why(question)))
        if isinstance(question.answer_type, YesOrNo):
            self.console.say(_("Type 1 or y for yes, 2 or n for no."))
        if isinstance(question.answer_type, OwnWords):
            self.console.say(_("A line that begins with a space is an answer, also where it is one of these letters:"))

    def _heeded(self, question: Question, reply: Reply) -> bool:
        """Do what was typed; return ``False`` if something else has to be typed."""
        entry = self.interview.entry
        match reply.command:
            case "b":
                self._back()
            case "r":
                raise ComesBack
            case "m":
                self.console.say("", *texts(more_about_this(self.session)))
            case "s":
                self._skip(question)
            case "n":
                self._give(question, "")
            case "k" if entry is not None:
                self._give(question, entry)
            case "k":
                self.prompter.problem(_("You have given no answer to this question yet."))
                return False
            case _ if reply.text:
                return self._answer(question, reply.text)
            case _ if entry is None:
                self._skip(question)
            case _:
                if self.prompter.confirm(_("Keep this answer?")):
                    self._give(question, entry)
        return True

    def _answer(self, question: Question, typed: str) -> bool:
        try:
            if isinstance(question.answer_type, ListedText):
                self._give(question, listed_text(self.prompter, question, typed))
                return True
            entry = self.session.read(question, typed) if question.written_with else answer(question, typed)
        except InvalidAnswer as error:
            self.prompter.problem(str(error))
            if isinstance(question.answer_type, OwnWords):
                self.console.offer(typed)  # To be shortened, and not to be written again.
            return False
        if isinstance(question.answer_type, Amount):
            self.console.say(_("Read as {answer}").format(answer=format_answer(question, entry)))
        elif not isinstance(question.answer_type, OwnWords):
            self.console.say(_("You chose: {answer}").format(answer=format_answer(question, entry)))
        self._give(question, entry)
        return True

    def _back(self) -> None:
        before = self.interview.current
        if self.interview.back() is before:
            self._section = None
            self.console.say("")
            self._welcome()

    def _skip(self, question: Question) -> None:
        """Record why there is no answer, or go back to the question."""
        reasons = {str(number): reason for number, reason in enumerate(question.absent, 1)}
        choices = {number: absent_label(reason) for number, reason in reasons.items()}
        choices["b"] = N_("go back to the question")

        def again() -> None:
            self.console.say(_("Skip this question?"), *(f"{key} {_(label)}" for key, label in choices.items()))

        again()
        number = self.prompter.choose(_("A number, or b:"), choices, again)
        if number != "b":
            self._give(question, reasons[number])

    def _give(self, question: Question, entry: Entry) -> None:
        """Record an entry, unless the person wants to change it; show urgent pages, then move to the next question."""
        doubts = self.session.please_check(question.id, entry)
        if doubts and not self._is_right(doubts):
            return
        if (reason := why_corrected(self.prompter, question, entry)) is None:
            return
        self.session.record(question.id, entry, reason=reason)
        if not self.interview.interruptions:
            self.prompter.keep_answer()
        self.console.answered()
        self._interrupt()
        self.interview.next()

    def _is_right(self, doubts: list[str]) -> bool:
        choices = {"k": N_("it is right, keep it"), "c": N_("go back and change it")}

        def again() -> None:
            self.console.say("", *texts(please_check(doubts)))
            self.console.say(*(f"{letter} {_(what)}" for letter, what in choices.items()))

        again()
        return self.prompter.choose(_("k or c:"), choices, again) == "k"

    def _interrupt(self) -> None:
        """Show the page of each urgent rule that waits."""
        while waiting := self.interview.interruptions:
            rule = waiting[0]
            self.session.note_read(rule.id, stop_at(rule, self.prompter))
            if not self.interview.interruptions:
                self.prompter.keep_answer()

    # The end

    def _check(self) -> None:
        """List all answers, until the person changes one or finishes."""
        self._section = None
        self._say_list(whole=False)
        self.prompter.introduce(_CHECK)
        prompt = Prompt(_("f to finish, c and a number to change:"), _CHECK, self._say_check)
        while not self._decided(self.prompter.ask(prompt)):
            pass

    def _say_check(self) -> None:
        self.console.say("", *texts(review(self.interview)))

    def _say_list(self, *, whole: bool = True) -> None:
        """Say all answers; of many only which parts there are, until the person asks for all."""
        self._say_check()
        short = not whole and folds(self.interview)
        self.console.say(*(wording.parts if short else wording.answers)(self.interview))

    def _decided(self, reply: Reply) -> bool:
        """Do what was typed; return ``False`` if something else has to be typed."""
        names = listed(self.interview)
        change = re.fullmatch(r"c\s*(\d{1,5})", reply.text.lower())
        if reply.command == "f":
            self.prompter.keep(self.session.finish)
        elif reply.command == "b":
            self.interview.back()
        elif reply.command == "l":
            self._say_list()
            return False
        elif change and 1 <= int(change[1]) <= len(names):
            self.interview.change(names[int(change[1]) - 1])
        else:
            wrong = _("Type f to finish, or c and a number from 1 to {last}, such as c 3.")
            self.prompter.problem(wrong.format(last=len(names)))
            return False
        return True

    def _end(self) -> None:
        """Say what happens next, and print the person's copy."""
        copy = _("Your own copy goes to the output.") if self.console.printed_apart else _("Below is your own copy.")
        self.console.say("", *texts(finished(self.session, [] if self.session.for_staff else [copy])), "")
        if self.session.for_staff:
            return  # They read and print it on their own side.
        try:
            self.console.print(text.render(self.session.summary(), plain=self.console.prints_ascii_only))
        except BrokenPipeError:
            pass  # The reader of the pipe has read enough.
        except OSError as error:
            self._written = False
            not_written = _("Your copy could not be written: {reason}. Save it in a file.")
            self.console.error(not_written.format(reason=error.strerror))
        self.console.say("")
        choices = _END if self.session.printer else {key: what for key, what in _END.items() if key != "p"}
        self.prompter.introduce(choices)
        while (chosen := self.prompter.choose(_("s to save a copy, d when you are done:"), choices)) != "d":
            if chosen == "p":
                self.prompter.print_copy()
            elif chosen == "s":
                self._written |= self.prompter.save_copy()
            else:
                self._written |= self.prompter.save_another_kind("clinician" if chosen == "c" else "patient")
