"""The answer of a permission: yes, or no with the reason that is shown."""

from dataclasses import dataclass

from clausette.kernel.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class Decision:
    """Allowed or not; `reason` is a French sentence, also shown beside a disabled button."""

    ok: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.ok


ALLOWED = Decision(ok=True)


def refused(reason: str) -> Decision:
    """Return a refusal with its French sentence."""
    return Decision(ok=False, reason=reason)


def demand(decision: Decision) -> None:
    """Raise NotAllowed with the reason unless the decision is a yes."""
    if not decision.ok:
        raise NotAllowed(decision.reason)
