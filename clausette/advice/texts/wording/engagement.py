"""Texts of the engagement: annexe « Engagement d'insertion », cadre de réponse de l'entreprise."""

from clausette.advice.texts.blocks import Signatures, Text, facts, heading, items, items_of, para, table, when
from clausette.advice.texts.wording.consultation import LOTS

ANNEX = Text(
    "Engagement d'insertion",
    "Annexe à l'acte d'engagement",
    "2026.1",
    (
        facts(
            ("Marché", "{{ objet }}"),
            ("Numéro", "{{ numero }}"),
            ("Maître d'ouvrage", "{{ acheteur }}"),
            ("Fondement", "{{ article_levier }}"),
            ("Facilitateur", "{{ structure }}, {{ facilitateur }}, {{ coordonnees }}"),
        ),
        heading("Volume d'insertion"),
        para("Le titulaire s'engage à réaliser, pendant l'exécution du marché, au moins le volume suivant :"),
        LOTS,
        heading("Publics éligibles"),
        para("Sont éligibles les personnes recrutées et accompagnées dans une structure reconnue par l'État :"),
        items_of("publics_reconnus", "{{ ligne.libelle }}"),
        para("Sont aussi éligibles les personnes éloignées de l'emploi suivantes :"),
        items_of("publics_eloignes", "{{ ligne.libelle }}"),
        para(
            "Le facilitateur vérifie l'éligibilité avant la mise à l'emploi. Le titulaire lui transmet le nom "
            "de la personne et le type de contrat de travail envisagé. Le facilitateur répond « éligible » ou "
            "« non éligible », sans dire à l'entreprise la situation personnelle qui fonde sa réponse."
        ),
        heading("Heures comptées"),
        items(
            "les heures de travail effectuées pour l'exécution du marché, à partir de la décision d'éligibilité ;",
            "les heures des salariés en parcours des structures d'insertion, hors personnel d'encadrement ;",
            "les heures de formation, dans les conditions acceptées par écrit par le maître d'ouvrage.",
        ),
        para(
            "Les congés, les absences, les intempéries et les stages ne sont pas comptés. Les heures d'une "
            "même personne comptent pendant {{ validite }} à partir de sa première heure, tous marchés "
            "confondus."
        ),
        heading("Modalités de réalisation"),
        para(
            "Le titulaire choisit librement entre l'embauche directe, la mise à disposition de personnel et "
            "la sous-traitance ou la cotraitance avec une structure d'insertion, une entreprise adaptée ou un "
            "ESAT. Il peut combiner ces modalités et en changer en cours de marché, après en avoir informé le "
            "facilitateur. Intérim classique : {{ interim }}."
        ),
        heading("Suivi"),
        para(
            "Le titulaire transmet un relevé d'heures {{ periodicite }}, au plus tard le {{ jour_releve }} du "
            "mois suivant, même lorsqu'aucune heure n'a été réalisée. Une réunion de lancement est tenue avec "
            "le facilitateur. Un point d'étape est adressé au maître d'ouvrage pendant le marché et un bilan "
            "à son terme."
        ),
        heading("Données personnelles"),
        para(
            "Le facilitateur et le titulaire ne recueillent que les renseignements nécessaires au suivi de "
            "l'engagement et en informent les personnes. Le maître d'ouvrage reçoit des totaux, jamais la "
            "situation d'une personne."
        ),
        Signatures(("Le titulaire", "Le maître d'ouvrage")),
    ),
)

_WAYS = (
    "Embauche directe : CDI, CDD, alternance",
    "Mise à disposition : ETTI, AI, GEIQ, EATT",
    "Sous-traitance ou cotraitance : EI, ACI, régie de quartier",
    "Sous-traitance ou cotraitance : entreprise adaptée, ESAT",
)
RESPONSE = Text(
    "Cadre de réponse « Insertion »",
    "À compléter par le candidat, un cadre par lot",
    "2026.1",
    (
        facts(
            ("Marché", "{{ objet }}"),
            ("Maître d'ouvrage", "{{ acheteur }}"),
            ("Candidat", ""),
            ("Correspondant insertion : nom, téléphone, courriel", ""),
        ),
        heading("Engagement en heures"),
        table(
            ("Lot", "Intitulé", "Volume minimal", "Volume proposé"),
            ("{{ ligne.numero }}", "{{ ligne.intitule }}", "{{ ligne.volume }}", ""),
            over="lots",
            widths=(2, 6, 4, 3),
        ),
        heading("Modalités envisagées"),
        para("Cochez une ou plusieurs modalités : aucune n'est imposée, et le choix peut changer pendant le marché."),
        table(
            ("Modalité", "Heures prévues", "Structure partenaire pressentie"),
            *((way, "", "") for way in _WAYS),
            widths=(6, 3, 5),
        ),
        heading("Travail confié aux personnes"),
        table(
            ("Tâches ou postes", "Période", "Nombre de personnes"),
            ("", "", ""),
            ("", "", ""),
            ("", "", ""),
            widths=(7, 4, 3),
            fill=True,
        ),
        heading("Accueil, encadrement, formation, suites"),
        facts(
            ("Accueil et sécurité sur le chantier ou le site", ""),
            ("Personne qui encadre, sa disponibilité", ""),
            ("Formation prévue, durée, organisme", ""),
            ("Suites possibles à la fin du contrat de travail", ""),
            ("Suivi des heures et transmission des relevés", ""),
            fill=True,
        ),
        when(
            "critere",
            para(
                "Ce cadre sert à juger le critère relatif à l'insertion ({{ article_critere }}). Décrivez ce "
                "qui sera fait pour ce marché : la politique générale de l'entreprise n'est pas prise en "
                "compte."
            ),
        ),
        Signatures(("Le candidat : date et signature",)),
    ),
)
