"""Which tables hold a person: found by walking the foreign keys of the models, never listed by hand.

A table added in any room is exported from its first migration on; the test compares this walk with the catalogue of the
database itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db.models import Field, ForeignKey, Model

PERSON = "participants.Participant"
PLAIN_LINKS: dict[str, str] = {
    "journal.Event": "subject_uid",
    "journal.Reading": "subject_uid",
}
"""Tables that name a person's rows by their uid, without a foreign key: what they name may be forgotten."""
ELSEWHERE: dict[str, str] = {
    "access.Account": "compte d'un utilisateur, pas d'un participant ; la personne le lit dans « Mon compte »",
    "access.Deposit": "personne d'une entreprise qui déclare sans compte, pas un participant",
    "access.Invitation": "invitation d'un utilisateur",
    "access.KnownDevice": "appareil d'un utilisateur",
    "access.LoginFailure": "empreinte d'adresse d'un utilisateur",
    "access.Session": "connexion d'un utilisateur",
    "agenda.Letter": "courriel de relance à une entreprise, sans participant",
    "agenda.Postponement": "report d'une relance à une entreprise, sans participant",
    "agenda.Reminder": "relance d'une entreprise, sans participant",
    "files.StoredFile": "nom d'un fichier d'un marché ; ceux qui concernent la personne sont nommés où ils servent",
    "hours.Reopening": "motif adressé à l'entreprise qui déclare ; les lignes de la personne sont données",
    "hours.ReportingChange": "motif d'un changement de structure, sans personne",
    "hours.Statement": "motif d'un renvoi de relevé, adressé à l'entreprise ; les lignes de la personne sont données",
    "imports.ColumnMapping": "expéditeur d'un classeur",
    "imports.HoursFile": "fichier d'heures d'une entreprise ; les heures de la personne sont données",
    "imports.HoursFileBlock": "lignes lues d'un fichier d'heures ; les heures qu'elles ont écrites sont données",
    "imports.HoursFileChoice": "nom écrit dans les fichiers d'un expéditeur d'heures ; oublié avec la personne",
    "imports.HoursFileLine": "ligne lue d'un fichier d'heures ; les heures qu'elle a écrites sont données",
    "imports.HoursFileStatement": "nom d'un fichier d'heures",
    "imports.TakeoverBatch": "réponses données à un classeur ; les lignes de la personne sont données",
    "imports.TakeoverLine": "donnée sous « Classeurs repris », retrouvée par ce que la reprise a créé",
    "participants.PrescriberTie": "lien entre la structure et un prescripteur, sans participant",
    "procurement.AskedSubcontractor": "personne à inviter chez un sous-traitant, le temps de la réponse",
    "procurement.Exchange": "note d'un échange avec une entreprise ou un maître d'ouvrage",
    "procurement.Mandate": "personne à qui une entreprise donne mandat de déclarer ses heures, pas un participant",
    "procurement.PartyContact": "contact d'un organisme",
    "reports.ReportFile": "document établi, sans nom de participant",
}
"""Tables with personal fields that no key ties to a participant, each with the reason why it is not exported here."""


@dataclass(frozen=True, slots=True)
class HeldTable:
    """A table and the way from a row to the person: « placement__participant ». `paths`: every way."""

    model: type[Model]
    path: str
    paths: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """« placements.Allocation »."""
        return self.model._meta.label

    @property
    def title(self) -> str:
        """« Mise à l'emploi »."""
        name = str(self.model._meta.verbose_name)
        return name[:1].upper() + name[1:]


@cache
def held_tables() -> tuple[HeldTable, ...]:
    """Return every table from which a chain of foreign keys leads to a person, the person first, nearest first."""
    person = apps.get_model(PERSON)
    found: dict[type[Model], HeldTable] = {person: HeldTable(person, "pk", ("pk",))}
    ring = [person]
    while ring:
        ring = [model for target in ring for model in _pointing(target, found)]
    return tuple(found.values())


def _pointing(target: type[Model], found: dict[type[Model], HeldTable]) -> Iterator[type[Model]]:
    for model in apps.get_models():
        if model in found:
            continue
        rest = "" if target._meta.label == PERSON else f"__{found[target].path}"
        ways = tuple(f"{field.name}{rest}" for field in keys_of(model) if field.related_model is target)
        if ways:
            found[model] = HeldTable(model, ways[0], ways)
            yield model


def keys_of(model: type[Model]) -> list["ForeignKey[Model, Model]"]:
    """Return the foreign keys of a model."""
    return [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]


def personal_fields(model: type[Model]) -> frozenset[str]:
    """Return the fields that `class Privacy` says personal (none for tables of others)."""
    privacy = getattr(model, "Privacy", None)
    return frozenset(getattr(privacy, "personal", ()))


def shown_fields(model: type[Model]) -> list["Field[object, object]"]:
    """Return the fields told to the person: all but the internal number."""
    return [field for field in model._meta.concrete_fields if field.name != "id"]


def name_of(label: str) -> str:
    """Return the French name of a table: « participant » of « participants.Participant »."""
    return str(apps.get_model(label)._meta.verbose_name)
