"""Addresses of the hours area, under `/o/<slug>/`."""

from datetime import date

from django.urls import include, path, register_converter

from clausette.web.hours.views import (
    collective,
    confirming,
    correcting,
    credit,
    evidence,
    grid,
    lines,
    listing,
    month,
    openings,
    outside,
    printed,
    priors,
    proposals,
    reopening,
    reporting,
    splitting,
    statement,
    taking_back,
    unlisted,
    waiting,
    year,
)


class YearMonth:
    """« 2026-10 » in an address: the first day of that month."""

    regex = r"20[0-9]{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        """Return the first day of the month."""
        return date(int(value[:4]), int(value[5:]), 1)

    def to_url(self, value: date) -> str:
        """Return « 2026-10 »."""
        return f"{value:%Y-%m}"


register_converter(YearMonth, "month")

app_name = "hours"

urlpatterns = [
    path("heures/", listing.statements, name="list"),
    path("heures/annee/", year.year, name="year"),
    path("heures/hors-des-regles/", outside.all_outside, name="all_outside"),
    path("heures/a-valider/", waiting.desk, name="waiting"),
    path("heures/a-confirmer/", confirming.confirm, name="confirm"),
    path("heures/valider/", waiting.validate_many, name="validate_many"),
    path("fichiers-d-heures/", include("clausette.web.hourfiles.urls")),
    path("heures/<uuid:uid>/", statement.show, name="statement"),
    path("heures/<uuid:uid>/valider/", statement.validate, name="validate"),
    path("heures/<uuid:uid>/transmettre/", statement.submit, name="submit"),
    path("heures/<uuid:uid>/reprendre/", taking_back.take_back_month, name="take_back"),
    path("heures/<uuid:uid>/releve.pdf", printed.statement_paper, name="statement_paper"),
    path("heures/<uuid:uid>/renvoyer/", statement.send_back, name="return"),
    path("heures/<uuid:uid>/rouvrir/", reopening.ask, name="reopen"),
    path("reouvertures/<uuid:uid>/", reopening.decide, name="decide_reopening"),
    path("reouvertures/<uuid:uid>/retirer/", reopening.cancel, name="cancel_reopening"),
    path("heures/<uuid:uid>/ajouter/", correcting.add, name="add"),
    path("heures/<uuid:uid>/piece/", statement.join, name="join"),
    path("marches/<uuid:uid>/grille/", grid.type_hours, name="grid"),
    path("marches/<uuid:uid>/mois/<month:month>/", month.declare, name="month"),
    path("marches/<uuid:uid>/mois/<month:month>/releve.pdf", printed.month_paper, name="month_paper"),
    path("marches/<uuid:uid>/heures-non-nominatives/", collective.attest, name="attest"),
    path("marches/<uuid:uid>/formation-avant-embauche/", priors.declare, name="declare_prior"),
    path("lignes/<uuid:uid>/formation-avant-embauche/retirer/", priors.remove, name="remove_prior"),
    path("heures-non-nominatives/<uuid:uid>/retirer/", collective.remove, name="remove_collective"),
    path("heures-non-nominatives/<uuid:uid>/corriger/", collective.correct, name="correct_collective"),
    path("engagements/<uuid:uid>/heures-reprises/", openings.taken_over, name="openings"),
    path("engagements/<uuid:uid>/hors-des-regles/", outside.outside, name="outside"),
    path("engagements/<uuid:uid>/structure-declarante/", reporting.reported_by, name="reporting"),
    path("actes/<uuid:uid>/heures/", credit.credit, name="credit"),
    path("reprises/<uuid:uid>/retirer/", openings.withdraw, name="withdraw_opening"),
    path("lignes/", lines.behind, name="lines"),
    path("lignes/<uuid:uid>/corriger/", correcting.correct, name="correct"),
    path("lignes/<uuid:uid>/proposer/", proposals.propose, name="propose"),
    path("heures/<uuid:uid>/corrections-proposees/", proposals.accept_all, name="accept_proposals"),
    path("corrections-proposees/<uuid:uid>/", proposals.answer, name="answer_proposal"),
    path("corrections-proposees/<uuid:uid>/retirer/", proposals.withdraw, name="withdraw_proposal"),
    path("lignes/<uuid:uid>/reserve/", correcting.settle, name="settle"),
    path("mises-a-l-emploi/<uuid:uid>/repartition/", splitting.split, name="split"),
    path("confirmations/<uuid:uid>/trancher/", confirming.decide, name="decide"),
    path("personnes-a-rapprocher/<uuid:uid>/", unlisted.settle, name="unlisted"),
    path("pieces/<uuid:uid>/", evidence.download, name="evidence"),
]
