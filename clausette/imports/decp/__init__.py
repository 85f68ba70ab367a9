"""Official procurement records (DECP: JSON 2.0.3, XML 2.0.2, flat table, 2019 shapes), read and compared only.

Words: a *file* holds *records*; a record is a « marché » or a « concession »; a *problem* is one sentence about one
field; a *comparison* says what a record would bring to what is already held.

This package is pure: no database, no clock, no network. It never raises on what a file holds, and every
record of a file comes back in the result. It does not store the file, decide for the person, nor write.
"""

from clausette.imports.decp.compare import Candidate, Change, Comparison, HeldContract, Outcome, compare
from clausette.imports.decp.decode import UnreadableError
from clausette.imports.decp.fingerprint import canonical, fingerprint
from clausette.imports.decp.kept import record_kept
from clausette.imports.decp.outside import Outside, outside_of
from clausette.imports.decp.read import read_decp
from clausette.imports.decp.results import (
    Concession,
    Contractor,
    DecpContract,
    DecpFile,
    DecpRecord,
    Effect,
    FileForm,
    FileRefusal,
    Modification,
    Problem,
    RecordKind,
    Subcontract,
    SubcontractModification,
    YearOfExecution,
)
from clausette.imports.decp.secrecy import fit_to_keep
from clausette.imports.decp.survey import Interest, Survey, department_in, survey
from clausette.imports.decp.values import Social

__all__ = [
    "Candidate",
    "Change",
    "Comparison",
    "Concession",
    "Contractor",
    "DecpContract",
    "DecpFile",
    "DecpRecord",
    "Effect",
    "FileForm",
    "FileRefusal",
    "HeldContract",
    "Interest",
    "Modification",
    "Outcome",
    "Outside",
    "Problem",
    "RecordKind",
    "Social",
    "Subcontract",
    "SubcontractModification",
    "Survey",
    "UnreadableError",
    "YearOfExecution",
    "canonical",
    "compare",
    "department_in",
    "fingerprint",
    "fit_to_keep",
    "outside_of",
    "read_decp",
    "record_kept",
    "survey",
]
