"""Where a person lives, and what a structure admits: two settings of eligibility."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Invalid
from clausette.kernel.operation import change, created, lock, operation
from clausette.kernel.text import collapse
from clausette.participants import permissions
from clausette.participants.enums import DistrictMeans
from clausette.participants.models import AdmittedOptions, Home
from clausette.participants.operations.persons import followed
from clausette.participants.queries.visibility import options_visible_to
from clausette.reference.districts import CODE
from clausette.reference.enums import DistrictGeneration, PublicGroup
from clausette.reference.operations import generations_loaded
from clausette.reference.queries import categories, district


@dataclass(frozen=True, slots=True)
class HomeEntry:
    """What was found of a home. Codes of 2015 may be typed: their outlines are not always loaded."""

    in_district: bool
    district_2024: str = ""
    district_2015: str = ""
    means: DistrictMeans = DistrictMeans.TYPED
    commune_code: str = ""
    commune_name: str = ""


_LISTS = (("district_2024", DistrictGeneration.OF_2024), ("district_2015", DistrictGeneration.OF_2015))


def _known(code: str, generation: DistrictGeneration) -> bool:
    """Whether the code is of that list; by its form alone when the list is not loaded."""
    if not CODE.match(code) or code.startswith("QP") != (generation == DistrictGeneration.OF_2015):
        return False
    return district(code) is not None or generation not in generations_loaded()


@operation("participants.home.known")
def keep_home(*, actor: Actor, participant_uid: UUID, home: HomeEntry, on: date) -> UUID:
    """Keep what is known of a home on `on`: the last one counts, the earlier ones stay.

    Raises Absent, NotAllowed, Invalid.
    """
    person = followed(actor, participant_uid)
    errors = {}
    for name, generation in _LISTS:
        code = getattr(home, name)
        if code and not _known(code, generation):
            errors[name] = f"« {code[:20]} » n'est pas un quartier de la liste de {generation.value}."
    if errors:
        raise Invalid(errors)
    named = bool(home.district_2024 or home.district_2015)
    return created(
        Home(
            participant=person, known_on=on, commune_code=home.commune_code, commune_name=collapse(home.commune_name),
            in_district=home.in_district or named, district_2024=home.district_2024,
            district_2015=home.district_2015, means=home.means, told_by_id=actor.account_id,
        )
    ).uid  # fmt: skip


@operation("participants.options.changed")
def admit_options(*, actor: Actor, codes: Iterable[str]) -> UUID:
    """Write which publics « sur option » the actor's structure admits. Raises NotAllowed, Invalid."""
    demand(permissions.can_admit_options(actor))
    optional = {row.code for row in categories() if row.group == PublicGroup.B_OPTION and row.stored}
    kept = sorted(set(codes))
    if set(kept) - optional:
        raise Invalid({"categories": "Choisissez des publics sur option de la liste."})
    held = options_visible_to(actor).order_by("id").first()
    if held is None:
        return created(AdmittedOptions(owner_org_id=actor.organisation_id, categories=kept)).uid
    return change(lock(options_visible_to(actor), pk=held.pk), categories=kept).uid
