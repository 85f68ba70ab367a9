"""Mails of the procurement room: a subject names nobody; a body neither a person nor a contract."""

from clausette.kernel.mails import Mail
from clausette.procurement.rules.mandates import LINK_DAYS

END = "\n\n--\nClausette, le suivi des clauses sociales.\nCe message est automatique : n'y répondez pas.\n"


def mandate(*, email: str, firm: str, link: str) -> Mail:
    """Tell a person that a firm lets them declare its hours: the link signs nobody in."""
    body = (
        f"Bonjour,\n\n« {firm} » vous donne mandat pour déclarer en son nom des heures d'insertion dans Clausette.\n\n"
        f"Pour lire ce mandat et l'accepter, ouvrez cette adresse :\n{link}\n\nElle vaut {LINK_DAYS} jours et n'ouvre "
        "rien à elle seule : il faut se connecter avec cette adresse électronique, ou y choisir un mot de passe.\n\n"
        "Si cela ne vous concerne pas, ne faites rien."
    )
    return Mail(email, "Un mandat pour déclarer des heures", body + END)
