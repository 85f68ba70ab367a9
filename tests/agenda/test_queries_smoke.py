import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clausette.agenda.queries import *
from tests.agenda.builders import filled
from tests.hats import TODAY, acting, sign_in, as_owner
from tests.world import demonstration

pytestmark = pytest.mark.django_db


def test_smoke(client: Client) -> None:
    w = filled()
    demonstration()
    for who in (w.pilot, w.buyer, w.firm, w.etti, w.stranger):
        with as_owner():
            sign_in(client, who.account_id)
        paths = ["", "?bloc=suite", "?complet=1", "recherche/?q=gym", "recherche/?q=lemaire", "documents/"]
        if who in (w.pilot, w.stranger):
            paths += ["tableau-de-suivi/", "tableau-de-suivi.csv", "tableau-de-suivi.xlsx"]
        if who is w.pilot:
            paths += [f"engagements/{w.commitment.uid}/attestation/"]
        for path in paths:
            with CaptureQueriesContext(connection) as queries:
                response = client.get(f"/o/{who.slug}/{path}")
            print(who.account_name, path, response.status_code, len(queries))
            if path == "" and who is w.pilot:
                for q in queries: print("   ", q["sql"][:150], q["time"])
            assert response.status_code in (200, 403), response.content.decode()[:3000]
