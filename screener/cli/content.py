"""The content folder and the questionnaire that a command works on."""

from __future__ import annotations

from pathlib import Path

from screener.config import read_configuration
from screener.content.cache import load_cached
from screener.content.compiled import Content
from screener.content.folder_files import stray_files
from screener.errors import CHECK_IT, ContentError, ScreenerError, nearest
from screener.paths import DEFAULT, content_cache, default_questionnaire, questionnaires, shipped_content


def content_folder(flag: Path | None) -> Path:
    """Return the content folder from flag, environment or configuration, else the shipped one."""
    folder = flag or read_configuration().content or shipped_content()
    if not (folder / "questions").is_dir() or not (folder / "rules").is_dir():
        raise ScreenerError(f"{folder} is not a content folder. It needs questions/ and rules/ in it.")
    return folder


def chosen(flag: Path | None, questionnaire: str | None) -> tuple[Path, str]:
    """Return the content folder, and the id of the questionnaire that was named, is the default or the only one."""
    folder = content_folder(flag)
    ids = questionnaires(folder)
    if questionnaire not in ids and (questionnaire or not ids) and (strays := list(stray_files(folder))):
        raise ContentError(strays)
    name = questionnaire or _configured(flag, ids) or _default(folder, ids)
    if name is None:
        listed = ", ".join(ids) or "none"
        raise ScreenerError(f"{folder} has {len(ids)} questionnaires ({listed}). Name one of them by its id.")
    if name not in ids:
        raise ScreenerError(f'There is no questionnaire "{name}". {nearest(name, ids) or CHECK_IT}')
    return folder, name


def undecided(flag: Path | None) -> list[str]:
    """Return the questionnaires among which somebody has to choose; none where one is named, or is the only one."""
    folder = content_folder(flag)
    ids = questionnaires(folder)
    return [] if _configured(flag, ids) or _default(folder, ids) else ids


def _configured(flag: Path | None, ids: list[str]) -> str | None:
    """Return the configured questionnaire; one that another folder does not have is not meant there."""
    name = read_configuration().questionnaire
    if name is None or name in ids or flag is not None:
        return name if name in ids else None
    raise ScreenerError(f'The configured questionnaire "{name}" does not exist. {nearest(name, ids) or CHECK_IT}')


def _default(folder: Path, ids: list[str]) -> str | None:
    """Return the default of a content folder, or the only questionnaire that it has."""
    default = default_questionnaire(folder)
    if default is None or default in ids:
        return default or (ids[0] if len(ids) == 1 else None)
    raise ScreenerError(f'{DEFAULT} names "{default}", which does not exist. {nearest(default, ids) or CHECK_IT}')


def chosen_content(flag: Path | None, questionnaire: str | None, language: str | None = None) -> Content:
    """Return the chosen questionnaire with its rules, from the cache if the files are the same.

    If ``language`` is ``None``, the configured one is used. Raise ``ScreenerError`` if the content lacks it.
    """
    content = load_cached(*chosen(flag, questionnaire), content_cache())
    return content_in(content, language or read_configuration().language)


def asked_of_people(flag: Path | None) -> list[str]:
    """Return the questionnaires of the content folder that people answer, and not staff."""
    return _answered_by(flag, staff=False)


def recorded_by_staff(flag: Path | None) -> list[str]:
    """Return the questionnaires of the content folder that staff answer."""
    return _answered_by(flag, staff=True)


def _answered_by(flag: Path | None, *, staff: bool) -> list[str]:
    folder = content_folder(flag)
    contents = (load_cached(folder, name, content_cache()) for name in questionnaires(folder))
    return [content.questionnaire.id for content in contents if content.questionnaire.is_for_staff == staff]


def require_for_people(content: Content) -> None:
    """Raise ``ScreenerError`` for a questionnaire that staff answer: no person is asked it."""
    if content.questionnaire.is_for_staff:
        raise ScreenerError(
            f'Staff answer "{content.questionnaire.id}". They start it with screener staff, from the page of a person.'
        )


def content_in(content: Content, language: str | None) -> Content:
    """Return the content in a language, or as it was authored for ``None``. Raise ``ScreenerError``."""
    if language is None:
        return content
    from screener.content.translate import in_language

    return in_language(content, language)
