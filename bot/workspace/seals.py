"""What the browser is handed and hands back untouched: sealed buttons, forms and sessions."""

from __future__ import annotations

from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer
from pydantic import ValidationError

from models.message import Button, Form, Image

SESSION_SECONDS = 14 * 24 * 3600


@dataclass(frozen=True)
class Pressed:
    """A button's action and value, and the mark of the one drawing of it."""

    action: str
    value: str
    mark: str


@dataclass(frozen=True)
class Seals:
    """Seals of one member: what was sealed for somebody else does not open."""

    secret: bytes
    person_id: int

    def button(self, button: Button, mark: str) -> str:
        """A button as a token."""
        return str(self._box("button").dumps([button.action, button.value, mark]))

    def pressed(self, token: str) -> Pressed | None:
        """What a token stands for, if it was sealed here."""
        try:
            action, value, mark = self._box("button").loads(token)
        except (BadSignature, ValueError):
            return None
        return Pressed(action, value, mark)

    def form(self, form: Form) -> str:
        """A form as a token, so that what comes back is read as what was asked."""
        return str(self._box("form").dumps(form.model_dump(mode="json")))

    def opened(self, token: str) -> Form | None:
        """The form that a token stands for, if it was sealed here."""
        try:
            return Form.model_validate(self._box("form").loads(token))
        except (BadSignature, ValidationError):
            return None

    def picture(self, picture: Image) -> str:
        """A picture as a token that holds all that is needed to draw it."""
        return str(self._box("picture").dumps(picture.model_dump(mode="json")))

    def opened_picture(self, token: str) -> Image | None:
        """The picture that a token stands for, if it was sealed here."""
        try:
            return Image.model_validate(self._box("picture").loads(token))
        except (BadSignature, ValidationError):
            return None

    def _box(self, purpose: str) -> URLSafeSerializer:
        return URLSafeSerializer(self.secret, salt=f"workspace.{purpose}.{self.person_id}")


def session_token(secret: bytes, person_id: int) -> str:
    """The value of a member's session cookie."""
    return str(_sessions(secret).dumps(person_id))


def session_person(secret: bytes, token: str) -> int | None:
    """Whose session a cookie is, unless it is forged or older than two weeks."""
    try:
        person_id = _sessions(secret).loads(token, max_age=SESSION_SECONDS)
    except BadSignature:
        return None
    return person_id if isinstance(person_id, int) else None


def _sessions(secret: bytes) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt="workspace.session")
