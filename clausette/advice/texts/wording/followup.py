"""Texts after the award and between partners: lettre au titulaire, fiche de lancement, convention."""

from clausette.advice.texts.blocks import Signatures, Text, facts, heading, items, para, table

_OWED = table(
    ("Lot", "Intitulé", "Titulaire", "Engagement d'insertion"),
    ("{{ ligne.numero }}", "{{ ligne.intitule }}", "{{ ligne.titulaire }}", "{{ ligne.volume }}"),
    over="lots",
    widths=(2, 5, 4, 4),
)

LETTER = Text(
    "Votre engagement d'insertion",
    "Lettre au titulaire à la notification du marché",
    "2026.1",
    (
        facts(
            ("Destinataire", "{{ titulaire }}"),
            ("Marché", "{{ objet }}"),
            ("Maître d'ouvrage", "{{ acheteur }}"),
            ("Notifié le", "{{ date_notification }}"),
        ),
        para("Madame, Monsieur,"),
        para(
            "Vous êtes titulaire du marché « {{ objet }} », passé par {{ acheteur }}. Ce marché comporte un "
            "engagement d'insertion professionnelle ({{ article_levier }}) :"
        ),
        _OWED,
        para(
            "{{ structure }} est votre interlocuteur pour réaliser cet engagement. Notre appui est gratuit. "
            "Nous vous présentons les modalités possibles, les structures d'insertion du territoire et des "
            "candidats, nous vérifions l'éligibilité des personnes et nous suivons les heures avec vous."
        ),
        para("Pour bien commencer :"),
        items(
            "désignez un correspondant pour l'insertion et donnez-nous ses coordonnées ;",
            "rencontrons-nous pour préparer le planning et les recrutements : {{ date_reunion }} ;",
            "faites vérifier l'éligibilité de chaque personne avant son premier jour de travail ;",
            "transmettez le relevé des heures {{ periodicite }}, au plus tard le {{ jour_releve }} du mois "
            "suivant.",
        ),
        para(
            "Si une difficulté apparaît, dites-le sans attendre : il est presque toujours possible de trouver "
            "une solution tant que le marché est en cours."
        ),
        para("Nous vous prions d'agréer, Madame, Monsieur, l'expression de nos salutations distinguées."),
        para("{{ facilitateur }}, {{ structure }}, {{ coordonnees }}", right=True),
    ),
)

LAUNCH = Text(
    "Fiche de lancement",
    "Réunion de démarrage de l'action d'insertion",
    "2026.1",
    (
        facts(
            ("Marché", "{{ objet }}"),
            ("Numéro", "{{ numero }}"),
            ("Maître d'ouvrage", "{{ acheteur }}"),
            ("Lieu d'exécution", "{{ lieu }}"),
            ("Notifié le", "{{ date_notification }}"),
            ("Exécution", "du {{ date_debut }} au {{ date_fin }}"),
            ("Réunion", "{{ date_reunion }}"),
            ("Facilitateur", "{{ facilitateur }}, {{ structure }}, {{ coordonnees }}"),
        ),
        heading("Personnes présentes"),
        table(
            ("Nom", "Organisme et fonction", "Téléphone et courriel"),
            ("", "", ""), ("", "", ""), ("", "", ""),
            widths=(4, 5, 5), fill=True,
        ),
        heading("Engagement d'insertion"),
        _OWED,
        heading("Plan de réalisation"),
        table(
            ("Postes ou tâches", "Modalité", "Début", "Fin", "Heures"),
            ("", "", "", "", ""), ("", "", "", "", ""), ("", "", "", "", ""), ("", "", "", "", ""),
            widths=(5, 4, 2, 2, 2), fill=True,
        ),
        heading("Rappels"),
        items(
            "L'éligibilité est vérifiée avant la mise à l'emploi. Aucune heure n'est comptée avant cette "
            "décision.",
            "Les heures d'une personne comptent pendant {{ validite }} à partir de sa première heure.",
            "Le relevé est transmis {{ periodicite }}, au plus tard le {{ jour_releve }} du mois suivant.",
            "Les pièces transmises ne portent ni numéro de sécurité sociale, ni coordonnées bancaires.",
            "Toute difficulté est signalée sans attendre au facilitateur.",
        ),
        heading("Décisions et suites"),
        table(
            ("Quoi", "Qui", "Pour quand"), ("", "", ""), ("", "", ""), ("", "", ""), widths=(7, 4, 3), fill=True
        ),
        Signatures(("Le titulaire", "Le facilitateur")),
    ),
)  # fmt: skip

AGREEMENT = Text(
    "Convention de partenariat",
    "Mise en œuvre de clauses d'insertion professionnelle",
    "2026.1",
    (
        para("Entre {{ acheteur }}, maître d'ouvrage, représenté par la personne habilitée à signer,"),
        para("et {{ structure }}, structure facilitatrice, représentée par la personne habilitée à signer,"),
        para("il est convenu ce qui suit."),
        heading("Article 1. Objet"),
        para(
            "La convention organise l'appui de la structure facilitatrice au maître d'ouvrage pour l'insertion "
            "professionnelle dans ses marchés, et notamment pour « {{ objet }} » ({{ article_levier }})."
        ),
        heading("Article 2. Missions de la structure facilitatrice"),
        items(
            "repérer, parmi les achats prévus, ceux qui se prêtent à une action d'insertion ;",
            "proposer le levier juridique, le volume d'heures et la rédaction des pièces ;",
            "informer les candidats, à égalité, pendant la consultation ;",
            "donner un avis sur le volet insertion des offres, à la demande du maître d'ouvrage ;",
            "accompagner les titulaires et mobiliser les structures d'insertion et les prescripteurs ;",
            "vérifier l'éligibilité des personnes, contrôler les heures, établir les points d'étape et le bilan.",
        ),
        heading("Article 3. Engagements du maître d'ouvrage"),
        items(
            "transmettre sa programmation d'achats et les pièces utiles assez tôt pour que l'avis soit pris "
            "en compte ;",
            "inscrire dans les pièces du marché les dispositions convenues et nommer la structure facilitatrice ;",
            "communiquer le nom des titulaires et la date de notification, les avenants, les commandes et la "
            "réception ;",
            "décider des suites à donner en cas de difficulté ou de manquement : la structure facilitatrice "
            "donne un avis.",
        ),
        heading("Article 4. Suivi"),
        para(
            "Les parties tiennent au moins une réunion par an. La structure facilitatrice remet un bilan "
            "annuel : marchés concernés, heures dues et réalisées, personnes mises à l'emploi, suites de "
            "parcours."
        ),
        heading("Article 5. Données personnelles et confidentialité"),
        para(
            "Chaque partie respecte la réglementation sur la protection des données. Le maître d'ouvrage "
            "reçoit des totaux et non la situation des personnes. La structure facilitatrice garde secrets "
            "les projets d'achat et les offres dont elle a connaissance."
        ),
        heading("Article 6. Conditions financières"),
        para("{{ financement }}."),
        heading("Article 7. Durée et fin"),
        para(
            "La convention prend effet à sa signature pour une durée de {{ duree_convention }}. Chaque partie "
            "peut y mettre fin par lettre motivée. Les marchés en cours restent suivis jusqu'à leur terme, "
            "sauf accord contraire."
        ),
        Signatures(("Pour {{ acheteur }}", "Pour {{ structure }}")),
    ),
    compact=True,
)
