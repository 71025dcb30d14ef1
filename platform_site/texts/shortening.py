"""Long answers where many stand side by side: their beginning, and a link to the rest."""

from __future__ import annotations

from platform_site.texts.formatted import plain

MARK = "…"


def shortened_words(words: str, longest: int) -> str:
    """Return `words` (plain text), or its beginning up to a whole word with three dots after it."""
    if len(words) <= longest:
        return words
    return f"{words[:longest].rsplit(' ', 1)[0].rstrip(',;:.')} {MARK}"


def shortened_source(source: str, longest: int) -> str:
    """Return a formatted text, or its first paragraphs and items that fit into `longest` characters.

    A first paragraph that is longer by itself is cut at a word, without its marks: half a mark would be printed.
    """
    if len(source) <= longest:
        return source
    kept: list[str] = []
    length = 0
    for line in source.split("\n"):
        length += len(line) + 1
        if length > longest:
            break
        kept.append(line)
    whole = "\n".join(kept).rstrip()
    if whole:
        return f"{whole}\n\n{MARK}"
    bullet = "- " if source.startswith(("- ", "* ", "+ ")) else ""
    return bullet + shortened_words(plain(source.split("\n", 1)[0]), longest)
