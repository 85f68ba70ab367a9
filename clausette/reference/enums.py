"""Closed lists of the reference room, with the words shown on screen."""

from django.db.models import IntegerChoices, TextChoices


class Reliability(TextChoices):
    """How far a dated fact can be trusted; shown beside it."""

    SOURCED = "sourced", "Source vérifiée"
    HIGH = "high", "Usage bien établi"
    MEDIUM = "medium", "Usage à confirmer"
    LOW = "low", "Valeur indicative"


class Zone(TextChoices):
    """Where a dated amount applies."""

    FRANCE = "france", "France (hors Mayotte)"
    MAYOTTE = "mayotte", "Mayotte"


class PublicGroup(TextChoices):
    """The two families of eligible publics of the CCAG 2021 (art. 16.1.1)."""

    A = "A", "Personnes accompagnées par une structure reconnue par l'État"
    B = "B", "Personnes éloignées de l'emploi"
    B_OPTION = "B_option", "Publics admis selon les documents du marché"


class BuyerSector(TextChoices):
    """Kind of buyer; with the nature it chooses the European threshold."""

    STATE = "state", "État"
    LOCAL = "local", "Collectivité ou établissement local"
    UTILITY = "utility", "Entité adjudicatrice"
    DEFENCE = "defence", "Défense ou sécurité"


class DistrictGeneration(IntegerChoices):
    """The official lists of « quartiers prioritaires »: codes QP… of 2015, codes QN… of 2024 (decree 2023-1314)."""

    OF_2015 = 2015, "Liste de 2015 (QP…)"
    OF_2024 = 2024, "Liste de 2024 (QN…)"
