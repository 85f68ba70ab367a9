"""Files that cannot be read at all, or not whole: one exact sentence each, never an exception."""

import pytest

from clausette.imports.decp import FileRefusal, read_decp
from clausette.imports.decp.decode import MOST_BYTES, Pairs

EXPECTED = 'Un fichier DECP commence par {"marches": {"marche": […]}}.'
BROKEN = [
    (b"", "Le fichier est vide.", None, None),
    (b" \n ", "Le fichier est vide.", None, None),
    (b"%PDF-1.7", "Ce fichier est un PDF, pas un fichier DECP (JSON, XML ou CSV).", None, None),
    (
        b"PK\x03\x04rest",
        "Ce fichier est un classeur ou une archive ZIP, pas un fichier DECP (JSON, XML ou CSV).",
        None,
        None,
    ),
    (b"\x01\x00\x02", "Ce fichier n'est pas un texte : un fichier DECP (JSON, XML ou CSV) est attendu.", None, None),
    (
        b"x" * (MOST_BYTES + 1024 * 1024),
        "Le fichier pèse 101 Mo : la limite est de 100 Mo.",
        None,
        None,
    ),
    (
        b'{"marches": {\n "marche": [{"id": "1" "objet": "x"}]}}',
        "Le JSON ne peut pas être lu : ligne 2, colonne 24, une virgule est attendue.",
        2,
        24,
    ),
    (
        b'{"marches": {"marche": [{"id": }]}}',
        "Le JSON ne peut pas être lu : ligne 1, colonne 32, une valeur est attendue.",
        1,
        32,
    ),
    (
        b'{"marches": {"marche": [',
        (
            "Le JSON ne peut pas être lu : ligne 1, colonne 25, le fichier s'arrête avant la fin, il est "
            "sans doute coupé."
        ),
        1,
        25,
    ),
    (
        b'{"marches": {"marche": ["2026',
        (
            "Le JSON ne peut pas être lu : ligne 1, colonne 25, le texte ouvert ici par un guillemet n'est "
            "pas refermé."
        ),
        1,
        25,
    ),
    (
        b'{"marches": {"marche": []}} fin',
        "Le JSON ne peut pas être lu : ligne 1, colonne 29, il y a du texte après la fin du JSON.",
        1,
        29,
    ),
    (
        b'{"marches": {"marche": [],}}',
        "Le JSON ne peut pas être lu : ligne 1, colonne 27, un nom de champ entre guillemets est attendu.",
        1,
        27,
    ),
    (
        b"[" * 100_000,
        "Le fichier est imbriqué sur plus de 40 niveaux : ce n'est pas un fichier DECP.",
        None,
        None,
    ),
    (
        b'{"marches": ' + b"[" * 60 + b"]" * 60 + b"}",
        "Le fichier est imbriqué sur plus de 40 niveaux : ce n'est pas un fichier DECP.",
        None,
        None,
    ),
    (b"[]", f"{EXPECTED} À la racine, une liste a été lue.", None, None),
    (b"null", f"{EXPECTED} À la racine, une valeur vide (null) a été lue.", None, None),
    (b'{"marche": []}', f"{EXPECTED} La clé « marches » manque.", None, None),
    (b'{"marches": 3}', f"{EXPECTED} La clé « marches » doit contenir un objet.", None, None),
    (
        '{"marches": {"marché": []}}'.encode(),
        f"{EXPECTED} Ni « marche » ni « contrat-concession » n'est dans « marches ».",
        None,
        None,
    ),
    (
        b'{"marches": {"marche": {}}}',
        "La clé « marche » doit contenir une liste, entre crochets.",
        None,
        None,
    ),
    (
        b'{"marches": {"marche": [1], "marche": [2]}}',
        "La clé « marche » est écrite deux fois : rien n'est lu, pour ne perdre aucun enregistrement.",
        None,
        None,
    ),
    (
        b'{"marches": {"marche": [' + b"0," * 20_000 + b"0]}}",
        "Le fichier contient 20001 enregistrements : la limite est de 20000.",
        None,
        None,
    ),
]


@pytest.mark.parametrize(
    ("data", "sentence", "line", "column"), BROKEN, ids=[str(number) for number in range(len(BROKEN))]
)
def test_an_unreadable_file_says_why(
    data: bytes, sentence: str, line: int | None, column: int | None
) -> None:
    read = read_decp(data)
    assert read.refusal == FileRefusal(sentence, line, column)
    assert read.records == ()


@pytest.mark.parametrize(
    ("data", "notice"),
    [
        (b'{"marches": {"marche": []}}', "Le fichier ne contient aucun marché."),
        (
            b'{"marches": {"marche": [0]}, "version": 2}',
            "La clé « version » n'existe pas dans le format : elle n'est pas lue.",
        ),
        (
            b'{"marches": {"marche": [0], "delegation": []}}',
            "La clé « marches.delegation » n'existe pas dans le format : elle n'est pas lue.",
        ),
    ],
)
def test_what_is_left_aside_in_the_file_is_said(data: bytes, notice: str) -> None:
    assert read_decp(data).notices == (notice,)


def test_an_object_weighs_little_more_than_a_dict() -> None:
    """A file of 100 MB has a million of them: with a dictionary of its own for each, reading took twice the memory."""
    assert not hasattr(Pairs([("id", "1")]), "__dict__")
    assert list(Pairs([("id", "1"), ("id", "2")]).hidden) == [("id", "1")]
