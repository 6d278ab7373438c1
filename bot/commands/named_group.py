"""The group that a command is given: by its code, its name, or as a member would call it."""

from __future__ import annotations

from datetime import date

from rapidfuzz import process
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.commands.surroundings import note
from handlers.errors import NotFound
from handlers.representation.who import group_of_place
from handlers.understanding import Registry, understand
from models.base import held_on
from models.groups import Group, GroupKind
from models.language import Language

NEAREST = 3


def group_named(
    session: Session, registry: Registry, named: str, on: date, language: Language
) -> Group:
    """The group; which one it was taken for is told beside the answer unless it was named so.

    A code that is not there raises `NotFound` with the nearest ones: what is made for another
    group would be taken for the right one.
    """
    same = or_(Group.code == named.upper(), Group.name == named)
    found = session.scalars(select(Group).where(same)).first()
    if found is not None:
        return found
    if not _is_like_a_code(session, named):
        wish = understand(f"vem {named}", registry, on)
        kind = wish.group or GroupKind.PREPARATORY
        found = group_of_place(session, wish.model_copy(update={"group": kind}), on)
    if found is None:
        raise NotFound(_nearest(session, named, on, language))
    sentence = "{name} is read as {code}, {group}."
    note(language._(sentence, name=named, code=found.code, group=found.name))
    return found


def _is_like_a_code(session: Session, named: str) -> bool:
    """Whether it begins as a group's code does and is one word: FAR-BERX, not Hägersten-Älvsjö."""
    first, dash, _rest = named.upper().partition("-")
    begins = select(Group.id).where(Group.code.startswith(f"{first}-", autoescape=True))
    is_a_word = len(named.split()) == 1
    return bool(dash) and is_a_word and session.scalars(begins.limit(1)).first() is not None


def _nearest(session: Session, named: str, on: date, language: Language) -> str:
    codes = session.scalars(select(Group.code).where(held_on(Group, on))).all()
    near = [code for code, _, _ in process.extract(named.upper(), sorted(codes), limit=NEAREST)]
    sentence = "There is no group {name}. The nearest codes are {codes}."
    return language._(sentence, name=named, codes=language.join(near))
