"""Delivering messages into the page's conversations: each exactly once."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from bot.delivery.errors import Refused
from bot.delivery.port import Outgoing
from bot.workspace.broadcast import Broadcaster
from bot.workspace.requests import PLATFORM
from models.database import Database
from models.delivery.trouble import Trouble
from models.records import Post


@dataclass
class WorkspaceSender:
    """Writes a delivery as a post; its own database makes "exactly once" a matter of a key."""

    database: Database
    broadcaster: Broadcaster
    platform: str = PLATFORM

    def send(self, outgoing: Outgoing) -> str:
        """Stores the post, once for each delivery; the receipt is the post's number."""
        try:
            with self.database.write() as session:
                post = Post(
                    channel=outgoing.channel or f"@{outgoing.user}",
                    only_for_id=_receiver(outgoing),
                    at=outgoing.started_at,
                    message=outgoing.message.model_dump(mode="json"),
                    delivery_id=outgoing.id,
                )
                session.add(post)
                session.flush()
                receipt = str(post.id)
        except IntegrityError:
            found = self.find(outgoing)
            if found is None:
                raise
            return found
        self.broadcaster.wake()
        return receipt

    def change(self, outgoing: Outgoing) -> str:
        """Puts the message in the place of an earlier post, on the pages that are open too."""
        with self.database.write() as session:
            post = session.get(Post, int(outgoing.replaces))
            if post is None:
                raise Refused(Trouble.MESSAGE_REFUSED, "the post is no more")
            post.message = outgoing.message.model_dump(mode="json")
            post.change = (session.scalar(select(func.max(Post.change))) or 0) + 1
        self.broadcaster.wake()
        return outgoing.replaces

    def find(self, outgoing: Outgoing) -> str | None:
        """The number of the delivery's post, if it was stored before."""
        with self.database.read() as session:
            post = session.scalar(select(Post.id).where(Post.delivery_id == outgoing.id))
        return None if post is None else str(post)


def _receiver(outgoing: Outgoing) -> int | None:
    """Whose direct conversation it is, if it is one."""
    name = outgoing.channel.removeprefix("@") if outgoing.channel.startswith("@") else ""
    name = name or ("" if outgoing.channel else outgoing.user)
    return int(name) if name.isdigit() else None
