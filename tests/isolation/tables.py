"""The tenant tables and the one read of each that a page may use: what the direct probes call."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from clausette.access.queries import deposits_visible_to, invitations_visible_to, memberships_visible_to
from clausette.advice.queries.visibility import (
    calibrations_visible_to,
    offers_visible_to,
    own_templates_visible_to,
    own_values_visible_to,
    programmes_visible_to,
    studies_visible_to,
    study_lots_visible_to,
    tender_checks_visible_to,
)
from clausette.agenda.queries.visibility import (
    letters_visible_to,
    postponements_visible_to,
    reminders_visible_to,
    rungs_visible_to,
    texts_visible_to,
)
from clausette.commitments.queries.visibility import (
    acts_visible_to,
    base_hours_visible_to,
    commitments_visible_to,
    defaults_visible_to,
    parts_visible_to,
    shares_visible_to,
    subtargets_visible_to,
    valued_visible_to,
    versions_visible_to,
)
from clausette.files.queries import files_visible_to as stored_visible_to
from clausette.hours.queries.confirming import confirmations_visible_to
from clausette.hours.queries.kept import kept_visible_to, stale_visible_to
from clausette.hours.queries.reopening import reopenings_visible_to
from clausette.hours.queries.reporting import reporting_visible_to
from clausette.hours.queries.visible import (
    collective_visible_to,
    justifications_visible_to,
    lines_visible_to,
    opening_years_visible_to,
    openings_visible_to,
    priors_visible_to,
    proposals_visible_to,
    statements_visible_to,
    unlisted_visible_to,
    worked_months_visible_to,
)
from clausette.hours.queries.visible import pieces_visible_to as hours_pieces_visible_to
from clausette.imports.queries import changes_visible_to, left_visible_to
from clausette.imports.queries.batches import batches_visible_to, references_visible_to, rows_visible_to
from clausette.imports.queries.hours_files.visible import (
    filled_visible_to,
    hours_choices_visible_to,
    hours_columns_visible_to,
    hours_file_blocks_visible_to,
    hours_file_lines_visible_to,
    hours_files_visible_to,
)
from clausette.imports.queries.takeover.visible import lines_visible_to as takeover_lines
from clausette.imports.queries.takeover.visible import (
    made_visible_to,
    mappings_visible_to,
    takeovers_visible_to,
)
from clausette.journal.queries import alerts_visible_to, events_visible_to, readings_visible_to
from clausette.kernel.actor import Actor
from clausette.outcomes.queries.visibility import (
    entries_visible_to,
    exits_visible_to,
    follow_ups_visible_to,
    funded_visible_to,
    interviews_visible_to,
    leavings_visible_to,
    questionnaires_visible_to,
    sensitive_visible_to,
    trainings_visible_to,
)
from clausette.participants.queries.evidence import evidence_rules_visible_to
from clausette.participants.queries.pieces import pieces_visible_to
from clausette.participants.queries.referrals import (
    needs_visible_to,
    referrals_visible_to,
    situations_visible_to,
    ties_visible_to,
)
from clausette.participants.queries.twins import pairs_visible_to, reunions_visible_to
from clausette.participants.queries.visibility import (
    checks_visible_to,
    facts_visible_to,
    homes_visible_to,
    moves_visible_to,
    notes_visible_to,
    options_visible_to,
    participants_visible_to,
    reasons_visible_to,
)
from clausette.participants.queries.visibility import contacts_visible_to as contacts_of_persons
from clausette.placements.queries.visibility import allocations_visible_to, placements_visible_to
from clausette.privacy.queries.erasure import erasures_visible_to
from clausette.privacy.queries.holds import holds_visible_to, notices_visible_to
from clausette.privacy.queries.retention import purges_visible_to
from clausette.procurement.queries.visibility import (
    amounts_visible_to,
    asked_visible_to,
    awards_visible_to,
    contacts_visible_to,
    contracts_visible_to,
    deposit_contracts_visible_to,
    exchanges_visible_to,
    lots_visible_to,
    mandates_visible_to,
    modifications_visible_to,
    operation_parties_visible_to,
    operations_visible_to,
    parties_visible_to,
    phases_visible_to,
    steps_visible_to,
    subcontracts_visible_to,
)
from clausette.reports.queries import files_visible_to, reports_visible_to
from tests.hats import as_owner

READS: Mapping[str, Callable[[Actor], "QuerySet[Any]"]] = {
    "access_deposit": deposits_visible_to,
    "access_invitation": invitations_visible_to,
    "access_membership": memberships_visible_to,
    "advice_insertionoffer": offers_visible_to,
    "advice_owntemplate": own_templates_visible_to,
    "advice_ownvalue": own_values_visible_to,
    "advice_programme": programmes_visible_to,
    "advice_study": studies_visible_to,
    "advice_studycalibration": calibrations_visible_to,
    "advice_studylot": study_lots_visible_to,
    "advice_tendercheck": tender_checks_visible_to,
    "agenda_letter": letters_visible_to,
    "agenda_postponement": postponements_visible_to,
    "agenda_reminder": reminders_visible_to,
    "agenda_reminderrung": rungs_visible_to,
    "agenda_remindertext": texts_visible_to,
    "commitments_basehours": base_hours_visible_to,
    "commitments_commitment": commitments_visible_to,
    "commitments_commitmentact": acts_visible_to,
    "commitments_commitmentpart": parts_visible_to,
    "commitments_commitmentversion": versions_visible_to,
    "commitments_groupshare": shares_visible_to,
    "commitments_structuredefaults": defaults_visible_to,
    "commitments_subtarget": subtargets_visible_to,
    "commitments_valuedrule": valued_visible_to,
    "files_storedfile": stored_visible_to,
    "hours_collectivehours": collective_visible_to,
    "hours_confirmation": confirmations_visible_to,
    "hours_correctionproposal": proposals_visible_to,
    "hours_hoursline": lines_visible_to,
    "hours_justification": justifications_visible_to,
    "hours_keptprogress": kept_visible_to,
    "hours_openingbalance": openings_visible_to,
    "hours_openingbalanceyear": opening_years_visible_to,
    "hours_reopening": reopenings_visible_to,
    "hours_priortraining": priors_visible_to,
    "hours_reportingchange": reporting_visible_to,
    "hours_staleprogress": stale_visible_to,
    "hours_statement": statements_visible_to,
    "hours_statementpiece": hours_pieces_visible_to,
    "hours_unlistedperson": unlisted_visible_to,
    "hours_workedmonth": worked_months_visible_to,
    "imports_externalreference": references_visible_to,
    "imports_hoursfile": hours_files_visible_to,
    "imports_hoursfileblock": hours_file_blocks_visible_to,
    "imports_hoursfilechoice": hours_choices_visible_to,
    "imports_hoursfilecolumns": hours_columns_visible_to,
    "imports_hoursfileline": hours_file_lines_visible_to,
    "imports_hoursfilestatement": filled_visible_to,
    "imports_importbatch": batches_visible_to,
    "imports_importrow": rows_visible_to,
    "imports_leftrecord": left_visible_to,
    "imports_officialchange": changes_visible_to,
    "imports_columnmapping": mappings_visible_to,
    "imports_takeoverbatch": takeovers_visible_to,
    "imports_takeoverline": takeover_lines,
    "imports_takeovermade": made_visible_to,
    "journal_event": events_visible_to,
    "journal_reading": readings_visible_to,
    "journal_readingalert": alerts_visible_to,
    "participants_checknote": notes_visible_to,
    "participants_home": homes_visible_to,
    "participants_limitmove": moves_visible_to,
    "participants_admittedoptions": options_visible_to,
    "participants_decisionfacts": facts_visible_to,
    "outcomes_entryquestionnaire": questionnaires_visible_to,
    "outcomes_exitquestionnaire": leavings_visible_to,
    "outcomes_fundedentry": entries_visible_to,
    "outcomes_fundedoperation": funded_visible_to,
    "outcomes_sensitiveanswers": sensitive_visible_to,
    "outcomes_followup": follow_ups_visible_to,
    "outcomes_interview": interviews_visible_to,
    "outcomes_pathexit": exits_visible_to,
    "outcomes_trainingaction": trainings_visible_to,
    "participants_eligibilitycheck": checks_visible_to,
    "participants_eligibilityreason": reasons_visible_to,
    "participants_need": needs_visible_to,
    "participants_evidencerule": evidence_rules_visible_to,
    "participants_participant": participants_visible_to,
    "participants_prescribertie": ties_visible_to,
    "participants_referral": referrals_visible_to,
    "participants_referralpiece": pieces_visible_to,
    "participants_referralsituation": situations_visible_to,
    "participants_personcontact": contacts_of_persons,
    "participants_resemblance": pairs_visible_to,
    "participants_reunion": reunions_visible_to,
    "placements_allocation": allocations_visible_to,
    "placements_placement": placements_visible_to,
    "privacy_erasure": erasures_visible_to,
    "privacy_noticegiven": notices_visible_to,
    "privacy_purgebatch": purges_visible_to,
    "privacy_retentionhold": holds_visible_to,
    "reports_report": reports_visible_to,
    "procurement_amountentry": amounts_visible_to,
    "procurement_askedsubcontractor": asked_visible_to,
    "reports_reportfile": files_visible_to,
    "procurement_award": awards_visible_to,
    "procurement_contract": contracts_visible_to,
    "procurement_contractmodification": modifications_visible_to,
    "procurement_contractparty": parties_visible_to,
    "procurement_contractphase": phases_visible_to,
    "procurement_contractstep": steps_visible_to,
    "procurement_depositcontract": deposit_contracts_visible_to,
    "procurement_exchange": exchanges_visible_to,
    "procurement_lot": lots_visible_to,
    "procurement_mandate": mandates_visible_to,
    "procurement_operationparty": operation_parties_visible_to,
    "procurement_partycontact": contacts_visible_to,
    "procurement_subcontract": subcontracts_visible_to,
    "procurement_worksoperation": operations_visible_to,
}
PUBLIC = {"access_organisation": "public facts, the same for all who have rights"}


def tenant_tables() -> list[str]:
    """Return the tables under row-level security, nomenclatures left out."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relforcerowsecurity AND relkind IN ('r', 'p') "
            "AND relname NOT LIKE 'reference\\_%%' ORDER BY relname"
        )
        return [row[0] for row in cursor.fetchall() if row[0] not in PUBLIC]
