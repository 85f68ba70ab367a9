"""What an organisation can be and do here, and the roles of its members."""

from django.db.models import TextChoices


class Capability(TextChoices):
    FACILITATOR = "facilitator", "structure facilitatrice"
    BUYER = "buyer", "maître d'ouvrage"
    CONTRACTOR = "contractor", "entreprise"
    EMPLOYER = "employer", "employeur"
    PRESCRIBER = "prescriber", "prescripteur"
    FUNDER = "funder", "financeur"
    NETWORK = "network", "tête de réseau"


class BodyKind(TextChoices):
    PLIE = "plie", "PLIE"
    MDE = "mde", "maison de l'emploi"
    MUNICIPALITY = "municipality", "commune"
    INTERMUNICIPAL = "intermunicipal", "communauté de communes ou d'agglomération"
    METROPOLIS = "metropolis", "métropole"
    DEPARTMENT = "department", "département"
    REGION = "region", "région"
    STATE = "state", "service de l'État"
    LANDLORD = "landlord", "bailleur social"
    HOSPITAL = "hospital", "établissement de santé"
    ASSOCIATION = "association", "association"
    COMPANY = "company", "entreprise"
    ACI = "aci", "atelier et chantier d'insertion"
    AI = "ai", "association intermédiaire"
    EI = "ei", "entreprise d'insertion"
    ETTI = "etti", "entreprise de travail temporaire d'insertion"
    ETT = "ett", "entreprise de travail temporaire"
    GEIQ = "geiq", "GEIQ"
    EA = "ea", "entreprise adaptée"
    ESAT = "esat", "ESAT"
    REGIE = "regie", "régie de quartier ou de territoire"
    LOCAL_MISSION = "local_mission", "mission locale"
    FRANCE_TRAVAIL = "france_travail", "France Travail"
    CAP_EMPLOI = "cap_emploi", "Cap emploi"
    OTHER = "other", "autre organisme"


class MemberRole(TextChoices):
    ADMIN = "admin", "administrateur"
    MEMBER = "member", "membre"
