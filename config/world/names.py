"""First and last names put together by chance: nobody in particular."""

WOMEN = (
    "Aïcha", "Amandine", "Béatrice", "Camille", "Chloé", "Dalila", "Émilie", "Fatoumata", "Gaëlle", "Hawa", "Irina",
    "Jeanne", "Karine", "Leïla", "Lucie", "Maëva", "Mariama", "Nora", "Océane", "Priscilla", "Rachel", "Sabrina",
    "Tatiana", "Yasmine", "Zélie",
)  # fmt: skip
MEN = (
    "Abdou", "Adrien", "Bilal", "Bruno", "Cédric", "Dylan", "Enzo", "Farid", "Gilles", "Hamza", "Ibrahim", "Jérémy",
    "Kévin", "Loïc", "Mamadou", "Mehdi", "Nicolas", "Oumar", "Patrick", "Romain", "Salif", "Théo", "Ugo", "Valentin",
    "Yann",
)  # fmt: skip
LAST = (
    "Adjovi", "Barret", "Bellanger", "Benaïssa", "Carlier", "Chevrel", "Cissokho", "Coulon", "Darras",
    "Delorme", "Diarra", "Doumbé", "Escoffre", "Fauvel", "Ferradji", "Garcin", "Grondin", "Haddouche", "Hamel",
    "Imbert", "Jolivet", "Kanté", "Keller", "Lachaume", "Lefort", "Lopez", "Maillot", "Marchetti", "Mercadier",
    "Mezrag", "Nguyen", "Nicolin", "Ollivier", "Ouattara", "Pagès", "Pelletan", "Pereira", "Quéré", "Rambert",
    "Ribeiro", "Roussel", "Sadoun", "Sarr", "Seguin", "Sylla", "Tavares", "Terrasson", "Touré", "Urbain",
    "Vacher", "Valette", "Verdon", "Viguier", "Wagner", "Yildiz", "Zerouki",
)  # fmt: skip
