"""`manage rights-erase ID… [--reason request] [--dry-run] --json`: erase persons; one line of JSON for each."""

import json
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clausette.access.queries import facilitator_seats
from clausette.access.rights import named_rights
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, Refusal
from clausette.kernel.jsonlines import Said
from clausette.privacy.enums import ErasureReason
from clausette.privacy.operations import erase_person
from clausette.privacy.queries.erasure import erasure_sheet


class Command(BaseCommand):
    """Erase each person as an administrator of the structure that follows them."""

    help = "Efface les données d'une personne : clé détruite, champs vidés ; --dry-run dit ce qui l'empêche."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("ids", nargs="+", metavar="ID", help="identifiant d'un participant")
        parser.add_argument(
            "--reason", choices=ErasureReason.values, default=ErasureReason.REQUEST.value, help="motif de l'effacement"
        )
        parser.add_argument("--dry-run", action="store_true", help="dit ce qui serait fait, sans rien faire")
        parser.add_argument("--structure", default="", metavar="SLUG", help="structure qui suit la personne")
        parser.add_argument("--account", default="", metavar="ADRESSE", help="compte d'un administrateur")
        parser.add_argument("--json", action="store_true", help="une ligne de JSON par personne")

    def handle(self, *args: object, **options: Any) -> None:
        refused = 0
        for one in options["ids"]:
            said = _erased(one, options)
            refused += not said["ok"]
            self.stdout.write(json.dumps(said, ensure_ascii=False) if options["json"] else _sentence(said))
        if refused and not options["json"]:
            raise CommandError("Rien n'a été effacé pour ces personnes.")


def _erased(asked: str, options: dict[str, Any]) -> Said:
    try:
        uid = UUID(asked)
    except ValueError:
        return {"id": asked, "ok": False, "errors": {"id": "Ce n'est pas un identifiant de participant."}}
    dry = bool(options["dry_run"])
    for seat in facilitator_seats(slug=options["structure"], email=options["account"]):
        try:
            with named_rights(seat.account_id, seat.organisation_id, read_only=dry) as actor:
                if actor.is_admin:
                    return _one(actor, uid, ErasureReason(options["reason"]), dry=dry)
        except Absent:
            continue
        except Refusal as refusal:
            return {"id": asked, "ok": False, "errors": {"": refusal.message}}
    return {"id": asked, "ok": False, "errors": {"id": "Aucune personne de ce numéro."}}


def _one(actor: Actor, uid: UUID, reason: ErasureReason, *, dry: bool) -> Said:
    on = clock.today()
    sheet = erasure_sheet(actor=actor, uid=uid, on=on)
    if not sheet.can_erase:
        raise Absent("participants.Participant")
    kept = {"id": str(uid), "months_of_hours_kept": sheet.months, "dry_run": dry}
    if dry or sheet.refusals:
        return {**kept, "ok": not sheet.refusals, "errors": {"": " ".join(sheet.refusals)} if sheet.refusals else {}}
    erase_person(actor=actor, participant_uid=uid, reason=reason, on=on)
    return {**kept, "ok": True, "erased_on": on.isoformat(), "errors": {}}


def _sentence(said: Said) -> str:
    if not said["ok"]:
        return f"{said['id']} : {' '.join(said['errors'].values())}"
    done = "peut être effacée" if said["dry_run"] else "est effacée"
    return f"{said['id']} : cette personne {done} ; mois d'heures gardés : {said['months_of_hours_kept']}."
