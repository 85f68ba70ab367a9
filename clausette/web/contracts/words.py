"""Words of the history of a contract: verbs of the journal and names of fields, in French."""

from datetime import date
from decimal import Decimal, InvalidOperation

from clausette.kernel.french import format_date, format_euros
from clausette.procurement.enums import ContractKind, ContractNature, LegalDeviceKind

VERBS = {
    "procurement.contract.created": "Marché enregistré",
    "advice.study.followed": "Marché créé depuis son étude",
    "advice.study.awarded": "Attribué et engagé depuis son étude",
    "imports.match.accepted": "Rapproché de sa publication",
    "procurement.exchange.noted": "Contact noté avec l'entreprise",
    "agenda.letter.written": "Relance écrite",
    "agenda.reminder.postponed": "Relances reportées",
    "procurement.contract.changed": "Marché modifié",
    "procurement.contract.moved": "État changé",
    "procurement.contract.shared": "Marché partagé",
    "procurement.share.revoked": "Partage retiré",
    "procurement.lots.added": "Lots ajoutés",
    "procurement.award.created": "Marché attribué",
    "procurement.award.ended": "Attribution terminée",
    "procurement.party.admitted": "Intervenant ajouté",
    "procurement.modification.created": "Avenant enregistré",
    "procurement.subcontract.created": "Acte de sous-traitance enregistré",
    "procurement.award.transferred": "Marché transféré à un autre titulaire",
    "procurement.contract.relaunched": "Marché relancé",
    "procurement.order.created": "Commande enregistrée",
    "procurement.phase.planned": "Phase ajoutée",
    "procurement.years.planned": "Années ajoutées",
    "procurement.phase.decided": "Phase décidée",
    "procurement.amounts.entered": "Commandes ou factures saisies",
    "procurement.amount.withdrawn": "Commande ou facture retirée",
    "procurement.buyer.admitted": "Intervenant ajouté",
    "procurement.buyer.shared": "Part modifiée",
    "procurement.party.ended": "Rôle terminé",
    "procurement.contact.created": "Contact ajouté",
    "procurement.contact.changed": "Contact modifié",
    "procurement.contact.closed": "Contact fermé",
    "procurement.portfolio.handed": "Référent changé",
    "commitments.commitment.created": "Engagement d'insertion enregistré",
    "commitments.version.added": "Nouvelle version d'un engagement",
    "commitments.commitment.closed": "Engagement soldé",
    "commitments.commitment.reopened": "Engagement rouvert",
    "commitments.commitment.changed": "Conditions d'un engagement modifiées",
    "commitments.commitment.suspended": "Engagement suspendu",
    "commitments.commitment.resumed": "Engagement repris",
    "commitments.commitment.transferred": "Solde d'un engagement transféré",
    "commitments.parts.decided": "Parties conditionnelles décidées",
    "commitments.base.declared": "Heures travaillées déclarées",
    "commitments.base.withdrawn": "Heures travaillées retirées",
    "commitments.shares.set": "Parts du groupement fixées",
    "commitments.hours.moved": "Heures dues déplacées par acte",
    "commitments.act.globalised": "Globalisation signée",
    "commitments.act.withdrawn": "Globalisation retirée",
    "commitments.act.carried": "Report du surplus signé",
    "commitments.act.given_back": "Report du surplus annulé",
    "commitments.defaults.changed": "Règles par défaut modifiées",
    "placements.placement.created": "Mise à l'emploi enregistrée",
    "placements.placement.prolonged": "Mise à l'emploi prolongée",
    "placements.placement.ended": "Mise à l'emploi terminée",
    "hours.statement.saved": "Relevé d'heures enregistré",
    "hours.statements.filled": "Relevé d'heures rempli par un fichier",
    "hours.reporting.changed": "Structure déclarante changée",
    "hours.collective.corrected": "Heures non nominatives corrigées",
    "hours.total.split": "Total du mois réparti",
    "hours.statement.submitted": "Relevé d'heures envoyé",
    "hours.statement.validated": "Relevé d'heures validé",
    "hours.statement.returned": "Relevé d'heures renvoyé",
    "hours.statements.validated": "Relevés d'heures validés",
    "files.file.scanned": "Pièce en attente passée à l'antivirus",
    "hours.statement.evidenced": "Pièce jointe à un relevé d'heures",
    "hours.piece.joined": "Autre pièce jointe à un relevé d'heures",
    "hours.piece.removed": "Autre pièce retirée d'un relevé d'heures",
    "hours.statement.piece_left": "Relevé d'heures sans pièce gardée",
    "hours.line.corrected": "Heures corrigées",
    "hours.line.added": "Heures d'une personne oubliée ajoutées",
    "hours.line.globalised": "Heures créditées sur un autre engagement (globalisation)",
    "hours.surplus.carried": "Surplus reporté sur un autre engagement",
    "hours.surplus.given_back": "Surplus rendu à l'engagement où il a été fait",
    "placements.placement.withdrawn": "Mise à l'emploi retirée",
    "placements.allocation.ended": "Mise à disposition terminée",
    "placements.allocation.withdrawn": "Mise à disposition retirée",
    "hours.reserve.settled": "Réserve levée ou heures non retenues",
    "hours.confirmation.answered": "Heures confirmées ou contestées par l'entreprise",
    "hours.confirmation.decided": "Désaccord sur des heures tranché",
    "hours.reopening.asked": "Réouverture d'un mois demandée",
    "hours.reopening.accepted": "Mois rouvert, accepté par une deuxième personne",
    "hours.reopening.declined": "Réouverture d'un mois refusée",
    "hours.reopening.cancelled": "Demande de réouverture retirée",
    "hours.reopening.applied": "Mois rouvert après son délai",
    "hours.reopening.lapsed": "Réouverture devenue impossible",
    "hours.proposal.made": "Correction proposée par le déclarant",
    "hours.proposal.withdrawn": "Correction proposée retirée",
    "hours.proposal.accepted": "Correction proposée acceptée",
    "hours.proposal.declined": "Correction proposée refusée",
    "hours.proposals.made": "Corrections proposées par un fichier",
    "hours.proposals.accepted": "Corrections proposées acceptées ensemble",
    "hours.proposals.withdrawn": "Corrections proposées par un fichier, retirées",
    "hours.proposal.mooted": "Correction proposée devenue sans objet",
    "hours.collective.saved": "Heures non nominatives saisies",
    "hours.collective.removed": "Heures non nominatives retirées",
    "hours.opening.created": "Reprise enregistrée",
    "hours.opening.withdrawn": "Reprise retirée",
    "hours.outside.corrected": "Heures hors des règles corrigées",
    "hours.outside.decided": "Heures hors des nouvelles règles",
    "placements.allocation.created": "Mise à disposition enregistrée",
    "imports.batch.applied": "Fichier officiel repris",
    "imports.change.closed": "Changement publié, traité",
    "reports.certificate.issue": "Attestation établie",
    "reports.follow_up.issue": "Document établi",
    "reports.report.sent": "Document envoyé au maître d'ouvrage",
}
FIELDS = {
    "common_name": "nom d'usage",
    "title": "objet",
    "official_id": "numéro",
    "kind": "forme",
    "nature": "nature",
    "device": "levier juridique",
    "amount_ht": "montant HT",
    "consultation_on": "consultation",
    "notified_on": "notification",
    "starts_on": "début",
    "ends_on": "fin",
    "duration_months": "durée en mois",
    "cpv": "code CPV",
    "place_code": "lieu",
    "closed_on": "soldé le",
}
_CHOICES = {"kind": ContractKind, "nature": ContractNature, "device": LegalDeviceKind}


def value_told(field: str, value: object) -> str:
    """Return a value of the journal (text, number or null) as French words."""
    if value in (None, ""):
        return "non renseigné"
    text = str(value)
    if field in _CHOICES and text in _CHOICES[field].values:
        return str(_CHOICES[field](text).label)
    try:
        if field.endswith("_on"):
            return format_date(date.fromisoformat(text))
        if field == "amount_ht":
            return format_euros(Decimal(text))
    except (ValueError, InvalidOperation):
        return text
    return text
