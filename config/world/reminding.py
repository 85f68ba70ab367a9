"""The reminders of the last weeks: letters of three mornings, one that came back, one firm put off."""

from datetime import timedelta

from clausette.agenda.operations import mark_sent, note_failure, postpone, set_ladder, write_letter
from clausette.agenda.queries import ladder_of, late_firms
from clausette.agenda.queries.letters import waiting_letters
from clausette.agenda.queries.planned import planned_letters
from clausette.agenda.rules import Rung
from clausette.reference.rules import next_working_day
from config.world.stage import Stage, at

MORNINGS = (14, 6, 0)
"""Days before the end of the world."""


def remind(stage: Stage) -> None:
    """Tell the mornings of the PLIE; its maîtres d'ouvrage are told too."""
    end = stage.calendar.as_of
    with stage.structure("plie") as actor:
        start = end - timedelta(days=30)
        usual = ladder_of(actor=actor, on=start)
        set_ladder(actor=actor, rungs=[Rung(one.step, one.days, is_on=True) for one in usual], on=start)
        for before in MORNINGS:
            on = min(next_working_day(end - timedelta(days=before)), end)
            for planned in planned_letters(actor=actor, on=on):
                if planned.email:
                    write_letter(actor=actor, planned=planned, on=on)
            for line in waiting_letters(actor=actor, on=on):
                mark_sent(actor=actor, uid=line.uid, at=at(on))
        firms = [one for one in late_firms(actor=actor, on=end) if one.last is not None]
        if firms and firms[0].last is not None:
            said = "Retour du serveur : adresse inconnue."
            note_failure(actor=actor, uid=firms[0].last.uid, on=end, reason=said)
        if len(firms) > 1:
            said = "Le comptable revient de congés la semaine prochaine."
            postpone(actor=actor, firm_uid=firms[-1].firm_uid, until=end + timedelta(days=8), reason=said, on=end)
