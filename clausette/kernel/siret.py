"""SIRET: the 14 digits of an establishment."""

from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.fr import siret as _siret


def clean_siret(text: str) -> str:
    """Return the 14 digits of `text`, spaces, dots and dashes taken off.

    Raises ValueError with a French sentence. Establishments of La Poste have their own key.
    """
    digits = "".join(char for char in text if not char.isspace() and char not in ".-\u2011\u2013")
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError("Un SIRET ne contient que des chiffres.")
    if len(digits) != 14:
        raise ValueError(f"Un SIRET a 14 chiffres ; celui-ci en a {len(digits)}.")
    try:
        _siret.validate(digits)
    except InvalidChecksum as error:
        raise ValueError("Ce SIRET n'existe pas : vérifiez ses chiffres.") from error
    except ValidationError as error:
        raise ValueError("Ce SIRET n'est pas valable.") from error
    return digits


def is_siret(text: str) -> bool:
    """Say whether `text` is a SIRET."""
    try:
        clean_siret(text)
    except ValueError:
        return False
    return True


def format_siret(siret: str) -> str:
    """Return « 732 829 320 00074 » with unbreakable spaces."""
    return "\u00a0".join((siret[:3], siret[3:6], siret[6:9], siret[9:]))
