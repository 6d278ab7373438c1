"""Why Slack, or we, refuse a payload.

PayloadRefused                 invalid_blocks
├── BlockRefused               a limit or a type that `slackblocks` checks
├── UnknownBlock, UnknownField a name that Slack does not know
├── NotPlainText               mrkdwn where only plain_text may stand
├── MisplacedElement           an input outside an input block
├── EmptyElements, EmptyCell
├── DuplicateActionId, DuplicateBlockId
├── InitialOptionUnknown
├── AltTextMissing
├── SeveralTables
├── TooMuchText                msg_blocks_too_long
├── SummaryMissing             no_text
├── SummaryTooLong             msg_too_long
├── ViewRefused                invalid_arguments
│   └── SubmitMissing
└── ViewTooLarge               view_too_large
"""

from typing import ClassVar


class PayloadRefused(AssertionError):
    """Slack would refuse this payload."""

    slack_error: ClassVar[str] = "invalid_blocks"

    def __init__(self, pointer: str, why: str = "") -> None:
        self.pointer = pointer
        self.why = why or (self.__doc__ or "").strip()
        super().__init__(f"{pointer or '/'}: {self.why}")


class BlockRefused(PayloadRefused):
    """A limit, a type or a required field of a block is not kept."""


class UnknownBlock(PayloadRefused):
    """Slack knows no block or element of this type."""


class UnknownField(PayloadRefused):
    """Slack knows no field of this name here."""


class NotPlainText(PayloadRefused):
    """Only a plain_text object may stand here."""


class MisplacedElement(PayloadRefused):
    """An element of this type may not stand in a block of this type."""


class EmptyElements(PayloadRefused):
    """A list that must hold something is empty."""


class EmptyCell(PayloadRefused):
    """A cell of a table has no text."""


class DuplicateActionId(PayloadRefused):
    """Two elements of one block have the same action_id."""


class DuplicateBlockId(PayloadRefused):
    """Two blocks have the same block_id."""


class InitialOptionUnknown(PayloadRefused):
    """An initial option is not among the options, to the letter."""


class AltTextMissing(PayloadRefused):
    """An image says nothing to those who do not see it."""


class SeveralTables(PayloadRefused):
    """A message may hold one table."""


class TooMuchText(PayloadRefused):
    """The text of all blocks together is longer than Slack is known to take."""

    slack_error = "msg_blocks_too_long"


class SummaryMissing(PayloadRefused):
    """A message must say in `text` what its blocks say."""

    slack_error = "no_text"


class SummaryTooLong(PayloadRefused):
    """The `text` of a message may be 4,000 characters."""

    slack_error = "msg_too_long"


class ViewRefused(PayloadRefused):
    """A view is not as Slack wants it."""

    slack_error = "invalid_arguments"


class SubmitMissing(ViewRefused):
    """A modal with inputs must have a submit button."""


class ViewTooLarge(PayloadRefused):
    """A view may be 250 kB."""

    slack_error = "view_too_large"
