"""Mails of the procurement room: a subject names nobody; a body neither a person nor a contract."""

from datetime import date

from clausette.kernel.french import format_date
from clausette.kernel.mails import Mail
from clausette.procurement.rules.mandates import LINK_DAYS, Told

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


def mandate_told(
    *, email: str, firm: str, told: Told, one_contract: bool, starts_on: date, ends_on: date, link: str, key: str
) -> Mail:
    """Tell an administrator that a firm gives their organisation a mandate, changes its last day or withdraws it."""
    where = "un de ses marchés" if one_contract else "tous ses marchés"
    first, last = format_date(starts_on), format_date(ends_on)
    if told == "given":
        subject = "Votre structure peut déclarer des heures pour une entreprise"
        said = (
            f"« {firm} » donne mandat à votre structure pour déclarer en son nom des heures d'insertion dans "
            f"Clausette, pour {where}, du {first} au {last}.\n\nCes jours-là, tous les membres de votre structure "
            "trouvent cette entreprise dans « Ma journée »."
        )
    elif told == "extended":
        subject = "Un mandat de déclaration change de dernier jour"
        said = (
            f"« {firm} » change le dernier jour du mandat de déclaration donné à votre structure pour {where} : "
            f"il va désormais du {first} au {last}."
        )
    else:
        subject = "Un mandat de déclaration est retiré"
        said = (
            f"« {firm} » a retiré le mandat de déclaration donné à votre structure pour {where}, du {first} au {last}. "
            "Rien ne se déclare plus par ce mandat ; les relevés déjà transmis restent."
        )
    body = (
        f"Bonjour,\n\n{said}\n\n« Ma journée » :\n{link}\n\nCette adresse n'ouvre rien à elle seule : il faut se "
        "connecter. Pour toute question, joignez cette entreprise."
    )
    return Mail(email, subject, body + END, key=key)
