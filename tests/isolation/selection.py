"""Of the knocks that never reach a view, one of each is enough.

A door refuses, in this order and before the view is called: the method, who is not signed in, who has no rights in the
organisation of the address, who lacks the second factor, an organisation of the wrong kind
(tests/access/test_doors.py::test_a_refusal_of_the_door_never_calls_the_view). None of these reads the object that the
address names: whatever it is, the answer is the same, and one object is tried for each address and each person.
"""

from collections.abc import Iterable, Iterator

from tests.isolation.probes import Target

ORGANISATION = ("page", "action")
SHORT = ("A", "B", "M", "F1", "E", "P")  # one of each role: every way of asking, and the runs with a net removed
UNUSUAL = ("A", "F1")  # a method is refused before anybody is asked for: two of them are enough


def stopped_by(target: Target, method: str) -> str:
    """What the door refuses this knock for; empty when the view is called."""
    route, who = target.route, target.who
    if method not in route.methods:
        return "method"
    if route.access not in ORGANISATION:
        return ""
    if not who.live:
        return "seat"
    if "slug" in target.relation:
        return target.relation
    return "kind" if shut(target) else ""


def shut(target: Target) -> bool:
    """Whether the address is for other kinds of organisations."""
    route, actor = target.route, target.who.actor
    return actor is not None and bool(route.capabilities) and not any(actor.can(one) for one in route.capabilities)


def distinct(found: Iterable[Target], method: str) -> Iterator[Target]:
    """The targets whose view is called, and the first of those that the door refuses for the same reason."""
    known: set[str] = set()
    for target in found:
        reason = stopped_by(target, method)
        if reason not in known:
            yield target
        known |= {reason} - {""}


def told_by_another(target: Target) -> bool:
    """Whether somebody else is refused by the same line of the door, at the same address."""
    name, capabilities = target.who.name, target.route.capabilities
    if "slug" in target.relation:  # before the kind is looked at: the others try the doors that ask for none
        return name not in UNUSUAL and bool(capabilities)
    if name in ("asleep", "nobody"):  # as who has no session, as who has no seat any more
        return bool(capabilities)
    # F2 alone is of its kind: a firm that employs nobody
    return name not in SHORT and (target.relation == "asked" or (shut(target) and name != "F2"))
