"""A régie de quartier is a kind of body: until now it was noted « association »."""

from typing import ClassVar

from django.db import migrations, models

KINDS = [
    ("plie", "PLIE"),
    ("mde", "maison de l'emploi"),
    ("municipality", "commune"),
    ("intermunicipal", "communauté de communes ou d'agglomération"),
    ("metropolis", "métropole"),
    ("department", "département"),
    ("region", "région"),
    ("state", "service de l'État"),
    ("landlord", "bailleur social"),
    ("hospital", "établissement de santé"),
    ("association", "association"),
    ("company", "entreprise"),
    ("aci", "atelier et chantier d'insertion"),
    ("ai", "association intermédiaire"),
    ("ei", "entreprise d'insertion"),
    ("etti", "entreprise de travail temporaire d'insertion"),
    ("ett", "entreprise de travail temporaire"),
    ("geiq", "GEIQ"),
    ("ea", "entreprise adaptée"),
    ("esat", "ESAT"),
    ("regie", "régie de quartier ou de territoire"),
    ("local_mission", "mission locale"),
    ("france_travail", "France Travail"),
    ("cap_emploi", "Cap emploi"),
    ("other", "autre organisme"),
]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access", "0012_asked_often")]
    operations: ClassVar = [
        migrations.AlterField(
            "organisation",
            "body_kind",
            models.CharField("type d'organisme", max_length=20, default="other", choices=KINDS),
        ),
        migrations.RemoveConstraint("organisation", "organisation_body_kind_known"),
        migrations.AddConstraint(
            "organisation",
            models.CheckConstraint(
                condition=models.Q(body_kind__in=[kind for kind, _ in KINDS]),
                name="organisation_body_kind_known",
                violation_error_message="Type d'organisme inconnu.",
            ),
        ),
    ]
