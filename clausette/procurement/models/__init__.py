"""Tables of what was bought and of who takes part."""

from .amounts import AmountEntry
from .asked import AskedSubcontractor
from .contracts import UNDER_FRAMEWORK, Contract, Lot
from .exchanges import Exchange
from .life import DECIDED_LATER, ContractModification, ContractPhase, ContractStep
from .mandates import Mandate
from .parties import Award, ContractParty, DepositContract, PartyContact
from .projects import OperationParty, WorksOperation
from .subcontracts import Subcontract

__all__ = [
    "DECIDED_LATER",
    "UNDER_FRAMEWORK",
    "AmountEntry",
    "AskedSubcontractor",
    "Award",
    "Contract",
    "ContractModification",
    "ContractParty",
    "ContractPhase",
    "ContractStep",
    "DepositContract",
    "Exchange",
    "Lot",
    "Mandate",
    "OperationParty",
    "PartyContact",
    "Subcontract",
    "WorksOperation",
]
