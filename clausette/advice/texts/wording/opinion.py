"""Texts of the opinion: avis du facilitateur, grille d'analyse, réponse à un candidat, justification de dérogation."""

from clausette.advice.texts.blocks import Text, facts, heading, items, para, table, when

OPINION = Text(
    "Avis du facilitateur",
    "Insertion professionnelle dans un achat à venir",
    "2026.1",
    (
        facts(
            ("Maître d'ouvrage", "{{ acheteur }}"),
            ("Achat", "{{ objet }}"),
            ("Valeur estimée", "{{ valeur }}"),
            ("Durée", "{{ duree }}"),
            ("Consultation engagée le", "{{ date_engagement }}"),
            ("Demande reçue le", "{{ date_demande }}"),
        ),
        heading("La clause sociale est-elle due ?"),
        para("{{ obligation }}"),
        heading("Levier conseillé"),
        para("{{ levier }} ({{ article_levier }})", strong=True),
        para("{{ raisons }}"),
        heading("Volume conseillé"),
        table(
            ("Lot", "Intitulé", "Volume", "Calcul"),
            ("{{ ligne.numero }}", "{{ ligne.intitule }}", "{{ ligne.volume }}", "{{ ligne.calcul }}"),
            over="lots",
            widths=(2, 5, 3, 6),
        ),
        heading("Pour que cela réussisse"),
        items(
            "citer les mêmes heures dans toutes les pièces du marché ;",
            "laisser l'entreprise choisir ses modalités ;",
            "nommer le facilitateur et prévoir la réunion de lancement ;",
            "nous transmettre les pièces avant publication : nous les relisons.",
        ),
        para("{{ facilitateur }}, {{ structure }}, {{ coordonnees }}", right=True),
    ),
    compact=True,
)

GRID = Text(
    "Grille d'analyse du critère insertion",
    "Lecture du cadre de réponse, une grille par offre",
    "2026.1",
    (
        facts(
            ("Marché", "{{ objet }}"),
            ("Maître d'ouvrage", "{{ acheteur }}"),
            ("Fondement du critère", "{{ article_critere }}"),
            ("Pondération annoncée", "{{ ponderation }}"),
            ("Candidat", "{{ candidat }}"),
        ),
        heading("Points"),
        para(
            "La répartition sur 100 est une proposition : elle doit être celle que la consultation a "
            "annoncée. Ne notez que ce qui concerne l'exécution de ce marché."
        ),
        table(
            ("Élément apprécié", "Ce qui est regardé", "Sur", "Points", "Constat"),
            (
                "Qualité du parcours",
                "Accueil, encadrement nommé et disponible, formation, suites à la fin du contrat de travail",
                "40",
                "",
                "",
            ),
            ("Travail confié", "Tâches réelles du marché, calendrier tenable, postes accessibles", "25", "", ""),
            ("Organisation et suivi", "Correspondant, partenaires, relevés d'heures, gestion des aléas", "20", "", ""),
            ("Volume au-delà du minimum", "Réaliste au regard de la main-d'œuvre, justifié, réparti", "15", "", ""),
            ("Total", "", "100", "", ""),
            widths=(4, 6, 1, 2, 4),
        ),
        para(
            "Repères : réponse absente, 0 ; générale, un quart ; adaptée au marché, trois quarts ; adaptée et "
            "vérifiable, la totalité."
        ),
        heading("Rappel du minimum"),
        table(
            ("Lot", "Intitulé", "Volume minimal"),
            ("{{ ligne.numero }}", "{{ ligne.intitule }}", "{{ ligne.volume }}"),
            over="lots",
            widths=(2, 7, 5),
        ),
        heading("Paragraphe pour le rapport d'analyse des offres"),
        para(
            "Le critère relatif aux performances en matière d'insertion professionnelle des publics en "
            "difficulté ({{ article_critere }}), pondéré à {{ ponderation }}, a été apprécié au seul vu du "
            "cadre de réponse « Insertion » et des éléments annoncés. L'offre de {{ candidat }} a été "
            "examinée sur la qualité du parcours, le travail confié, l'organisation du suivi et le volume "
            "proposé. Ses points forts et ses limites sont décrits dans la grille jointe, et la note retenue "
            "en découle. La politique générale de l'entreprise n'a pas été prise en compte."
        ),
    ),
)

QUESTION = Text(
    "Réponse à la question d'un candidat",
    "À publier sur le profil d'acheteur, pour tous les candidats",
    "2026.1",
    (
        facts(("Marché", "{{ objet }}"), ("Numéro", "{{ numero }}"), ("Maître d'ouvrage", "{{ acheteur }}")),
        heading("Question posée"),
        para("{{ question }}"),
        heading("Réponse"),
        para("Gardez les paragraphes utiles et retirez les autres."),
        when(
            "condition",
            para("Peut-on remettre une offre sans clause d'insertion ?", strong=True),
            para(
                "Non. L'insertion est une condition d'exécution du marché ({{ article_execution }}). L'offre "
                "qui la refuse ou la modifie est irrégulière. La condition n'est pas notée."
            ),
        ),
        when(
            "critere",
            para("Comment l'insertion est-elle notée ?", strong=True),
            para(
                "Au vu du cadre de réponse « Insertion » et des éléments annoncés au règlement de la consultation "
                "({{ article_critere }}). La politique générale de l'entreprise n'est pas prise en compte."
            ),
        ),
        para("Faut-il passer par une structure imposée ?", strong=True),
        para(
            "Non. Embauche directe, mise à disposition, sous-traitance ou cotraitance : l'entreprise choisit "
            "et peut combiner. Intérim classique : {{ interim }}."
        ),
        para("Qui choisit les personnes ?", strong=True),
        para(
            "L'employeur. Le facilitateur peut présenter des candidats et vérifie l'éligibilité avant la mise "
            "à l'emploi. Personne n'est imposé."
        ),
        para("Une personne déjà salariée de l'entreprise compte-t-elle ?", strong=True),
        para(
            "En règle générale, non : l'engagement vise des mises à l'emploi nouvelles. Une situation "
            "particulière se soumet au facilitateur avant la remise des offres."
        ),
        para("Que se passe-t-il si le volume n'est pas atteint ?", strong=True),
        para(
            "Le titulaire signale la difficulté dès qu'il la connaît, et le facilitateur cherche une solution "
            "avec lui. Une pénalité de {{ penalite }} par heure non réalisée peut être appliquée, après "
            "observations du titulaire."
        ),
        para("Contact pour tous les candidats : {{ structure }}, {{ facilitateur }}, {{ coordonnees }}."),
    ),
)

WAIVER = Text(
    "Justification de dérogation",
    "Absence de condition sociale : paragraphe du rapport de présentation",
    "2026.1",
    (
        facts(
            ("Maître d'ouvrage", "{{ acheteur }}"),
            ("Achat", "{{ objet }}"),
            ("Numéro", "{{ numero }}"),
            ("Valeur estimée", "{{ valeur }}"),
            ("Consultation engagée le", "{{ date_engagement }}"),
        ),
        heading("Situation"),
        para("{{ obligation }}"),
        heading("Motif"),
        para("{{ derogation }}"),
        heading("Éléments à joindre"),
        items(
            "ce qui a été examiné : prestations, lots, main-d'œuvre, durée ;",
            "les entreprises ou structures consultées, et ce qu'elles ont répondu ;",
            "l'avis du facilitateur, s'il a été demandé.",
        ),
        para("Fait pour être joint au dossier de la consultation : date, nom et qualité du signataire.", right=True),
    ),
)
