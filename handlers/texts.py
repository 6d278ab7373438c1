"""The catalogue: English in the code, Swedish in `handlers/locale`, read once and kept."""

from __future__ import annotations

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from models.language import LOCALES, Language

LOCALE = Path(__file__).parent / "locale"


@lru_cache
def catalogue(code: str) -> NullTranslations:
    """The translations into a language; English is what the code says."""
    source = LOCALE / code / "LC_MESSAGES" / "messages.po"
    if not source.exists():
        return NullTranslations()
    compiled = BytesIO()
    with source.open("rb") as lines:
        write_mo(compiled, read_po(lines, locale=code))
    compiled.seek(0)
    return GNUTranslations(compiled)


@lru_cache
def language(code: str, zone: str = "Europe/Stockholm") -> Language:
    """The language of a member or channel; one we do not speak becomes Swedish."""
    known = code if code in LOCALES else "sv"
    return Language(known, catalogue(known), zone)
