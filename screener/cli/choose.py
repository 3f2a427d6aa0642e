"""Which questionnaire a person answers, where a content folder has several and names none to start with."""

from __future__ import annotations

from pathlib import Path

from screener.cli.content import content_folder, undecided


def chosen_by_person(flag: Path | None, language: str | None) -> str | None:
    """Ask which questionnaire it is, by title; return ``None`` where that is decided, or nobody can be asked."""
    ids = undecided(flag)
    if not ids:
        return None
    from screener.cli.prompts import ask, on_terminal

    if not on_terminal():
        return None
    from screener.cli.output import note
    from screener.content.cache import load_cached
    from screener.content.translate import in_language_if_there
    from screener.errors import ScreenerError
    from screener.i18n.gettext import _, use
    from screener.paths import content_cache

    contents = [load_cached(content_folder(flag), name, content_cache()) for name in ids]
    if language:
        use(language)
        contents = [in_language_if_there(content, language) for content in contents]
    contents = [content for content in contents if not content.questionnaire.is_for_staff]

    if len(contents) < 2:  # Where staff answer all the others, there is nothing to choose.
        return contents[0].questionnaire.id if contents else None

    def numbered(typed: str) -> str:
        number = typed.strip()
        if number not in map(str, range(1, len(contents) + 1)):
            raise ScreenerError(_("Type a number from 1 to {last}.").format(last=len(contents)))
        return contents[int(number) - 1].questionnaire.id

    for number, content in enumerate(contents, 1):
        note(f"{number}  {content.questionnaire.title}")
    return ask(_("Which of these questions do you want to answer? Type its number:"), numbered)
