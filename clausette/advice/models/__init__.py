"""Tables of the advice room."""

from .programmes import InsertionOffer, OwnTemplate, OwnValue, Programme
from .studies import Study, StudyCalibration, StudyLot, TenderCheck

__all__ = [
    "InsertionOffer",
    "OwnTemplate",
    "OwnValue",
    "Programme",
    "Study",
    "StudyCalibration",
    "StudyLot",
    "TenderCheck",
]
