"""Random complete responses: every question that applies has an answer."""

from __future__ import annotations

import datetime
import random
from decimal import Decimal

from screener.engine.form import Form
from screener.engine.response_state import ResponseState
from screener.model.name_list import closed
from screener.model.questionnaire import Question
from screener.model.response import Entry


def complete_response(form: Form, seed: int) -> dict[str, Entry]:
    """The entries of one person who answers whatever is asked, at random."""
    chance = random.Random(seed)
    state = ResponseState(form)
    while waiting := [
        question
        for question in form.questionnaire
        if state.is_enabled(question.id) and question.id not in state.entries
    ]:
        for question in waiting:
            if state.is_enabled(question.id):
                state.record(question.id, _answer(question, chance))
    return state.enabled_entries()


def _answer(question: Question, chance: random.Random) -> Entry:
    codes = [option.code for option in question.options if not option.exclusive]
    limits = question.usual if question.usual and chance.random() < 0.8 else question.limits
    match question.type:
        case "yes_no":
            return chance.random() < 0.5
        case "choice":
            return chance.choice([option.code for option in question.options])
        case "choices":
            none = [option.code for option in question.options if option.exclusive]
            if none and chance.random() < 0.3:
                return frozenset([chance.choice(none)])
            return frozenset(chance.sample(codes, chance.randint(1, len(codes))))
        case "time":
            return datetime.time(chance.randrange(24), chance.randrange(60))
        case "date":
            return datetime.date(2000, 1, 1) + datetime.timedelta(days=chance.randrange(10_000))
        case "time":
            return datetime.time(chance.randrange(24), chance.randrange(60))
        case "integer" if limits:
            return chance.randint(int(limits.minimum), int(limits.maximum))
        case "decimal" if limits:
            return Decimal(chance.randint(int(limits.minimum) * 10, int(limits.maximum) * 10)) / 10
        case "medicines" if question.name_list:
            names = [name.name for name in question.name_list.names]
            return closed(", ".join(chance.sample(names, chance.randint(0, 3))))
    return "some words"
