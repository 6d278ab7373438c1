"""The page on which messages of the fake Slack are looked at."""

import pytest

from tests.slack.drawn import mrkdwn, page_of
from tests.slack.records import Message


def message(*blocks: dict[str, object]) -> Message:
    return Message("C1", "1.0", "U1", "T1", "", list(blocks), {}, "chat.postMessage")


def test_what_a_message_says_stands_on_the_page() -> None:
    button = {"type": "button", "text": {"type": "plain_text", "text": "Visa"}, "style": "primary"}
    page = page_of(
        "# farsta",
        [
            message(
                {"type": "header", "text": {"type": "plain_text", "text": "Vecka 24"}},
                {"type": "section", "text": {"type": "mrkdwn", "text": "*Läget* < i fjol"}},
                {"type": "table", "rows": [[{"type": "raw_text", "text": "Klar"}]]},
                {"type": "actions", "elements": [button]},
            )
        ],
    )
    for said in ("Vecka 24", "<b>Läget</b> &lt; i fjol", "<td>Klar</td>", ">Visa</span>"):
        assert said in page


def test_a_link_is_a_link_and_nothing_else_is_markup() -> None:
    told = mrkdwn("Se <https://samverkan.example/a|listan> &amp; &lt;script&gt;")
    assert told == 'Se <a href="https://samverkan.example/a">listan</a> &amp; &lt;script&gt;'


def test_a_block_that_cannot_be_shown_is_not_left_out() -> None:
    with pytest.raises(ValueError, match="video"):
        page_of("# farsta", [message({"type": "video"})])
