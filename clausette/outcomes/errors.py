"""What the outcomes room refuses."""

from clausette.kernel.errors import WrongState


class AlreadyOut(WrongState):
    """The path of this person is already over: the exit is withdrawn before another is confirmed."""
