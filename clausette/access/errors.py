"""What access refuses."""

from clausette.kernel.errors import Refusal


class SecondFactorMissing(Exception):
    """This account must enrol a second factor before it acts for a facilitator. The door sends it there."""


class InvitationGone(Refusal):
    """The link is unknown, used, withdrawn or out of date: one sentence for all."""

    def __init__(self) -> None:
        super().__init__("Cette invitation n'est plus valable. Demandez-en une nouvelle à votre structure.")
