"""Who is told what by mail: recipients and sentences. A subject names nobody and no organisation."""

from clausette.access.rules import INVITATION_DAYS
from clausette.kernel.mails import Mail

END = "\n\n--\nClausette, le suivi des clauses sociales.\nCe message est automatique : n'y répondez pas.\n"


def _greeting(full_name: str) -> str:
    return f"Bonjour {full_name},\n\n" if full_name else "Bonjour,\n\n"


def invitation(*, email: str, full_name: str, organisation_name: str, invited_by: str, link: str) -> Mail:
    """Ask somebody to join an organisation."""
    body = (
        f"{_greeting(full_name)}{invited_by} vous invite à rejoindre « {organisation_name} » dans Clausette, "
        f"où se suivent les heures d'insertion de ses marchés.\n\nPour accepter, ouvrez cette adresse :\n{link}\n\n"
        f"Elle vaut {INVITATION_DAYS} jours et ne sert qu'une fois. Si vous n'attendiez pas cette invitation, "
        "ne faites rien."
    )
    return Mail(email, "Votre invitation à rejoindre Clausette", body + END)


def deposit_link(*, email: str, owner: str, link: str) -> Mail:
    """Give the link of a « dépôt sans compte »: it signs nobody in."""
    body = (
        f"Bonjour,\n\n{owner} vous permet de déclarer sans compte les heures d'insertion de votre entreprise.\n\n"
        f"Gardez cette adresse, elle sert chaque mois :\n{link}\n\nElle n'ouvre rien à elle seule : elle vous envoie "
        "un code ici, puis demande le mot d'accès que le facilitateur vous donne par téléphone. Personne ne vous "
        "demandera jamais ce code ni ce mot par courriel.\n\nSi cela ne vous concerne pas, ne faites rien."
    )
    return Mail(email, "Déclarer vos heures sans compte", body + END)


def deposit_code(*, email: str, owner: str, code: str) -> Mail:
    """Give the code of a « dépôt sans compte »."""
    body = (
        f"Bonjour,\n\nVotre code pour déclarer des heures auprès de {owner} :\n\n    {code}\n\nIl vaut dix minutes, "
        "dans le navigateur où vous l'avez demandé.\n\nSi vous n'avez rien demandé, ne faites rien et ne le donnez à "
        "personne : sans le mot d'accès, il n'ouvre rien."
    )
    return Mail(email, "Votre code pour déclarer vos heures", body + END)


def password_reset(*, email: str, full_name: str, link: str) -> Mail:
    """Give the link that chooses a new password."""
    body = (
        f"{_greeting(full_name)}Quelqu'un, sans doute vous, a demandé un nouveau mot de passe.\n\n"
        f"Pour le choisir, ouvrez cette adresse :\n{link}\n\nElle vaut une heure et ne sert qu'une fois. "
        "Si ce n'était pas vous, ne faites rien : votre mot de passe ne change pas."
    )
    return Mail(email, "Choisir un nouveau mot de passe", body + END)


def password_changed(*, email: str, full_name: str) -> Mail:
    """Say that the password changed."""
    body = (
        f"{_greeting(full_name)}Votre mot de passe vient d'être changé, et vos autres connexions sont fermées.\n\n"
        "Si ce n'était pas vous, demandez tout de suite un nouveau mot de passe depuis la page de connexion."
    )
    return Mail(email, "Votre mot de passe a été changé", body + END)


def factor_forgotten(*, email: str, full_name: str) -> Mail:
    """Say that an administrator took off the second factor."""
    body = (
        f"{_greeting(full_name)}Un administrateur de votre structure vient de retirer la double authentification de "
        "votre compte, et vos connexions sont fermées. À la prochaine, votre mot de passe suffit ; enregistrez alors "
        "votre nouveau téléphone dans « Mon compte ».\n\nSi vous n'avez rien demandé, changez votre mot de passe "
        "tout de suite et prévenez votre structure."
    )
    return Mail(email, "Votre double authentification a été retirée", body + END)


def idle(*, email: str, full_name: str, days: int) -> Mail:
    """Say that an account that nobody uses will be closed."""
    body = (
        f"{_greeting(full_name)}Vous ne vous êtes pas connecté à Clausette depuis plusieurs mois. Sans connexion d'ici "
        f"{days} jours, votre accès sera fermé, comme le demande la protection des données.\n\nPour le garder, "
        "connectez-vous une fois. Plus tard, un administrateur de votre structure pourra vous inviter de nouveau."
    )
    return Mail(email, "Votre accès à Clausette sera bientôt fermé", body + END)


def email_change(*, email: str, full_name: str, link: str) -> Mail:
    """Ask the new address to prove itself."""
    body = (
        f"{_greeting(full_name)}Vous avez demandé à vous connecter désormais avec cette adresse.\n\n"
        f"Pour confirmer, ouvrez celle-ci, connecté à votre compte :\n{link}\n\nElle vaut une heure. "
        "Si vous n'avez rien demandé, ne faites rien."
    )
    return Mail(email, "Confirmer votre nouvelle adresse", body + END)


def email_asked(*, email: str, full_name: str) -> Mail:
    """Tell the present address that another was asked for."""
    body = (
        f"{_greeting(full_name)}Une autre adresse vient d'être demandée pour votre compte. Elle remplacera celle-ci "
        "quand elle sera confirmée.\n\nSi ce n'était pas vous, changez votre mot de passe et prévenez "
        "l'administrateur de votre structure."
    )
    return Mail(email, "Changement d'adresse demandé", body + END)


def reading_alert(*, email: str, full_name: str, link: str) -> Mail:
    """Say that an account opened many persons; who, and whose, is on the page only."""
    body = (
        f"{_greeting(full_name)}Un compte vient d'ouvrir beaucoup de fiches de personnes en peu de temps. Cela peut "
        f"être un travail ordinaire ; regardez qui a lu quoi :\n{link}\n\nSi cela vous surprend, parlez-en à la "
        "personne, et retirez-lui l'accès au besoin."
    )
    return Mail(email, "Beaucoup de fiches lues en peu de temps", body + END)
