"""A page with a text that staff search."""

from __future__ import annotations

from textual.binding import Binding

from screener.i18n.gettext import _
from screener.name_skeleton import skeleton
from screener.staff.search import matcher
from screener.tui.staff.base_screen import StaffPage
from screener.tui.staff.dialogs.text_prompt import TextPrompt
from screener.tui.widgets.scroll_body import ScrollBody
from screener.tui.widgets.text_block import TextBlock

_LONGEST = 100


class SearchablePage(StaffPage[None]):
    """``/`` searches what stands in ``#view``."""

    BINDINGS = [Binding("slash", "search", show=False)]

    def __init__(self) -> None:
        super().__init__()
        self._sought, self._place = "", -1

    def action_search(self) -> None:
        heading, label = _("Search this page"), _("It goes to the next line with these words.")
        self.staff_app.push_dialog(
            TextPrompt(heading, label, _LONGEST, self._sought, one_line=True, button=_("Search")), self._search
        )

    def _search(self, typed: str | None) -> None:
        """Go to the next line with the words; after the last one, to the first."""
        if not typed:
            return
        text, body = self.query_one("#view", TextBlock), self.query_one(ScrollBody)
        matches = matcher(typed)
        lines = ["".join(words for words, _tone in line.pieces) for line in text.lay_out(text.size.width)]
        places = [number for number, line in enumerate(lines) if matches(skeleton(line))]
        after = self._place if typed == self._sought else -1
        self._sought = typed
        self._place = next((place for place in places if place > after), places[0] if places else -1)
        if places:
            body.scroll_to(y=self._place, animate=False)
            self.say(_("{count} lines have it; / goes to the next.").format(count=len(places)))
        else:
            self.say(_("Nothing on this page has these words."))
