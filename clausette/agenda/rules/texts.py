"""The texts of the reminders: named fields, what they may not name, how a letter is made of them.

A letter names nobody and tells no hours: it says which marchés and which months are awaited, and where to answer.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from clausette.agenda.enums import LetterText, ReminderStep
from clausette.kernel.errors import Invalid
from clausette.kernel.french import format_date, format_month

FIELDS = {
    "organisme": "le nom de l'organisme à qui l'on écrit",
    "structure": "le nom de votre structure",
    "marches": "les marchés et leurs mois, attendus ou répondus, un par ligne",
    "suite": "ce qui suivra sans réponse, et quand",
    "adresse": "l'adresse de la page où répondre",
}
IN_SUBJECT = ("organisme", "structure")
OF_A_PERSON = frozenset(
    {
        "nom", "prenom", "prénom", "personne", "personnes", "participant", "participants", "participante", "salarie",
        "salarié", "salaries", "salariés", "contact", "courriel", "telephone", "téléphone", "naissance", "heures",
    }
)  # fmt: skip
ADDRESS = "{adresse}"
MOST_SUBJECT, MOST_BODY, MOST_MASKED = 150, 3000, 254
_FIELD = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True, slots=True)
class Wording:
    """A subject and a text with named fields."""

    subject: str
    body: str


_CLOSING = "{suite}\n\nPour répondre : {adresse}"
USUAL: Mapping[LetterText, Wording] = {
    LetterText.OPENING: Wording(
        "Heures d'insertion : un relevé à déclarer",
        "La période est terminée : le relevé des heures d'insertion peut être déclaré pour :\n{marches}\n\nSi "
        f"personne n'a travaillé, déclarez « aucune heure ce mois-ci » : c'est un clic.\n\n{_CLOSING}",
    ),
    LetterText.BEFORE: Wording(
        "Heures d'insertion : un relevé attendu bientôt",
        f"Le relevé des heures d'insertion est attendu dans quelques jours pour :\n{{marches}}\n\n{_CLOSING}",
    ),
    LetterText.AFTER: Wording(
        "Heures d'insertion : un relevé en retard",
        "Nous n'avons pas reçu le relevé des heures d'insertion pour :\n{marches}\n\nSi personne n'a travaillé, "
        f"déclarez « aucune heure ce mois-ci ».\n\n{_CLOSING}",
    ),
    LetterText.RETURNED: Wording(
        "Heures d'insertion : un relevé à corriger",
        "Un relevé des heures d'insertion vous a été renvoyé : son motif est sur la page. Il reste à le corriger "
        f"pour :\n{{marches}}\n\n{_CLOSING}",
    ),
    LetterText.ANSWERED: Wording(
        "Heures d'insertion : une réponse à votre correction",
        "Une correction que vous avez proposée a reçu sa réponse pour :\n{marches}\n\nLe détail, et le motif d'un "
        "refus, se lisent sur la page du relevé.\n\nPour lire la réponse : {adresse}",
    ),
    LetterText.BY_HAND: Wording(
        "Heures d'insertion : des relevés nous manquent",
        "Il nous manque le relevé des heures d'insertion pour :\n{marches}\n\nUne difficulté ? Appelez-nous, nous "
        f"pouvons saisir avec vous.\n\n{_CLOSING}",
    ),
    LetterText.FACILITATOR: Wording(
        "Relances : des entreprises ne répondent pas",
        "Malgré nos relances, le relevé des heures d'insertion manque pour :\n{marches}\n\nUn appel fait souvent "
        f"plus qu'un courriel.\n\n{_CLOSING}",
    ),
    LetterText.BUYER: Wording(
        "Clause sociale : des relevés manquent",
        "Le titulaire n'a pas déclaré les heures d'insertion pour :\n{marches}\n\nNous l'avons relancé plusieurs "
        f"fois. Un mot de votre part l'aiderait à répondre.\n\n{_CLOSING}",
    ),
}
# the most pressing first: it gives its subject to the letter
ORDER = (
    LetterText.BY_HAND, LetterText.AFTER, LetterText.RETURNED, LetterText.ANSWERED, LetterText.BEFORE,
    LetterText.OPENING, LetterText.FACILITATOR, LetterText.BUYER,
)  # fmt: skip


def fields_of(text: str) -> list[str]:
    """Return the names between braces, in order."""
    return [name.strip() for name in _FIELD.findall(text)]


def check_wording(wording: Wording) -> None:
    """Refuse an unknown field, a field of a person, a brace left open, a text without the marchés. Raises Invalid."""
    errors = {}
    for place, text, known, most in (
        ("subject", wording.subject, IN_SUBJECT, MOST_SUBJECT),
        ("body", wording.body, tuple(FIELDS), MOST_BODY),
    ):
        wrong = _wrong(text, known, most)
        if wrong:
            errors[place] = wrong
    if "\n" in wording.subject:
        errors["subject"] = "L'objet tient sur une ligne."
    if "body" not in errors and "marches" not in fields_of(wording.body):
        errors["body"] = "Placez {marches} : sans lui, l'entreprise ne sait pas ce qui est attendu."
    if errors:
        raise Invalid(errors)


def _wrong(text: str, known: Collection[str], most: int) -> str:
    if not text.strip():
        return "Écrivez un texte."
    if len(text) > most:
        return f"Au plus {most} caractères."
    for name in fields_of(text):
        if name.lower() in OF_A_PERSON:
            return f"« {{{name}}} » parle d'une personne : une relance ne nomme personne et ne dit pas d'heures."
        if name not in known:
            return f"« {{{name}}} » n'est pas un champ. Champs possibles : {', '.join(f'{{{one}}}' for one in known)}."
    if "{" in _FIELD.sub("", text) or "}" in _FIELD.sub("", text):
        return "Une accolade est de trop, ou n'est pas fermée."
    return ""


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values in the place of their fields; a field without value stays. Values are never read as fields."""
    filled = _FIELD.sub(lambda found: values.get(found[1].strip(), found[0]), text)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in filled.splitlines())).strip()


@dataclass(frozen=True, slots=True)
class Line:
    """What is awaited on one marché: `firm` is named to those who are not it."""

    marche: str
    months: Sequence[tuple[date, date]]
    """Month, day on which its statement is due."""
    firm: str = ""

    @property
    def told(self) -> str:
        """« - Gymnase des Acacias : octobre 2026 (attendu le 16 novembre 2026) »."""
        named = f"{self.firm}, {self.marche}" if self.firm else self.marche
        by_due: dict[date, list[str]] = {}
        for month, due in sorted(self.months):
            by_due.setdefault(due, []).append(format_month(month))
        told = " ; ".join(f"{', '.join(months)} (attendu le {format_date(due)})" for due, months in by_due.items())
        return f"- {named} : {told}"


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """The answers given on one marché, month by month: how many, never what they say."""

    marche: str
    months: Sequence[tuple[date, str]]
    firm: str = ""

    @property
    def told(self) -> str:
        """« - Gymnase des Acacias : octobre 2026 (1 acceptée, 2 refusées) »."""
        named = f"{self.firm}, {self.marche}" if self.firm else self.marche
        return f"- {named} : " + " ; ".join(f"{format_month(month)} ({said})" for month, said in sorted(self.months))


def answers_told(accepted: int, declined: int, moot: int) -> str:
    """Return « 2 acceptées, 1 refusée », « 1 sans objet »."""
    told = (
        accepted and f"{accepted} acceptée{'s' * (accepted > 1)}",
        declined and f"{declined} refusée{'s' * (declined > 1)}",
        moot and f"{moot} sans objet",
    )
    return ", ".join(one for one in told if one)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a letter: its text, its lines, what comes next."""

    text: LetterText
    lines: Sequence[Line | AnswerLine]
    then: tuple[ReminderStep, date] | None = None


_NEXT = {
    ReminderStep.BEFORE: "Un rappel vous sera adressé le {day}.",
    ReminderStep.AFTER: "Sans relevé, une relance vous sera adressée le {day}.",
    ReminderStep.FACILITATOR: "Sans réponse, votre facilitateur reprendra contact le {day}.",
    ReminderStep.BUYER: "Sans réponse, le maître d'ouvrage sera prévenu le {day}.",
}


def announced(then: tuple[ReminderStep, date] | None) -> str:
    """Return the sentence that announces the next step; "" when nothing more comes."""
    return _NEXT.get(then[0], "").format(day=format_date(then[1])) if then else ""


def compose(
    parts: Iterable[Part], texts: Mapping[LetterText, Wording], *, organisme: str, structure: str
) -> Wording:
    """Return the subject and the text of a letter, the most pressing part first. `{adresse}` stays: see the sending."""
    told = sorted(parts, key=lambda part: ORDER.index(part.text))
    named = {"organisme": organisme, "structure": structure}
    bodies = []
    for part in told:
        text = (texts.get(part.text) or USUAL[part.text]).body
        if part is not told[-1]:  # the address is given once, at the end
            text = "\n".join(line for line in text.splitlines() if ADDRESS not in line)
        lines = "\n".join(line.told for line in part.lines)
        bodies.append(fill(text, {**named, "marches": lines, "suite": announced(part.then)}))
    body = "\n\n".join(bodies)
    first = told[0].text
    subject = fill((texts.get(first) or USUAL[first]).subject, named)
    return Wording(subject, body if ADDRESS in body else f"{body}\n\nPour répondre : {ADDRESS}")


def masked(email: str) -> str:
    """Return addresses as those who did not type them may read them: « c…@bati.fr »."""
    return ", ".join(_masked(one) for one in addresses_in(email))[:MOST_MASKED]


def _masked(email: str) -> str:
    name, _, domain = email.partition("@")
    return f"{name[:1]}…@{domain}"


def addresses_in(email: str) -> list[str]:
    """Return the addresses of a letter one by one."""
    return [one.strip() for one in email.split(",") if one.strip()]


def members_address(addresses: Sequence[str], *, dead: Collection[str]) -> str:
    """Return where a letter goes when no contact is known: to these members together, but those in error."""
    return ", ".join(one for one in addresses if one.lower() not in dead)


def best_address(addresses: Sequence[str], *, dead: Collection[str]) -> str:
    """Return the address that the most marchés of a day name, the first noted of two; "" when all are in error."""
    alive = [one for one in addresses if one and one.lower() not in dead]
    counts = {one: sum(other.lower() == one.lower() for other in alive) for one in alive}
    return max(alive, key=lambda one: (counts[one], -alive.index(one)), default="")
