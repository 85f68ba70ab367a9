"""What the market already decided of a tranche or a reconduction, proposed to its engagement."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from clausette.commitments.enums import PartStatus, VersionReason
from clausette.commitments.queries import CommitmentSheet, PartLine
from clausette.commitments.rules import DECIDES, already_told, parts_of_phase, reason_for
from clausette.kernel.actor import Actor
from clausette.kernel.french import format_date
from clausette.procurement.enums import PhaseKind, PhaseState
from clausette.procurement.queries import PhaseLine, phases_of

KINDS = (PhaseKind.OPTIONAL_TRANCHE, PhaseKind.RENEWAL)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A decision of the market, and the parts of the schedule (ranks from 0) that it decides."""

    phase: PhaseLine
    reason: VersionReason
    ranks: tuple[int, ...]
    known: bool = False
    """The schedule already has this part, decided."""

    @property
    def words(self) -> str:
        """« Tranche optionnelle 1 : affermie »."""
        return f"{self.phase.name} : {self.phase.told.lower()}"

    @property
    def told(self) -> str:
        """The sentence above the form."""
        day = f" le {format_date(self.phase.decided_on)}" if self.phase.decided_on else ""
        if self.known and not self.ranks:
            return f"Décidé sur le marché{day} : {self.words}. L'échéancier a déjà cette partie."
        return f"Décidé sur le marché{day} : {self.words}. C'est ce que le formulaire propose, à vérifier."

    @property
    def initial(self) -> dict[str, object]:
        """What both forms show first: why, since when, in which words."""
        reason = f". {self.phase.reason}" if self.phase.reason else ""
        return {"reason": self.reason, "comment": f"{self.words}{reason}"[:500]}

    def same(self, reason: str, ranks: Sequence[int]) -> bool:
        """Whether the person kept what is proposed."""
        return reason == self.reason and tuple(sorted(ranks)) == self.ranks


def proposal_of(
    request: HttpRequest, actor: Actor, sheet: CommitmentSheet, parts: Sequence[PartLine]
) -> Proposal | None:
    """The decision named by `?phase=`, else the last one that concerns a part still to decide (one query)."""
    lot = sheet.lot.uid if sheet.lot else None
    decided = [
        phase
        for phase in phases_of(actor=actor, contract_id=sheet.contract.id)
        if phase.kind in KINDS and phase.decided_on and (phase.lot_uid is None or phase.lot_uid == lot)
    ]
    made = [_proposed(phase, parts) for phase in sorted(decided, key=lambda one: (one.decided_on, one.id))]
    asked = request.GET.get("phase", "")
    if asked:
        return next((one for one in made if str(one.phase.uid) == asked), None)
    return next((one for one in reversed(made) if one.ranks), None)


def names_of(phase: PhaseLine) -> tuple[str, ...]:
    """How a part of a schedule may name this phase."""
    return (phase.name, phase.label, f"{phase.kind.label} {phase.number}")


def _proposed(phase: PhaseLine, parts: Sequence[PartLine]) -> Proposal:
    names = names_of(phase)
    ranks = parts_of_phase(
        parts, phase_id=phase.id, names=names, starts_on=phase.starts_on, ends_on=phase.ends_on
    )
    known = already_told(parts, phase_id=phase.id, names=names)
    renewal, done = phase.kind == PhaseKind.RENEWAL, phase.state == PhaseState.CONFIRMED
    return Proposal(phase, reason_for(renewal=renewal, made=done), ranks, known)


def decision_initial(found: Proposal) -> dict[str, object]:
    """What the form « Décider des parties » shows first."""
    return found.initial | {"ranks": [str(rank) for rank in found.ranks], "on": found.phase.decided_on}


def version_initial(found: Proposal, sheet: CommitmentSheet) -> dict[str, object]:
    """What the form of a new version shows first: the parts decided, or the one to add with its hours."""
    phase, done = found.phase, found.reason != VersionReason.NOT_RENEWED
    shown = found.initial | {"effective_on": phase.decided_on}
    shown |= {f"part{rank}_status": DECIDES[found.reason] for rank in found.ranks}
    if done:
        shown["ends_on"] = max(sheet.ends_on, phase.ends_on)
    if done and not found.ranks and not found.known and not sheet.figures.followed:
        index = len(sheet.parts)
        shown |= {
            f"part{index}_label": phase.name,
            f"part{index}_status": PartStatus.FIRM,
            f"part{index}_starts_on": phase.starts_on,
            f"part{index}_ends_on": phase.ends_on,
        }
    return shown


def paper_of(found: Proposal | None, held: UUID | None, *, same: bool) -> UUID | None:
    """The paper joined, else the one of the decision of the market when the person kept it."""
    if held is None and found is not None and same:
        return found.phase.document_uid
    return held
