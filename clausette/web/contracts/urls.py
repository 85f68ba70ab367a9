"""Addresses of the contracts area, under `/o/<slug>/`."""

from django.urls import path

from clausette.web.contracts.views import acts, commitment, contract, firms, lists, parties, shortfall

app_name = "contracts"

urlpatterns = [
    path("marches/", lists.contracts, name="list"),
    path("marches/nouveau/", contract.create, name="create"),
    path("marches/<uuid:uid>/", contract.show, name="show"),
    path("marches/<uuid:uid>/modifier/", contract.change, name="change"),
    path("marches/<uuid:uid>/lots/", contract.lots, name="add_lots"),
    path("marches/<uuid:uid>/etat/", contract.move, name="move"),
    path("marches/<uuid:uid>/attribution/", parties.award_contract, name="award"),
    path("attributions/<uuid:uid>/terminer/", acts.end_award, name="end_award"),
    path("marches/<uuid:uid>/avenants/nouveau/", acts.amend, name="amend"),
    path("marches/<uuid:uid>/sous-traitants/nouveau/", acts.admit, name="admit"),
    path("marches/<uuid:uid>/partage/", parties.share, name="share"),
    path("marches/<uuid:uid>/partage/<uuid:structure>/retirer/", parties.revoke, name="revoke"),
    path("marches/<uuid:uid>/engagements/nouveau/", commitment.create, name="create_commitment"),
    path("engagements/<uuid:uid>/", commitment.show, name="commitment"),
    path("engagements/<uuid:uid>/version/", commitment.version, name="add_version"),
    path("engagements/<uuid:uid>/solde/", acts.close, name="close_commitment"),
    path("engagements/<uuid:uid>/courbe.svg", commitment.curve, name="curve"),
    path("engagements/<uuid:uid>/simulation/", shortfall.simulate, name="shortfall"),
    path("entreprises/", firms.firms, name="firms"),
    path("entreprises/<uuid:uid>/", firms.firm, name="firm"),
    path("maitres-d-ouvrage/", firms.buyers, name="buyers"),
    path("maitres-d-ouvrage/<uuid:uid>/", firms.buyer, name="buyer"),
]
