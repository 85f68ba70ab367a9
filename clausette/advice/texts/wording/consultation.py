"""Texts of the tender: règlement de la consultation, CCAP, acte d'engagement."""

from clausette.advice.texts.blocks import Signatures, Text, facts, heading, items, para, table, when

LOTS = table(
    ("Lot", "Intitulé", "Volume d'insertion minimal"),
    ("{{ ligne.numero }}", "{{ ligne.intitule }}", "{{ ligne.volume }}"),
    over="lots",
    widths=(2, 7, 5),
)
_FREE_CHOICE = (
    "Le titulaire choisit librement la ou les modalités de réalisation de son engagement et peut les "
    "combiner. Aucune n'est imposée."
)

RULES = Text(
    "Règlement de la consultation",
    "Insertion professionnelle : dispositions à insérer",
    "2026.1",
    (
        when(
            "condition",
            heading("Condition d'exécution relative à l'insertion professionnelle"),
            para(
                "{{ acheteur }} fait de l'insertion professionnelle des personnes éloignées de l'emploi une "
                "condition d'exécution du marché « {{ objet }} » ({{ article_execution }})."
            ),
            para(
                "Cette condition s'impose au titulaire. Le candidat ne peut ni la modifier, ni l'assortir de "
                "réserves. Une offre qui ne s'y engage pas est irrégulière."
            ),
            para("Le titulaire réalise au moins le volume d'insertion suivant :"),
            LOTS,
            para(f"{_FREE_CHOICE} Elles sont décrites au CCAP et à l'annexe « Engagement d'insertion »."),
            para("Cette condition n'est pas un critère de jugement des offres."),
        ),
        when(
            "critere",
            heading("Critère d'attribution relatif à l'insertion professionnelle"),
            para(
                "Les performances en matière d'insertion professionnelle des publics en difficulté sont un "
                "critère d'attribution du marché ({{ article_critere }}). Sa pondération est de {{ "
                "ponderation }}."
            ),
            para(
                "Ce critère porte sur les conditions dans lesquelles le marché sera exécuté. Il est apprécié "
                "au vu du cadre de réponse « Insertion » remis avec l'offre, selon les éléments suivants :"
            ),
            items(
                "la qualité du parcours proposé aux personnes : accueil, encadrement, formation, suites "
                "envisagées ;",
                "la pertinence des tâches confiées et du calendrier au regard des prestations du marché ;",
                "les moyens d'organisation et de suivi de l'action d'insertion ;",
                "le volume d'insertion proposé au-delà du minimum, lorsqu'il est réaliste et justifié.",
            ),
            para(
                "La politique générale de l'entreprise, sans lien avec l'exécution du marché, n'est pas prise "
                "en compte. Ce que l'offre propose devient un engagement contractuel du titulaire."
            ),
        ),
        when(
            "reserve",
            heading("Marché réservé"),
            para("La participation à la procédure est réservée {{ beneficiaires }} ({{ article_levier }})."),
            para(
                "Le candidat joint à sa candidature un document qui établit sa qualité : agrément, "
                "conventionnement, ou tout document équivalent établi dans un autre État membre de l'Union "
                "européenne."
            ),
        ),
        when(
            "prestation",
            heading("Objet d'insertion du marché"),
            para(
                "Le marché a pour objet une prestation de qualification et d'insertion professionnelle "
                "({{ article_levier }}). Les travaux ou services confiés sont le support de cette prestation."
            ),
        ),
        when("sans_clause", para("Aucune disposition relative à l'insertion professionnelle n'est prévue au marché.")),
        heading("Pièces relatives à l'insertion"),
        items(
            "l'acte d'engagement et son annexe « Engagement d'insertion », sans modification ;",
            "le cadre de réponse « Insertion », complété.",
        ),
        heading("Renseignements"),
        para(
            "Les candidats peuvent s'informer gratuitement auprès du facilitateur des clauses sociales : {{ "
            "structure }}, {{ facilitateur }}, {{ coordonnees }}. Le facilitateur donne à tous les candidats "
            "les mêmes renseignements ; toute question dont la réponse intéresse les autres candidats passe "
            "par le profil d'acheteur."
        ),
    ),
)

CLAUSES = Text(
    "Cahier des clauses administratives particulières",
    "Clause d'insertion professionnelle : dispositions à insérer",
    "2026.1",
    (
        heading("Objet de la clause d'insertion"),
        para(
            "Pour l'exécution du marché « {{ objet }} », {{ acheteur }} agit en faveur de l'accès ou du "
            "retour à l'emploi de personnes qui rencontrent des difficultés sociales ou professionnelles ({{ "
            "article_levier }}). Le titulaire réalise à ce titre une action d'insertion dans les conditions "
            "qui suivent et à l'annexe « Engagement d'insertion »."
        ),
        heading("Volume d'insertion"),
        LOTS,
        para(
            "Les heures d'insertion sont les heures de travail effectuées pour l'exécution du marché par des "
            "personnes dont l'éligibilité a été reconnue avant leur mise à l'emploi. Une heure n'est comptée "
            "qu'une fois, pour un seul marché."
        ),
        para(
            "Lorsque le montant ou la durée du marché change, le volume est ajusté dans la même proportion "
            "par l'acte qui constate ce changement. Une tranche, une reconduction ou une commande qui n'est "
            "pas décidée n'emporte aucune heure."
        ),
        when(
            "critere",
            para(
                "Le volume et les actions proposés dans l'offre, lorsqu'ils dépassent le minimum, deviennent "
                "l'engagement du titulaire ({{ article_critere }})."
            ),
        ),
        heading("Publics"),
        para(
            "Les publics éligibles sont énumérés à l'annexe. L'éligibilité est vérifiée sur pièces par {{ "
            "structure }} avant la mise à l'emploi. Elle reste acquise ensuite : les heures d'une personne "
            "comptent pendant {{ validite }} à partir de sa première heure, même si sa situation change."
        ),
        heading("Modalités de réalisation"),
        para(_FREE_CHOICE),
        items(
            "l'embauche directe, en CDI, en CDD ou en alternance ;",
            "la mise à disposition de personnel par une entreprise de travail temporaire d'insertion, une "
            "association intermédiaire, un groupement d'employeurs pour l'insertion et la qualification ou "
            "une entreprise adaptée de travail temporaire ;",
            "la sous-traitance ou la cotraitance avec une structure d'insertion, une régie de quartier, une "
            "entreprise adaptée ou un ESAT.",
        ),
        para("Intérim classique : {{ interim }}."),
        heading("Accompagnement par le facilitateur"),
        para(
            "{{ structure }} accompagne le titulaire : {{ facilitateur }}, {{ coordonnees }}. Le facilitateur "
            "présente les structures et les candidats possibles, vérifie l'éligibilité, suit la réalisation "
            "et rend compte au maître d'ouvrage. Il n'est pas l'employeur et ne recrute pas à la place du "
            "titulaire."
        ),
        para("Le titulaire désigne, dès la notification du marché, un correspondant pour l'action d'insertion."),
        heading("Suivi et justificatifs"),
        para(
            "Le titulaire transmet un relevé des heures d'insertion {{ periodicite }}, au plus tard le {{ "
            "jour_releve }} du mois suivant. Il tient à la disposition du facilitateur les pièces qui le "
            "justifient : contrats de travail, relevés d'heures, factures de mise à disposition ou "
            "attestations des structures d'insertion. Les pièces transmises ne portent ni numéro de sécurité "
            "sociale, ni coordonnées bancaires."
        ),
        heading("Difficultés d'exécution"),
        para(
            "Le titulaire signale sans attendre toute difficulté à réaliser son engagement. Le facilitateur "
            "recherche avec lui les moyens d'y parvenir. En cas de difficultés économiques avérées, le maître "
            "d'ouvrage peut, sur demande motivée et après avis du facilitateur, suspendre ou réduire "
            "l'engagement."
        ),
        para(
            "Le titulaire de plusieurs marchés comportant une clause d'insertion peut demander la "
            "globalisation des heures. Elle demande l'accord écrit de chaque maître d'ouvrage."
        ),
        heading("Pénalités"),
        para(
            "Chaque heure d'insertion non réalisée du fait du titulaire donne lieu à une pénalité de {{ "
            "penalite }}. Le retard d'un relevé donne lieu à une pénalité de {{ penalite_retard }}, après "
            "rappel resté sans effet."
        ),
        para(
            "Le maître d'ouvrage n'applique une pénalité qu'après avoir invité le titulaire à présenter ses "
            "observations, et au vu de l'avis du facilitateur."
        ),
    ),
)

COMMITMENT_ACT = Text(
    "Acte d'engagement",
    "Engagement relatif à l'insertion professionnelle : dispositions à insérer",
    "2026.1",
    (
        facts(("Marché", "{{ objet }}"), ("Numéro", "{{ numero }}"), ("Maître d'ouvrage", "{{ acheteur }}")),
        para(
            "Le candidat a pris connaissance des dispositions du marché relatives à l'insertion "
            "professionnelle ({{ article_levier }}). Il s'engage sans réserve à les appliquer et à réaliser "
            "au moins le volume d'insertion minimal du lot pour lequel il présente une offre."
        ),
        table(
            ("Lot", "Intitulé", "Volume minimal", "Volume proposé par le candidat"),
            ("{{ ligne.numero }}", "{{ ligne.intitule }}", "{{ ligne.volume }}", ""),
            over="lots",
            widths=(2, 6, 4, 4),
        ),
        when(
            "critere",
            para("Le volume proposé et le cadre de réponse « Insertion » engagent le candidat s'il devient titulaire."),
        ),
        para("En cas de groupement, le mandataire répartit le volume entre les membres et en informe le facilitateur."),
        heading("Correspondant du candidat pour l'insertion"),
        facts(("Nom et fonction", ""), ("Téléphone", ""), ("Adresse électronique", "")),
        Signatures(("Le candidat : date, cachet et signature",)),
    ),
)
