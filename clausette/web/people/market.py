"""« Pour ce marché »: what the engagements of one contract admit, and whether a person is admitted there."""

from dataclasses import dataclass

from django import forms

from clausette.commitments.queries import modalities_admitted, publics_admitted
from clausette.kernel.actor import Actor
from clausette.participants.queries import ParticipantSheet, main_public
from clausette.placements.enums import Modality
from clausette.procurement.queries import list_contracts
from clausette.reference.queries import categories
from clausette.web.components.badges import Badge
from clausette.web.components.lists import Fact, Facts

ALL = "Toutes les modalités"
EVERYBODY = "Tous les publics de la liste"


class MarketForm(forms.Form):
    """Which contract."""

    marche = forms.ChoiceField(label="Marché")

    def __init__(self, asked: str, choices: list[tuple[str, str]]) -> None:
        super().__init__(initial={"marche": asked})
        self.fields["marche"].choices = [("", "Choisissez le marché"), *choices]  # type: ignore[attr-defined]  # ChoiceField


@dataclass(frozen=True, slots=True)
class Market:
    """The contract to choose, and the answer for the one chosen."""

    form: "MarketForm"
    facts: Facts | None = None


def market_of(actor: Actor, sheet: ParticipantSheet, asked: str) -> Market:
    """Return what the page shows of the contract asked (« » or another: only the choice)."""
    rows = list_contracts(actor=actor, size=500).rows
    form = MarketForm(asked, [(str(row.uid), f"{row.common_name} · {row.buyer_name}") for row in rows])
    contract = next((row for row in rows if str(row.uid) == asked), None)
    if contract is None:
        return Market(form)
    publics = publics_admitted(actor=actor, contract_uid=contract.uid)
    modalities = modalities_admitted(actor=actor, contract_uid=contract.uid)
    labels = {row.code: row.label for row in categories()}
    public = main_public(actor=actor, participant_uid=sheet.uid)
    told_public = labels.get(public, "") or "Pas encore de public retenu"
    return Market(
        form,
        Facts(
            [
                Fact("Réponse", _badge(sheet, contract.id, public, publics)),
                Fact("Public retenu", told_public, help="Votre lecture est enregistrée au journal."),
                Fact("Publics admis", _told(publics, labels) or EVERYBODY),
                Fact("Modalités admises", _told(modalities, dict(Modality.choices)) or ALL),
            ]
        ),
    )


def _told(codes: frozenset[str] | None, labels: dict[str, str]) -> str:
    return ", ".join(label for code, label in labels.items() if code in codes) if codes else ""


def _badge(sheet: ParticipantSheet, contract: int, public: str, publics: frozenset[str] | None) -> Badge:
    """The answer for this contract, in words."""
    standing = sheet.standing
    if not standing.opens:
        return Badge(f"{standing.word}, pour tout marché", "wait")
    if standing.contract_id not in (None, contract):
        return Badge("validé pour un autre marché seulement", "warn")
    if publics is not None and public not in publics:
        return Badge("public retenu non admis par ce marché", "danger")
    return Badge("admis pour ce marché", "ok")
