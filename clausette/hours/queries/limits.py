"""« Heures comptées jusqu'au » of persons, by the rule of each engagement they work for: the figure of control E004."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from clausette.commitments.queries import rules_of
from clausette.hours.queries.validity import Counted, counted_for
from clausette.kernel.actor import Actor
from clausette.placements.queries import allocations_visible_to
from clausette.reference.queries import months_of, parameters_on


@dataclass(frozen=True, slots=True)
class Limit:
    """For how many months hours count from the first one, and until when. `names`: marchés counted so, in order.

    `counted`: None while there is no clause hour. `running`: one of the mises à disposition is not over.
    """

    months: int
    names: tuple[str, ...]
    counted: Counted | None
    running: bool


def limits_of(
    *, actor: Actor, participant_ids: Iterable[int], on: date
) -> dict[int, tuple[Limit, ...]]:
    """Return the limits of each of these persons, one for each duration that an engagement of theirs says.

    Without any engagement: the duration of the dated parameter. As E004, each duration is that of the engagement, else
    of its structure, else the parameter of `on`. Four queries, five when somebody was examined again.
    """
    asked = set(participant_ids)
    usual = months_of(parameters_on(on), "hours_validity_months")
    rows = allocations_visible_to(actor).filter(placement__participant_id__in=asked).order_by("starts_on", "id")
    worked = list(
        rows.values_list("placement__participant_id", "commitment_id", "contract__common_name", "ends_on")
    )
    rules = rules_of(actor=actor, commitment_ids={commitment for _, commitment, _, _ in worked}, on=on)
    found: dict[int, dict[int, list[tuple[str, bool]]]] = defaultdict(lambda: defaultdict(list))
    for person, commitment, name, ends_on in worked:
        rule = rules.get(commitment)
        months = rule.validity_at(on) if rule else usual
        found[person][months].append((name, ends_on is None or ends_on >= on))
    lengths = {usual} | {months for by_months in found.values() for months in by_months}
    counted = counted_for(actor=actor, participant_ids=asked, months=lengths)
    return {
        person: tuple(
            Limit(
                months=months,
                names=tuple(dict.fromkeys(name for name, _ in said)),
                counted=counted[months].get(person),
                running=any(running for _, running in said),
            )
            for months, said in (found[person] or {usual: []}).items()
        )
        for person in asked
    }
