"""Every group of today has its channel on the workspace page, without anybody linking it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.workspace.requests import PLATFORM, WORKSPACE
from models.base import held_on
from models.groups import Group
from models.people.accounts import Channel


def open_channels(session: Session, at: datetime) -> int:
    """Opens the channels that are missing; returns how many they were."""
    known = select(Channel.group_id).where(
        Channel.platform == PLATFORM, Channel.workspace == WORKSPACE
    )
    missing = session.scalars(
        select(Group).where(held_on(Group, at.date()), Group.id.not_in(known)).order_by(Group.id)
    ).all()
    for group in missing:
        session.add(
            Channel(
                platform=PLATFORM,
                workspace=WORKSPACE,
                channel=group.code,
                group_id=group.id,
                linked_at=at,
            )
        )
    return len(missing)
