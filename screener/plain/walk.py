"""The walk of one person through the prompts."""

from __future__ import annotations

import re
from functools import partial

from screener.entry import NotUnderstood, absent_label, shown
from screener.export import text
from screener.plain import passages
from screener.plain.choosing import MEASURED, answer
from screener.plain.desk import Desk, Left, Prompt, Reply
from screener.plain.talk import EndOfInput, Talk
from screener.plain.urgent import stop_at
from screener.questionnaire import Question, Section
from screener.response import Entry
from screener.sitting import Sitting
from screener.translation import N_, _, use

FINISHED, NOT_WRITTEN, LEFT = 0, 2, 3
"""Exit codes. ``NOT_WRITTEN``: the summary could not be printed, and no copy was saved instead. Ended by a signal
it is 128 and the number of the signal."""
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
    "l": N_("list again"),
    "b": N_("go back"),
}
_END = {"s": N_("save a copy"), "d": N_("done")}


class ComesBack(Exception):
    """The person has four words with which they come back."""


class Walk:
    """Asks one question after the other as the interview says, and answers to commands."""

    def __init__(self, talk: Talk, sitting: Sitting) -> None:
        use(sitting.content.questionnaire.language)
        self.talk = talk
        self.sitting = sitting
        self.interview = sitting.interview
        self.desk = Desk(talk, sitting)
        self._section: Section | None = None
        """The section whose title was said last."""
        self._written = True

    def run(self) -> int:
        """Interview the person; returns the exit code.

        Raises ``EndOfInput`` where the input ends too early, and ``ComesBack`` where other answers are to be opened.
        """
        try:
            if not self.sitting.resumed:
                self._welcome()
            self.desk.introduce(self._commands)
            self._interrupt()
            while not self.sitting.finished:
                if self.interview.current is None:
                    self._check()
                else:
                    self._ask(self.interview.current)
            self._end()
        except Left:
            self.sitting.end()
        except EndOfInput:
            if not self.sitting.finished:
                raise
        if self.sitting.finished and self._written:
            self.sitting.end()
        return LEFT if not self.sitting.finished else FINISHED if self._written else NOT_WRITTEN

    def _welcome(self) -> None:
        self.talk.say(*passages.welcome(self.sitting), "")

    # A question

    def _ask(self, question: Question) -> None:
        """Ask until the interview moves, or until the question has to be said again."""
        self._say_question()
        prompt = Prompt(
            _("Answer:"),
            self._commands,
            self._say_question,
            lambda: self._explain(question),
            text=question.type == "text",
        )
        while not self._heeded(question, self.desk.ask(prompt)):
            pass

    @property
    def _commands(self) -> dict[str, str]:
        """What can be typed at a question; before the first answer, that one comes back with others."""
        fresh = not self.interview.standing.entries and not self.sitting.resumed
        return {**_QUESTION, **_COME_BACK} if fresh and self.sitting.can_return else _QUESTION

    def _say_question(self) -> None:
        section = self.interview.section
        self.talk.say("")
        if section is not self._section:
            self.talk.say(passages.whereabouts(self.interview))
            self._section = section
        self.talk.say(*passages.asked(self.interview))

    def _explain(self, question: Question) -> None:
        self.talk.say("", *passages.why(question))
        if question.type == "yes_no":
            self.talk.say(_("Type 1 or y for yes, 2 or n for no."))
        if question.type == "text":
            self.talk.say(_("A line that begins with a space is an answer, also where it is one of these letters:"))

    def _heeded(self, question: Question, reply: Reply) -> bool:
        """Do what was typed; false where something else has to be typed."""
        entry = self.interview.entry
        match reply.command:
            case "b":
                self._back()
            case "r":
                raise ComesBack
            case "s":
                self._skip(question)
            case "k" if entry is not None:
                self._give(question, entry)
            case "k":
                self.desk.problem(_("You have given no answer to this question yet."))
                return False
            case _ if reply.text:
                return self._answer(question, reply.text)
            case _ if entry is None:
                if self.desk.confirm(_("Skip this question?")):
                    self._skip(question)
            case _:
                if self.desk.confirm(_("Keep this answer?")):
                    self._give(question, entry)
        return True

    def _answer(self, question: Question, typed: str) -> bool:
        try:
            entry = answer(question, typed)
        except NotUnderstood as error:
            self.desk.problem(str(error))
            return False
        if question.type in MEASURED:
            self.talk.say(_("Read as {answer}").format(answer=shown(question, entry)))
        self._give(question, entry)
        return True

    def _back(self) -> None:
        before = self.interview.current
        if self.interview.back() is before:
            self._section = None
            self.talk.say("")
            self._welcome()

    def _skip(self, question: Question) -> None:
        """Record why there is no answer, or go back to the question."""
        reasons = {str(number): reason for number, reason in enumerate(question.absent, 1)}
        choices = {number: absent_label(reason) for number, reason in reasons.items()}

        def again() -> None:
            self.talk.say(_("Why do you leave it out?"))
            self.talk.say(*(f"{number} {label}" for number, label in choices.items()))

        again()
        number = self.desk.choose(_("Reason:"), {**choices, "b": N_("go back to the question")}, again)
        if number != "b":
            self._give(question, reasons[number])

    def _give(self, question: Question, entry: Entry) -> None:
        """Record an entry, unless the person changes their mind; then urgent pages, then the next question."""
        doubts = self.interview.please_check(question.id, entry)
        if doubts and not self._is_right(doubts):
            return
        self.desk.keep(lambda: self.sitting.answer(question.id, entry))
        self.talk.answered()
        self._interrupt()
        self.interview.next()

    def _is_right(self, doubts: list[str]) -> bool:
        choices = {"k": N_("it is right, keep it"), "c": N_("go back and change it")}

        def again() -> None:
            self.talk.say("", _("Please check your answer"), *doubts)
            self.talk.say(*(f"{letter} {_(what)}" for letter, what in choices.items()))

        again()
        return self.desk.choose(_("k or c:"), choices, again) == "k"

    def _interrupt(self) -> None:
        """Stop at the page of each urgent rule that is waiting."""
        while waiting := self.interview.interruptions:
            rule = waiting[0]
            by = stop_at(rule, self.desk)
            self.desk.keep(partial(self.sitting.acknowledge, rule.id, by))

    # The end

    def _check(self) -> None:
        """List all answers, until one is to be changed or the person finishes."""
        self._section = None
        self._say_list()
        self.desk.introduce(_CHECK)
        prompt = Prompt(_("f to finish, c and a number to change:"), _CHECK, self._say_check)
        while not self._decided(self.desk.ask(prompt)):
            pass

    def _say_check(self) -> None:
        self.talk.say("", _("Check your answers before you finish"), *passages.kept_back(self.interview))

    def _say_list(self) -> None:
        self._say_check()
        self.talk.say(*passages.answers(self.interview))

    def _decided(self, reply: Reply) -> bool:
        """Do what was typed; false where something else has to be typed."""
        names = passages.listed(self.interview)
        change = re.fullmatch(r"c\s*(\d{1,5})", reply.text.lower())
        if reply.command == "f":
            self.desk.keep(self.sitting.finish)
        elif reply.command == "b":
            self.interview.back()
        elif reply.command == "l":
            self._say_list()
            return False
        elif change and 1 <= int(change[1]) <= len(names):
            self.interview.change(names[int(change[1]) - 1])
        else:
            wrong = _("Type f to finish, or c and a number from 1 to {last}, such as c 3.")
            self.desk.problem(wrong.format(last=len(names)))
            return False
        return True

    def _end(self) -> None:
        """What happens next, and the person's own copy."""
        say = self.talk.say
        say("", _("You have finished"), *self.sitting.content.questionnaire.completion)
        say(_("Your reference is {reference}.").format(reference=self.sitting.session.reference))
        say(_("Your own copy goes to the output.") if self.talk.printed_apart else _("Below is your own copy."), "")
        try:
            self.talk.print(text.render(self.sitting.summary(), plain=self.talk.prints_ascii_only))
        except BrokenPipeError:
            pass  # Whoever reads the pipe has read enough.
        except OSError as error:
            self._written = False
            not_written = _("Your copy could not be written: {reason}. Save it in a file.")
            self.desk.problem(not_written.format(reason=error.strerror))
        say("")
        self.desk.introduce(_END)
        while self.desk.choose(_("s to save a copy, d when you are done:"), _END) == "s":
            self._written |= self.desk.save_copy()
