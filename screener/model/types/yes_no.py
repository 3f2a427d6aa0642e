"""The question type ``yes_no``."""

from __future__ import annotations

from screener.i18n.formats import bare
from screener.i18n.gettext import _
from screener.model.types.base import Asked, InvalidAnswer, Json, NoSuchOption, OfferedOption, YesOrNo, as_it_is

_TYPED = {"1": True, "y": True, "yes": True, "2": False, "n": False, "no": False}
_IN_FILE = {"yes": True, "true": True, "no": False, "false": False}


def _parse(question: Asked, typed: str, in_file: bool) -> bool:
    meanings = _TYPED | {bare(_("Yes")): True, bare(_("No")): False}
    if bare(typed) not in meanings:
        raise NoSuchOption(_("Type y or n."))
    return meanings[bare(typed)]


def _from_yaml(question: Asked, written: Json) -> bool:
    answer = _IN_FILE.get(str(written).lower())  # Other programs write Yes, TRUE and the like.
    if answer is None:
        raise InvalidAnswer("Write yes or no.")
    return answer


YES_NO = YesOrNo(
    expected="yes or no",
    name="a yes/no question",
    remedy="Write {name}, or not {name}.",
    in_book="yes or no",
    alike="yes and no have the same effect",
    holds=bool,
    seconds=8,
    parse=_parse,
    from_yaml=_from_yaml,
    format=lambda question, answer: _("Yes") if answer else _("No"),
    as_typed=lambda answer: "",
    offered=lambda question: iter((OfferedOption(True, _("Yes")), OfferedOption(False, _("No")))),
    hint=lambda question: "",
    example=lambda question: False,
    to_yaml=lambda answer: "yes" if answer else "no",
    to_json=as_it_is,
    from_json=as_it_is,
)
