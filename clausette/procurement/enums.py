"""Closed lists of the procurement room, with the words shown on screen (MODEL §1)."""

from django.db.models import TextChoices


class ContractKind(TextChoices):
    """What was signed. « marché » on screen for the common case, never « contrat » alone."""

    PUBLIC_CONTRACT = "public_contract", "Marché"
    FRAMEWORK = "framework", "Accord-cadre"
    SUBSEQUENT = "subsequent", "Marché subséquent"
    ORDER = "order", "Bon de commande"
    CONCESSION = "concession", "Concession"
    DSP = "dsp", "Délégation de service public"
    PARTNERSHIP = "partnership", "Marché de partenariat"
    PRIVATE = "private", "Marché privé"
    ACI_AGREEMENT = "aci_agreement", "Convention ACI"
    CHARTER = "charter", "Charte"


class ContractState(TextChoices):
    """Where the procurement contract stands, from the study to the closing."""

    TO_STUDY = "to_study", "À étudier"
    STUDIED_WITHOUT_CLAUSE = "studied_without_clause", "Étudié sans clause"
    CLAUSE_PROPOSED = "clause_proposed", "Clause proposée"
    IN_TENDER_DOCUMENTS = "in_tender_documents", "Inscrite au DCE"
    PUBLISHED = "published", "Publié"
    AWARDED = "awarded", "Attribué"
    NOTIFIED = "notified", "Notifié"
    RUNNING = "running", "En cours"
    SUSPENDED = "suspended", "Suspendu"
    SETTLED = "settled", "Soldé"
    CLOSED = "closed", "Clos"
    FRUITLESS = "fruitless", "Infructueux"
    ABANDONED = "abandoned", "Sans suite"
    TERMINATED = "terminated", "Résilié"
    TRANSFERRED = "transferred", "Transféré"


class ContractNature(TextChoices):
    """Nature of the purchase; it chooses the European threshold."""

    WORKS = "works", "Travaux"
    SERVICES = "services", "Services"
    SUPPLIES = "supplies", "Fournitures"


class PartyRole(TextChoices):
    """The part an organisation takes in a contract, between two dates."""

    PILOT = "pilot", "Structure référente"
    COPILOT = "copilot", "Structure associée"
    BUYER = "buyer", "Maître d'ouvrage"
    CONTRACTOR = "contractor", "Titulaire"
    GROUP_MEMBER = "group_member", "Cotraitant"
    SUBCONTRACTOR = "subcontractor", "Sous-traitant"
    EMPLOYER = "employer", "Employeur"
    COORDINATOR = "coordinator", "Coordonnateur du groupement de commandes"
    DELEGATE = "delegate", "Mandataire du maître d'ouvrage"
    ADVISER = "adviser", "Assistant à maîtrise d'ouvrage"
    DESIGNER = "designer", "Maître d'œuvre"


# They act for the maître d'ouvrage: they read what he reads (docs/adr/0009). `sec.contracts` says it again in SQL.
FOR_THE_BUYER = (PartyRole.COORDINATOR, PartyRole.DELEGATE, PartyRole.ADVISER)


# They declare hours on the contract. `sec.contracts` says it again in SQL.
DECLARING = (PartyRole.CONTRACTOR, PartyRole.GROUP_MEMBER, PartyRole.SUBCONTRACTOR, PartyRole.EMPLOYER)


class Source(TextChoices):
    """Where the record of a contract comes from."""

    TYPED = "typed", "Saisi"
    DECP = "decp", "Données essentielles (DECP)"


class LegalDeviceKind(TextChoices):
    """« Levier juridique »: the legal tool by which insertion enters the contract."""

    EXECUTION = "execution", "Condition d'exécution"
    CRITERION = "criterion", "Critère d'attribution"
    BOTH = "both", "Condition d'exécution et critère d'attribution"
    RESERVED_DISABILITY = "reserved_disability", "Marché réservé : EA et ESAT"
    RESERVED_IAE = "reserved_iae", "Marché réservé : insertion par l'activité économique"
    RESERVED_BOTH = "reserved_both", "Marché réservé : EA, ESAT et insertion par l'activité économique"
    RESERVED_PRISON = "reserved_prison", "Marché réservé : travail pénitentiaire"
    RESERVED_ESS = "reserved_ess", "Marché réservé : économie sociale et solidaire"
    INSERTION_SERVICE = "insertion_service", "Marché de prestation d'insertion"
    NONE = "none", "Aucune clause"
    PRIVATE = "private", "Clause volontaire d'un marché privé"
    UNKNOWN = "unknown", "Levier inconnu, à préciser"


class TerminationReason(TextChoices):
    """Why a contract ended before its term (« résilié » asks for one)."""

    FAULT = "fault", "Faute du titulaire"
    GENERAL_INTEREST = "general_interest", "Motif d'intérêt général"
    LIQUIDATION = "liquidation", "Liquidation judiciaire du titulaire"
    AGREEMENT = "agreement", "Accord des parties"
    FORCE_MAJEURE = "force_majeure", "Force majeure"
    OTHER = "other", "Autre motif"


class PhaseKind(TextChoices):
    """Pieces of a contract in time (R2112-4 CCP: reconductions; R2113-4: tranches)."""

    FIRM_TRANCHE = "firm_tranche", "Tranche ferme"
    OPTIONAL_TRANCHE = "optional_tranche", "Tranche optionnelle"
    BASE_PERIOD = "base_period", "Période initiale"
    RENEWAL = "renewal", "Reconduction"
    YEAR = "year", "Année de concession"


class PhaseState(TextChoices):
    """Whether a phase is decided."""

    PLANNED = "planned", "Prévue"
    CONFIRMED = "confirmed", "Ferme"
    NOT_MADE = "not_made", "Non faite"


class AmountKind(TextChoices):
    """What an amount was typed for."""

    ORDERED = "ordered", "Commande"
    INVOICED = "invoiced", "Facture"


class OperationRole(TextChoices):
    """The part an organisation takes in an operation."""

    BUYER = "buyer", "Maître d'ouvrage"
    FUNDER = "funder", "Financeur"


class AskedState(TextChoices):
    """What became of a sub-contractor that a firm asked for."""

    WAITING = "waiting", "En attente du facilitateur"
    ACCEPTED = "accepted", "Acceptée"
    REFUSED = "refused", "Refusée"
    WITHDRAWN = "withdrawn", "Retirée"


class GroupKind(TextChoices):
    """Is the titulaire alone, or the mandataire of a group? (R2142-20 CCP: conjoint or solidaire)"""

    ALONE = "alone", "Titulaire seul"
    JOINT = "joint", "Groupement conjoint"
    SEVERAL = "several", "Groupement solidaire"


class ExchangeKind(TextChoices):
    """How a structure spoke with a firm."""

    CALL = "call", "Appel"
    MAIL = "mail", "Courriel"
    VISIT = "visit", "Visite"
    MEETING = "meeting", "Réunion"
