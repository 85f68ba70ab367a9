"""Reading the reference: dated facts, eligible publics, districts. No rights needed: public facts."""

from clausette.reference.queries.communes import (
    CommuneFound,
    communes_known,
    communes_like,
    communes_proposed,
)
from clausette.reference.queries.districts import (
    DistrictFound,
    district,
    districts_at,
    districts_of_commune,
    edge_near,
    outlines_cover,
    outlines_of,
)
from clausette.reference.queries.facts import (
    DatedValue,
    capacity_row,
    categories,
    labour_rows,
    legal_articles,
    months_of,
    parameter,
    parameter_row,
    parameters_on,
    reservation_row,
    smic_series,
    thresholds,
    waivers,
)

__all__ = [
    "CommuneFound",
    "DatedValue",
    "DistrictFound",
    "capacity_row",
    "categories",
    "communes_known",
    "communes_like",
    "communes_proposed",
    "district",
    "districts_at",
    "districts_of_commune",
    "edge_near",
    "labour_rows",
    "legal_articles",
    "months_of",
    "outlines_cover",
    "outlines_of",
    "parameter",
    "parameter_row",
    "parameters_on",
    "reservation_row",
    "smic_series",
    "thresholds",
    "waivers",
]
