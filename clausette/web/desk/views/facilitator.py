"""The blocks of a facilitator's day, each with its count, since when, and one button a line."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.http import HttpRequest
from django.middleware.csrf import get_token

from clausette.agenda.queries import (
    Ending,
    FacilitatorDay,
    FacilitatorNext,
    Publics,
    PublicToValidate,
    WaitingStatements,
    Worst,
    day_of_facilitator,
    rest_of_facilitator,
)
from clausette.hours.queries import StatementLine
from clausette.imports.queries import proposed_matches, waiting_changes
from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.french import (
    format_date,
    format_hours,
    format_month,
    format_percent,
    plural,
)
from clausette.participants.queries import waiting_referrals
from clausette.participants.rules import by_whom
from clausette.procurement.queries import asked_waiting
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import LinkButton, PostButton
from clausette.web.components.lists import NextAction, NextActions
from clausette.web.desk.views.apart import apart_block
from clausette.web.desk.views.asked import asked_block
from clausette.web.desk.views.changed import changed_block
from clausette.web.desk.views.common import year_figure
from clausette.web.desk.views.matched import matched_block
from clausette.web.desk.views.opinions import opinions_block, opinions_of
from clausette.web.desk.views.paths import paths_block
from clausette.web.desk.views.received import received_block
from clausette.web.desk.views.silent import silent_block, silent_of
from clausette.web.desk.words import ahead, href, long_date, months_named, since, things
from clausette.web.hours.views.proposed import proposals_block
from clausette.web.hours.views.reopened import reopenings_block
from clausette.web.reminders.views.firms import chase_block

SEVEN = 7
ZERO = Decimal(0)


def context(request: HttpRequest, actor: Actor) -> dict[str, object]:
    """The page, without what the controls say: that comes right after (or at once with ?complet=1)."""
    on = clock.today()
    day, changed = day_of_facilitator(actor=actor, on=on), waiting_changes(actor=actor)
    silent, referred = silent_of(actor, on), waiting_referrals(actor=actor)
    reopened, proposed = reopenings_block(actor), proposals_block(actor)
    count = day.count + len(changed) + len(silent) + len(referred) + reopened.total + proposed.total
    note_reading(request, ReadingKind.IDENTITY, [one.participant_uid for one in day.publics.rows])
    note_reading(request, ReadingKind.IDENTITY, [one.uid for one in referred[:SEVEN]])
    note_reading(request, ReadingKind.REASONS, [one.participant_uid for one in day.publics.rows if one.awaited])
    # nothing is said to wait before all was read, and who has no contract yet asks for nothing afterwards
    whole = "complet" in request.GET or not (count and day.followed)
    rest_now = _rest(request, actor, on) if whole else None
    waiting = (
        _waiting_blocks(request, actor, rest_now, on) if rest_now else [_waiting(actor, day.waiting, on)]
    )
    endings = _last(request, actor, rest_now, on) if rest_now else []
    count = count or sum(block.count for block in endings)
    return {
        "heading": f"Bonjour. {things(count)}.",
        "today": long_date(on),
        "running": plural(day.running, "engagement en cours", "engagements en cours"),
        "started": day.followed > 0,
        "before": _shown([_publics(actor, day.publics, on), received_block(actor, referred, on), reopened, proposed]),
        "waiting": _shown(waiting),
        "after": _shown(
            [
                _missing(actor, day.missing),
                silent_block(actor, silent, on),
                changed_block(actor, changed, on),
                _difficult(actor, day.difficult),
            ]
        ),
        "endings": endings,
        "deferred": not whole,
        "nothing": count == 0,
        "year": year_figure(actor, day.year),
        "shortcuts": _shortcuts(actor, day),
    }


def rest(request: HttpRequest, actor: Actor) -> tuple[str, dict[str, object]]:
    """The part read after the page: statements with the remarks of the controls, and what ends soon."""
    on = clock.today()
    found = _rest(request, actor, on)
    return "desk/day_facilitateur.html#suite", {
        "waiting": _shown(_waiting_blocks(request, actor, found, on)),
        "endings": _last(request, actor, found, on),
    }


def _last(request: HttpRequest, actor: Actor, found: FacilitatorNext, on: date) -> list[NextActions]:
    """What is read last: the published records to answer, the opinions to give, what ends soon, paths to follow."""
    blocks = [
        chase_block(actor, on),
        matched_block(actor, proposed_matches(actor=actor)),
        opinions_block(actor, opinions_of(actor, on), on),
        asked_block(actor, asked_waiting(actor=actor), on),
        apart_block(actor, found.apart, on),
        _endings(actor, found.endings, on),
        paths_block(request, actor, on),
    ]
    return _shown(blocks)


def _shown(blocks: Sequence[NextActions]) -> list[NextActions]:
    return [block for block in blocks if block.rows]


def _publics(actor: Actor, people: Publics, on: date) -> NextActions:
    rows = [
        NextAction(
            one.name,
            _work(one, on),
            since(one.since, on),
            one.reason
            or _missing_words(one)
            or (f"Orientation par {by_whom(one.referred_by)}" if one.referred_by else ""),
            href(actor, "people:show", uid=one.participant_uid),
            late=False,
            badge=_starting(one, on),
            action=LinkButton(
                "Vérifier", href(actor, "people:check", uid=one.participant_uid), "secondary", about=one.name
            ),
        )
        for one in people.rows
    ]
    beyond = people.count > len(people.rows)
    more = href(actor, "people:list", query={"verification": "a_verifier"}) if beyond else ""
    return NextActions("Publics à valider", rows, "qui commence en premier", people.count, more)


def _missing_words(one: PublicToValidate) -> str:
    return f"À compléter : {', '.join(one.awaited.splitlines())}" if one.awaited else ""


def _work(one: PublicToValidate, on: date) -> str:
    if one.starts_on is None:
        return ""
    verb = "commence" if one.starts_on >= on else "a commencé"
    return f"{verb} {ahead(one.starts_on, on)} chez {one.employer_name}"


def _starting(one: PublicToValidate, on: date) -> Badge | None:
    if one.starts_on is None:
        return None
    days = (one.starts_on - on).days
    if days < 0:
        return Badge("déjà au travail", "danger")
    return Badge("embauche proche", "warn") if days <= 7 else None


def _waiting(actor: Actor, statements: WaitingStatements, on: date) -> NextActions:
    rows = [
        NextAction(
            one.declarant_name,
            f"{format_month(one.month)}, {'aucune heure' if one.is_nil else format_hours(one.hours)}",
            since(one.submitted_at, on) if one.submitted_at else "",
            one.contract_name,
            href(actor, "hours:statement", uid=one.uid),
            action=LinkButton(
                "Contrôler",
                href(actor, "hours:statement", uid=one.uid),
                "secondary",
                about=f"{format_month(one.month)}, {one.declarant_name}",
            ),
        )
        for one in statements.rows
    ]
    hint = format_hours(statements.hours) if rows else ""
    return NextActions("Relevés à valider", rows, hint, statements.count, _all_waiting(actor, statements.count))


def _all_waiting(actor: Actor, count: int) -> str:
    return href(actor, "hours:waiting") if count > SEVEN else ""


def _waiting_blocks(
    request: HttpRequest, actor: Actor, found: FacilitatorNext, on: date
) -> list[NextActions]:
    clean = [one for one in found.waiting if one.is_clean]
    others = [one for one in found.waiting if not one.is_clean]
    blocks = [
        NextActions(
            "Relevés à valider, avec remarque",
            [_statement(request, actor, one, on) for one in others[:SEVEN]],
            format_hours(sum((one.hours for one in others), start=ZERO)),
            len(others),
            _all_waiting(actor, len(others)),
        )
    ]
    rows = [_statement(request, actor, one, on) for one in clean[: SEVEN - 1 if len(clean) > 1 else SEVEN]]
    if len(clean) > 1:
        rows.insert(0, _all_clean(request, actor, clean))
    hours = format_hours(sum((one.hours for one in clean), start=ZERO))
    blocks.append(
        NextActions(
            "Relevés à valider, sans remarque", rows, hours, len(clean), _all_waiting(actor, len(clean))
        )
    )
    return blocks


def _all_clean(request: HttpRequest, actor: Actor, clean: Sequence[StatementLine]) -> NextAction:
    """Two clicks for all: this one, and no other."""
    return NextAction(
        f"{plural(len(clean), 'relevé')} sans remarque",
        format_hours(sum((one.hours for one in clean), start=ZERO)),
        detail="Chaque contrôle est passé, rien n'a été relevé.",
        action=PostButton(
            "Valider tout",
            href(actor, "hours:validate_many"),
            "primary",
            about="ce qui est sans remarque",
            fields={"releves": ",".join(str(one.uid) for one in clean)},
            token=get_token(request),
        ),
    )


def _statement(request: HttpRequest, actor: Actor, one: StatementLine, on: date) -> NextAction:
    told = f"{format_month(one.month)}, {one.declarant_name}"
    address = href(actor, "hours:statement", uid=one.uid)
    people = "aucune heure" if one.is_nil else f"{plural(one.people, 'personne')}, {format_hours(one.hours)}"
    return NextAction(
        one.declarant_name,
        f"{format_month(one.month)}, {people}",
        since(one.submitted_at, on) if one.submitted_at else "",
        one.contract_name,
        address,
        _remarks(one),
        action=PostButton(
            "Valider",
            href(actor, "hours:validate", uid=one.uid),
            "secondary",
            about=told,
            fields={"version": str(one.version)},
            token=get_token(request),
        )
        if one.is_clean
        else LinkButton("Contrôler", address, "secondary", about=told),
    )


def _remarks(one: StatementLine) -> Badge:
    stops = len({remark.code for remark in one.remarks if remark.stops})
    if stops:
        return Badge(plural(stops, "erreur"), "danger")
    asks = len({remark.code for remark in one.remarks if remark.asks})
    if asks:
        return Badge(f"{plural(asks, 'point')} à justifier", "warn")
    if one.apart.people:
        return Badge(f"{plural(one.apart.people, 'personne')} à rapprocher", "warn")
    return Badge("sans remarque", "ok")


def _missing(actor: Actor, found: Worst) -> NextActions:
    shown = [
        NextAction(
            row.contractor_name,
            f"{months_named(row.late_months)} : relevé non reçu",
            f"{plural(row.days_late, 'jour')} de retard",
            " · ".join(part for part in (row.contract_name, row.lot) if part),
            href(actor, "contracts:commitment", uid=row.uid),
            late=True,
            action=LinkButton(
                "Ouvrir la grille",
                href(actor, "hours:grid", uid=row.contract_uid),
                "secondary",
                about=f"{row.contract_name}, {row.contractor_name}",
            ),
        )
        for row in found.rows
    ]
    more = href(actor, "desk:board", query={"tri": "releve"}) if found.count > len(found.rows) else ""
    return NextActions("Relevés manquants", shown, "le plus ancien d'abord", found.count, more)


def _difficult(actor: Actor, found: Worst) -> NextActions:
    shown = [
        NextAction(
            row.contract_name,
            f"il reste {format_hours(row.progress.remaining or ZERO)}",
            f"terme {ahead(row.ends_on, row.as_of)}",
            " · ".join(part for part in (row.lot, row.contractor_name) if part),
            href(actor, "contracts:commitment", uid=row.uid),
            Badge(
                f"{format_percent(row.progress.raw or ZERO, places=0)} réalisé, "
                f"{format_percent(row.elapsed, places=0)} du temps",
                "warn",
            ),
            action=LinkButton(
                "Voir",
                href(actor, "contracts:commitment", uid=row.uid),
                "secondary",
                about=f"{row.contract_name}, {row.contractor_name}",
            ),
        )
        for row in found.rows
    ]
    more = href(actor, "desk:board", query={"difficulte": "on"}) if found.count > len(found.rows) else ""
    hint = "plus de 20 points entre le temps écoulé et le réalisé"
    return NextActions("Engagements en difficulté", shown, hint, found.count, more)


def _rest(request: HttpRequest, actor: Actor, on: date) -> FacilitatorNext:
    """What is read after the first blocks; the names it shows are noted as read."""
    found = rest_of_facilitator(actor=actor, on=on)
    note_reading(request, ReadingKind.IDENTITY, [one.participant_uid for one in found.endings[:SEVEN]])
    return found


def _endings(actor: Actor, endings: Sequence[Ending], on: date) -> NextActions:
    shown = [
        NextAction(
            one.name,
            {"mission": f"fin chez {one.detail}"}.get(one.what, f"fin de {one.what}"),
            ahead(one.ends_on, on),
            format_date(one.ends_on)
            if one.what == "mission"
            else f"{format_date(one.ends_on)}, {one.detail}",
            href(actor, "people:show", uid=one.participant_uid),
            action=_end_button(actor, one),
        )
        for one in endings[:SEVEN]
    ]
    more = href(actor, "people:list", query={"travail": "en_poste"}) if len(endings) > SEVEN else ""
    return NextActions(
        "Fins dans les 30 jours", shown, "missions, validités, heures comptées", len(endings), more
    )


def _end_button(actor: Actor, one: Ending) -> LinkButton:
    """A work contract that ends is prolonged from here: a click, a date, a click."""
    if one.placement_uid is None:
        return LinkButton(
            "Voir", href(actor, "people:show", uid=one.participant_uid), "secondary", about=one.name
        )
    address = href(actor, "people:prolong", uid=one.placement_uid)
    return LinkButton("Prolonger", address, "secondary", about=one.name)


def _shortcuts(actor: Actor, day: FacilitatorDay) -> list[LinkButton]:
    named: tuple[tuple[str, str, str], ...] = (
        ("Nouveau marché", "contracts:create", "primary" if day.followed == 0 else "secondary"),
        ("Nouveau participant", "people:create", "secondary"),
    )
    if day.followed == 0:
        named = (
            named[0],
            ("Importer un fichier DECP", "imports:create", "secondary"),
            ("Démarrer avec des marchés en cours", "imports:takeover:start", "secondary"),
        )
    return [
        LinkButton(label, address, style)  # type: ignore[arg-type]  # the literal style is lost in the tuple
        for label, name, style in named
        if (address := href(actor, name))
    ]
