"""What the rules of eligibility answer, in words: for one person or for a situation without a name."""

from datetime import date

from clausette.kernel.french import format_date, format_number, plural
from clausette.participants.enums import NoteKind
from clausette.participants.queries import FrozenLine, HomeKnown, NoteLine, SituationKnown
from clausette.participants.rules import LEVELS, Answer, Criterion, age_at
from clausette.web.components.badges import Badge
from clausette.web.components.lists import Fact, Facts


def missing_papers(found: Answer) -> list[str]:
    """What the public the most solid still asks for."""
    return list(found.retained.missing) if found.retained else []


def answer_context(found: Answer) -> dict[str, object]:
    """The answer, ready to show: badge, sentence, publics with what they ask, refusals."""
    return {
        "answer": _badge(found),
        "answer_sentence": _sentence(found),
        "answer_open": [(one.row.label, _asked(one)) for one in found.criteria if not one.refusal],
        "answer_refusals": found.refusals,
    }


def _badge(found: Answer) -> Badge:
    if found.verdict == "eligible":
        return Badge("Éligible", "ok")
    if found.verdict == "incomplete":
        return Badge("À compléter", "wait")
    return Badge("Aucun public reconnu à ce jour", "neutral")


def _sentence(found: Answer) -> str:
    if found.retained is None:
        return "Vérifiez les situations cochées et les dates, ou demandez l'avis motivé d'un prescripteur."
    told = f"Public le plus solide : {found.retained.row.label}."
    if found.until is None:
        return told
    return f"{told} Valable pour une embauche jusqu'au {format_date(found.until)}."


def _asked(one: Criterion) -> tuple[str, ...]:
    return one.missing or ("Pièce vue, rien d'autre à demander.",)


def home_sentence(home: HomeKnown | None) -> str:
    """« Habite un quartier prioritaire : QN00101M (saisi, par Nadia Berthier, le 28 novembre 2026). »"""
    if home is None:
        return "Quartier prioritaire : pas encore cherché."
    by = f", par {home.told_by}" if home.told_by else ""
    how = f"{home.means.label[0].lower()}{home.means.label[1:]}{by}, le {format_date(home.known_on)}"
    if not home.in_district:
        return f"Hors quartier prioritaire ({how})."
    codes = " et ".join(code for code in (home.district_2024, home.district_2015) if code)
    return f"Habite un quartier prioritaire : {codes or 'code non connu'} ({how})."


def kept_with_decision(born_on: date, known: SituationKnown, today: date) -> list[str]:
    """What a decision of today will freeze of what is known already: shown to who decides, beside the button."""
    told = [f"Âge : {plural(age_at(born_on, today), 'an')}.", home_sentence(known.home)]
    if known.level:
        told.append(f"Niveau de formation : {LEVELS.get(known.level, known.level)}.")
    if known.registered_on is not None:
        told.append(f"Inscription à France Travail depuis le {format_date(known.registered_on)}.")
    return told


def frozen_facts(said: FrozenLine) -> Facts:
    """The facts of the day of a decision, those that nobody said left out."""
    told = {
        "Âge": plural(said.age, "an") if said.age is not None else "",
        "Niveau de formation": said.level_words,
        "Quartier prioritaire": _district(said),
        "Inscription à France Travail": _registered(said),
        "Mois travaillés sur douze": "" if said.months_worked is None else format_number(said.months_worked),
        "Déjà salarié de l'entreprise": _yes(said.already_employed),
        "Règles appliquées": said.rule_version,
    }
    return Facts([Fact(term, value) for term, value in told.items() if value])


def _district(said: FrozenLine) -> str:
    codes = " et ".join(code for code in (said.district_2024, said.district_2015) if code)
    return codes or _yes(said.in_district)


def _registered(said: FrozenLine) -> str:
    if said.registered_on is None or said.months_registered is None:
        return ""
    return f"{format_date(said.registered_on)}, {plural(said.months_registered, 'mois', 'mois')}"


def _yes(said: bool | None) -> str:
    return "" if said is None else "oui" if said else "non"


def opinion_facts(note: NoteLine) -> Facts:
    """A reasoned opinion, or what is awaited."""
    if note.kind == NoteKind.TOLD:
        return Facts([Fact(f"Dit à l'orientation le {format_date(note.dated_on)}", note.text)])
    if note.kind == NoteKind.AWAITED:
        return Facts([Fact(f"Ce qui manquait le {format_date(note.dated_on)}", note.text)])
    author = ", ".join(one for one in (note.author, note.body) if one)
    return Facts([Fact("Avis motivé", note.text, help=f"{author}, le {format_date(note.dated_on)}".lstrip(", "))])


def together(*blocks: Facts) -> Facts:
    """One list of several."""
    return Facts([fact for block in blocks for fact in block.facts])
