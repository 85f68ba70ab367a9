"""What may be read of the contracts: conditions lent to the rooms above, lists, sheets."""

from clausette.procurement.queries.contracts import (
    ContractFilters,
    ContractLine,
    ContractPage,
    list_contracts,
    operation_names,
)
from clausette.procurement.queries.parties import (
    FirmLine,
    contract_of_award,
    contractors_of,
    firm_lines,
    known_organisations,
    shares_contract,
)
from clausette.procurement.queries.sheet import (
    AwardLine,
    ContractSheet,
    LotLine,
    ModificationLine,
    OrganisationRef,
    PartyLine,
    contract_sheet,
)
from clausette.procurement.queries.visibility import (
    ContractKey,
    LotKey,
    contract_key,
    contract_keys,
    contracts_visible_to,
    lot_id,
    lot_keys,
    lots_visible_to,
    parties_visible_to,
    takes_part,
)

__all__ = [
    "AwardLine",
    "ContractFilters",
    "ContractKey",
    "ContractLine",
    "ContractPage",
    "ContractSheet",
    "FirmLine",
    "LotKey",
    "LotLine",
    "ModificationLine",
    "OrganisationRef",
    "PartyLine",
    "contract_key",
    "contract_keys",
    "contract_of_award",
    "contract_sheet",
    "contractors_of",
    "contracts_visible_to",
    "firm_lines",
    "known_organisations",
    "list_contracts",
    "lot_id",
    "lot_keys",
    "lots_visible_to",
    "operation_names",
    "parties_visible_to",
    "shares_contract",
    "takes_part",
]
