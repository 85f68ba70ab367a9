"""Official procurement records (DECP, JSON format 2.0.3), read and compared without writing anything.

Words: a *file* holds *records*; a record is a « marché » (read here) or a « concession » (counted, read by a
later version); a *problem* is one sentence about one field; a *comparison* says what a record would bring to
what is already held.

This package is pure: no database, no clock, no network. It never raises on what a file holds, and every
record of a file comes back in the result. It does not store the file, decide for the person, nor write.
"""

from clausette.imports.decp.compare import Candidate, Change, Comparison, HeldContract, Outcome, compare
from clausette.imports.decp.fingerprint import canonical, fingerprint
from clausette.imports.decp.read import read_decp
from clausette.imports.decp.results import (
    Contractor,
    DecpContract,
    DecpFile,
    DecpRecord,
    Effect,
    FileRefusal,
    Modification,
    Problem,
    RecordKind,
    Subcontract,
    SubcontractModification,
)
from clausette.imports.decp.secrecy import fit_to_keep
from clausette.imports.decp.values import Social

__all__ = [
    "Candidate",
    "Change",
    "Comparison",
    "Contractor",
    "DecpContract",
    "DecpFile",
    "DecpRecord",
    "Effect",
    "FileRefusal",
    "HeldContract",
    "Modification",
    "Outcome",
    "Problem",
    "RecordKind",
    "Social",
    "Subcontract",
    "SubcontractModification",
    "canonical",
    "compare",
    "fingerprint",
    "fit_to_keep",
    "read_decp",
]
