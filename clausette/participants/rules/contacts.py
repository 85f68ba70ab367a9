"""Is it a telephone, an e-mail? Source: ITU-T E.164 for the length of numbers; the rest against typing errors only."""

import re

from clausette.participants.rules.likeness import contact_phone

EMAIL = re.compile(r"[^@\s<>\"]{1,64}@[^@\s<>\"]+\.[^@\s<>\".]{2,}")
DIGITS = range(9, 16)  # ITU-T E.164: fifteen digits at most
PHONE_LETTERS = re.compile(r"[0-9 ().+/-]*")


def contact_errors(phone: str, email: str) -> dict[str, str]:
    """Return what is wrong in these, by field; nothing when they can be kept. Foreign numbers are taken."""
    errors: dict[str, str] = {}
    digits = len(contact_phone(phone))
    if phone and (not PHONE_LETTERS.fullmatch(phone) or digits not in DIGITS or len(phone) > 30):
        errors["phone"] = "Ce n'est pas un numéro de téléphone : dix chiffres, ou + et l'indicatif du pays."
    if email and (not EMAIL.fullmatch(email) or len(email) > 254):
        errors["email"] = "Ce n'est pas une adresse électronique : elle s'écrit comme prenom.nom@exemple.fr."
    return errors
