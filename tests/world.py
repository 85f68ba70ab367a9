"""The cast of the tests of access: bodies and people, written by the owner."""

from dataclasses import dataclass

from clausette.access.enums import BodyKind, Capability, MemberRole
from clausette.access.install import declare_demonstration, install_organisation, make_account, seat
from clausette.kernel.actor import Actor
from tests.hats import TODAY, as_owner

PASSWORD = "correct cheval pile agrafe"


def body(name: str, *capabilities: str, siret: str = "", kind: BodyKind = BodyKind.OTHER) -> Actor:
    """Write an organisation; return its installer (account 0), to be given a member by `member`."""
    with as_owner():
        return install_organisation(
            name=name,
            body_kind=kind,
            capabilities=frozenset(Capability(c) for c in capabilities),
            siret=siret,
        )


def account(email: str, full_name: str = "") -> int:
    """Write an account; return its number."""
    with as_owner():
        return make_account(
            email=email, full_name=full_name or email.split("@")[0].title(), password=PASSWORD
        )


def member(
    place: Actor, email: str, role: MemberRole = MemberRole.ADMIN, account_id: int | None = None
) -> Actor:
    """Write a person (or take one) and make them a member of a body since a year; return the Actor."""
    number = account_id or account(email)
    with as_owner():
        from clausette.access.models import Account, Organisation

        row = Organisation.objects.get(pk=place.organisation_id)
        seat(account_id=number, organisation=row.uid, role=role, on=TODAY.replace(year=TODAY.year - 1))
        name = Account.objects.get(pk=number).full_name
    return Actor(
        number, name, place.organisation_id, place.organisation_name, place.slug, place.capabilities,
        role == MemberRole.ADMIN,
    )  # fmt: skip


@dataclass(frozen=True)
class Two:
    """Two facilitating structures that know nothing of each other."""

    first: Actor
    second: Actor


def two_structures() -> Two:
    """Write two facilitating structures with one administrator each."""
    return Two(
        member(body("PLIE du Lys", "facilitator"), "ana@lys.example"),
        member(body("Maison de l'emploi d'Ouche", "facilitator"), "bob@ouche.example"),
    )


def demonstration() -> None:
    """Say that this database is a demonstration: facilitators need no second factor."""
    with as_owner():
        declare_demonstration(as_of=TODAY, seed=1)
