"""A serif font with Vietnamese letters, from the packages that are installed."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

PLAIN, BOLD, ITALIC = "CorpusSerif", "CorpusSerif-Bold", "CorpusSerif-Italic"
_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".fonts",
    Path("/Library/Fonts"),
)
#: Plain, bold and italic cut of each family, best first; one that lacks a cut is passed over.
_FAMILIES = (
    ("LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf", "LiberationSerif-Italic.ttf"),
    ("NotoSerif-Regular.ttf", "NotoSerif-Bold.ttf", "NotoSerif-Italic.ttf"),
    ("DejaVuSerifCondensed.ttf", "DejaVuSerifCondensed-Bold.ttf", "DejaVuSerifCondensed-Italic.ttf"),
    ("DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf", "DejaVuSerif-Italic.ttf"),
)


def register_fonts() -> None:
    """Make the three cuts known to reportlab; `FileNotFoundError` where no family is installed."""
    if PLAIN in pdfmetrics.getRegisteredFontNames():
        return
    known = {path.name: path for folder in _FOLDERS if folder.is_dir() for path in sorted(folder.rglob("*.ttf"))}
    for family in _FAMILIES:
        if all(name in known for name in family):
            for font, name in zip((PLAIN, BOLD, ITALIC), family, strict=True):
                pdfmetrics.registerFont(TTFont(font, str(known[name])))
            return
    message = "no serif font with Vietnamese letters: install fonts-liberation or fonts-dejavu-core"
    raise FileNotFoundError(message)
