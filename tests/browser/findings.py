"""What a page in a browser is asked for: rules of axe, its width, where the keyboard leads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

# A round through the page; more stops than this are a trap or a page without end.
MOST_STOPS = 900
STOP = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const box = at.getBoundingClientRect();
  const style = getComputedStyle(at);
  const belongs = found => !found || at === found || at.contains(found) || found.contains(at)
    || (at.labels ? [...at.labels].some(label => label.contains(found)) : false);
  const across = [box.x + 3, box.x + box.width / 2, box.right - 3];
  const down = [box.y + 3, box.y + box.height / 2, box.bottom - 3];
  return {
    name: at.tagName.toLowerCase() + (at.id ? "#" + at.id : "") + " " + (at.getAttribute("href") || at.name || ""),
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0,
    // A link of the map draws its own frame, in the coordinates of the drawing.
    outlined: at.ownerSVGElement
      ? parseFloat(getComputedStyle(at.querySelector("rect")).strokeWidth) >= 4
      : style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    uncovered: across.some(x => down.some(y => belongs(document.elementFromPoint(x, y)))),
    number: (at.dataset.stop ??= String(window.stops = (window.stops || 0) + 1)),
  };
}"""


def findings(page: Page, *rules: str) -> list[str]:
    """Return what axe finds on the page by all its rules, or by those that `rules` names."""
    page.evaluate(AXE_FILE_PATH.read_text())
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = {"type": "rule", "values": list(rules)}
    result = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{violation['id']}: {node['target']} {node['html'][:160]}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def walk(page: Page, addresses: Iterable[str], *rules: str) -> dict[str, list[str]]:
    """Open each address; return what axe finds there (see `findings`) and whether it scrolls sideways, if anything."""
    found = {}
    for address in addresses:
        page.goto(address)
        wrong = findings(page, *rules)
        if (width := overflow(page)) > 0:
            wrong.append(f"scrolls sideways by {width} px")
        if wrong:
            found[address] = wrong
    return found


def keyboard_walk(page: Page) -> list[str]:
    """Go through the whole page with the Tab key; return what is wrong with the stops.

    Each stop must be in the window, have an outline of two pixels and not lie under something else; the walk must end.
    """
    wrong = []
    numbers = []
    for _number in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or stop["number"] in numbers:
            break
        numbers.append(stop["number"])
        wrong += [f"{stop['name']}: not {what}" for what in ("seen", "outlined", "uncovered") if not stop[what]]
    else:
        wrong.append(f"no end after {MOST_STOPS} stops")
    return wrong if len(numbers) > 1 else ["nothing can be reached"]
