"""Who is told what by mail of the statements awaited: one mail for all the letters of a day to one address."""

from collections.abc import Sequence

from clausette.agenda.enums import Told
from clausette.agenda.queries.letters import LetterLine
from clausette.agenda.rules.texts import ADDRESS
from clausette.kernel.mails import Mail

SIGNED = (
    "\n\n--\nClausette, le suivi des clauses sociales.\nCe message est automatique et ne nomme personne. Pour ne plus "
    "le recevoir, ou en changer l'adresse, écrivez à la structure qui suit votre marché.\n"
)


def address_of(letter: LetterLine, site: str) -> str:
    """Return where a letter is answered: the link of who has no account, else a page that asks to sign in."""
    if letter.deposit_path:
        return f"{site}{letter.deposit_path}"
    page = f"{site}/o/{letter.organisation_slug}/"
    if letter.told == Told.HOLDER:
        return f"{page}depot/"
    return f"{page}relances/" if letter.told == Told.STRUCTURE else page


def mail_of(letters: Sequence[LetterLine], *, site: str) -> Mail:
    """Make one mail of the letters of several structures to one address: the first one's subject, each its own part."""
    first = letters[0]
    parts = []
    for letter in letters:
        said = letter.body.replace(ADDRESS, address_of(letter, site))
        whose = f", pour {letter.organisation_name}, dont vous déclarez les heures par mandat"
        parts.append(f"De la part de {letter.owner_name}{whose if letter.told == Told.HOLDER else ''} :\n\n{said}")
    body = "Bonjour,\n\n" + "\n\n---\n\n".join(parts) + SIGNED
    return Mail(first.email, first.subject, body, key=f"relance-{first.uid}")
