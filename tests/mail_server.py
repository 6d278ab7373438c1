"""A mail server on this machine that takes letters, or turns them away as it is told to."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTPUTF8
from threading import Event, Thread

from bot.mail.settings import MailSettings, Security

USER, PASSWORD = "samverkan", "a good password"


@dataclass
class MailServer:
    """Speaks SMTP on 127.0.0.1; `letters` are those it took, with their receivers in `receivers`.

    `answers` are said in place of the usual to a command (`TEXT` is the end of a letter), and after
    a command in `drops` it breaks off. With `wants_login` it takes nothing from strangers.
    """

    answers: dict[str, str] = field(default_factory=dict)
    drops: set[str] = field(default_factory=set)
    wants_login: bool = False
    letters: list[EmailMessage] = field(default_factory=list)
    receivers: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    port: int = 0

    def settings(self, **changed: object) -> MailSettings:
        """How this server is reached without encryption."""
        given: dict[str, object] = {
            "host": "127.0.0.1",
            "port": self.port,
            "security": Security.NONE,
            "sender": "samverkan@city.example",
        }
        return MailSettings(**{**given, **changed})  # type: ignore[arg-type]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until either side has had enough."""
        talk = _Talk(self, reader, writer)
        try:
            await talk.run()
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()


@dataclass
class _Talk:
    server: MailServer
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    known: bool = False
    to: str = ""

    async def run(self) -> None:
        if not await self._answers("CONNECT", "220 here"):
            return
        while line := (await self.reader.readline()).decode().strip():
            verb = line.split()[0].upper()
            self.server.said.append(line)
            if verb == "DATA":
                if not await self._takes_letter():
                    return
            elif not await self._answers(verb, self._usual(verb, line)) or verb == "QUIT":
                return

    def _usual(self, verb: str, line: str) -> str:
        if verb == "EHLO":
            return "250-here\r\n250-SMTPUTF8\r\n250 AUTH PLAIN"
        if verb == "AUTH":
            pair = base64.b64decode(line.split()[2]).decode().split("\0")[1:]
            self.known = pair == [USER, PASSWORD]
            return "235 welcome" if self.known else "535 5.7.8 wrong user or password"
        if verb == "MAIL" and self.server.wants_login and not self.known:
            return "530 5.7.0 authentication required"
        if verb == "RCPT":
            self.to = line.partition("<")[2].partition(">")[0]
        return "221 goodbye" if verb == "QUIT" else "250 ok"

    async def _takes_letter(self) -> bool:
        if not await self._answers("DATA", "354 go on"):
            return False
        if not self.server.answers.get("DATA", "354").startswith("354"):
            return True
        content = await self.reader.readuntil(b"\r\n.\r\n")
        answer = self.server.answers.get("TEXT", "250 taken")
        if answer.startswith("250"):
            lines = content.removesuffix(b".\r\n").replace(b"\r\n..", b"\r\n.")
            letter = message_from_bytes(lines, policy=SMTPUTF8)
            assert isinstance(letter, EmailMessage)
            self.server.letters.append(letter)
            self.server.receivers.append(self.to)
        return await self._answers("TEXT", "250 taken")

    async def _answers(self, verb: str, usual: str) -> bool:
        """Says something, unless this is where it breaks off."""
        if verb in self.server.drops:
            self.writer.transport.abort()
            return False
        said = self.server.answers.get(verb, usual)
        self.writer.write(f"{said}\r\n".encode())
        await self.writer.drain()
        return True


@contextmanager
def running(server: MailServer) -> Iterator[MailServer]:
    """The server on a port of its own, in a thread with a loop of its own."""
    loop, ready = asyncio.new_event_loop(), Event()

    async def listen() -> None:
        listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
        server.port = listening.sockets[0].getsockname()[1]
        ready.set()
        async with listening:
            await listening.serve_forever()

    def work() -> None:
        asyncio.set_event_loop(loop)
        try:
            loop.run_until_complete(task)
        except asyncio.CancelledError:
            loop.run_until_complete(loop.shutdown_asyncgens())
        finally:
            loop.close()

    task = loop.create_task(listen())
    thread = Thread(target=work, daemon=True)
    thread.start()
    assert ready.wait(5)
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join(5)
