"""What the hours room refuses."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from clausette.kernel.errors import Refusal
from clausette.kernel.french import format_hours

if TYPE_CHECKING:
    from clausette.hours.rules.outside import Outside


class StatementIncomplete(Refusal):
    """The statement cannot be handed over yet; `missing`: what it lacks, one French sentence each."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(" ".join(missing))
        self.missing = tuple(missing)


class ErrorsRemain(Refusal):
    """The statement holds findings that stop its validation."""


class AlreadyDone(Refusal):
    """The same gesture was already done, with the same words: nothing is written again, and it is said."""


class NotReopened(Refusal):
    """This month may not be reopened: its year is closed, its engagement settled, or an act moved its hours."""


class CorrectionImpossible(Refusal):
    """This line cannot be corrected so."""


class OutsideRules(Refusal):
    """Hours already validated would be outside the new counting rules: a person decides of them first."""

    def __init__(self, found: "Sequence[Outside]") -> None:
        total = format_hours(sum((one.hours for one in found), Decimal(0)))
        super().__init__(
            f"{total} déjà validées ne sont pas dans ces règles. Dites ce qu'elles deviennent, puis enregistrez.",
            "outside",
        )
        self.found = tuple(found)


# What is held by plain SQL (triggers, composite foreign keys): constraint → sentence.
SENTENCES = {
    "hours_statement_certified_stays": "Ce qui a été certifié ne change plus, tant que le relevé n'est pas renvoyé.",
    "hours_statement_mandate_used": "Votre mandat de déclaration vient de changer : rouvrez la page, puis envoyez.",
    "hours_statement_mandate_id_same_scope": "Ce mandat n'est pas celui de l'entreprise qui déclare.",
    "hours_statement_validated_stays": "Un relevé validé ne change d'état que par une réouverture demandée.",
    "hours_reopening_signed": "Cette demande de réouverture est close, ou n'est plus possible. Rouvrez la page.",
    "hours_reopening_colleague": (
        "Vos collègues ont changé entre-temps : rouvrez la page pour savoir qui décide de la réouverture."
    ),
    "hours_reopening_statement_id_same_scope": "Cette demande n'est pas du même relevé.",
    "hours_line_within_worked": "Les heures créditées dépassent les heures travaillées du mois pour cette personne.",
    "hours_line_within_prior": "L'attestation de cette formation ne laisse pas tant d'heures ce mois-ci.",
    "hours_hoursline_prior_id_same_scope": "Cette formation est celle d'une autre mise à l'emploi.",
    "hours_priortraining_commitment_id_same_scope": "Cet engagement n'est pas de ce marché.",
    "hours_line_validated_stays": "Une ligne validée ne change plus : corrigez-la par une nouvelle ligne.",
    "hours_line_reserved_settles": (
        "Des heures retenues sous réserve ne changent plus : levez la réserve, ou ne les retenez pas."
    ),
    "hours_line_within_act": (
        "Ces heures dépassent ce que l'acte de globalisation permet : plafond, dates, engagements, ou acte retiré."
    ),
    "hours_surplus_whole": "Le surplus reporté ne correspond plus à ses lignes : rouvrez la page et recommencez.",
    "hours_surplus_stays": (
        "Des heures du surplus de cet engagement comptent sur un autre : annulez d'abord le report."
    ),
    "hours_reporting_decided": "Des heures ne changent de structure déclarante que par une décision.",
    "hours_reporting_in_charge": "Choisissez une structure en charge du marché.",
    "hours_reportingchange_commitment_id_same_scope": "Cet engagement n'est pas de ce marché.",
    "hours_confirmation_waits": "Ce relevé n'est plus à confirmer : il est validé, ou renvoyé à son déclarant.",
    "hours_confirmation_side": "L'entreprise titulaire répond, la structure en charge du marché tranche.",
    "hours_confirmation_statement_id_same_scope": "Cette réponse n'est pas du même relevé.",
    "hours_confirmation_commitment_id_same_scope": "Cet engagement n'est pas de ce marché.",
    "hours_proposal_sides": (
        "Cette proposition est close, ou le relevé n'est plus validé : rouvrez la page."
    ),
    "hours_proposal_line": "Cette ligne n'est plus validée, ou ne se corrige pas ici : rouvrez la page.",
    "hours_correctionproposal_statement_id_same_scope": "Cette proposition n'est pas du même relevé.",
    "hours_correctionproposal_commitment_id_same_scope": "Cet engagement n'est pas de ce marché.",
    "hours_correctionproposal_mandate_id_same_scope": "Ce mandat n'est pas celui de l'entreprise qui déclare.",
    "hours_unlisted_open": "Ce relevé est transmis : reprenez-le pour ajouter ou retirer une personne.",
    "hours_unlisted_handed": "Ce relevé est chez son déclarant : la personne se rapproche quand il est transmis.",
    "hours_unlisted_side": "L'entreprise déclare, la structure en charge du marché rapproche.",
    "hours_unlisted_placed": "Cette personne n'est pas mise à l'emploi sur ce marché chez ce déclarant.",
    "hours_unlistedperson_statement_id_same_scope": "Cette personne n'est pas du même relevé.",
    "hours_act_used": "Des heures sont créditées par cet acte : il ne se retire plus.",
    "hours_placement_worked": "Des heures sont saisies pour ce contrat de travail : terminez-le au lieu de le retirer.",
    "hours_openingyear_within": "Le détail par année dépasse les heures de la reprise, ou sa date.",
    "hours_opening_stays": "Une reprise ne change pas : retirez-la et saisissez-en une autre.",
    "hours_openingbalance_commitment_id_same_scope": "Cet engagement n'est pas de ce marché.",
    "hours_openingbalanceyear_balance_id_same_scope": "Cette année n'est pas celle de cette reprise.",
    "hours_collectivehours_statement_id_same_scope": (
        "Ces heures ne sont pas du même marché, mois et déclarant que le relevé."
    ),
    "hours_collectivehours_commitment_id_same_scope": "Cet engagement n'est pas de ce marché.",
    "hours_hoursline_statement_id_same_scope": "Cette ligne n'est pas du même marché, mois et déclarant que le relevé.",
    "hours_hoursline_commitment_id_same_scope": "Cet engagement n'est pas de ce marché.",
    "hours_hoursline_reporting_org_is_there": "Cette structure déclarante n'existe pas.",
    "hours_line_declaration": "Des heures sont déclarées sur cet engagement par ce relevé : il reste.",
    "hours_hoursline_worked_month_id_same_scope": "Ces heures ne sont pas celles de ce contrat de travail.",
    "hours_workedmonth_placement_id_same_scope": (
        "Cet organisme n'est pas l'employeur de ce contrat de travail, ni la structure qui suit la personne."
    ),
}
