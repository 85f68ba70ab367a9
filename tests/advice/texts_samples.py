"""A purchase known whole, and one of which nothing is known; words read back from each output."""

import re
from datetime import date
from decimal import Decimal
from html import unescape
from io import BytesIO

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from clausette.advice.texts.context import FollowRules, TextFacts, TextLot
from clausette.commitments.enums import EttAdmission, Periodicity
from clausette.procurement.enums import LegalDeviceKind

TODAY = date(2026, 9, 1)
ARITHMETIC = "1\u202f000\u202f000\u00a0€ × 50\u00a0% × 5\u00a0% ÷ 30\u00a0€/h = 833\u00a0h"


def lots(count: int) -> tuple[TextLot, ...]:
    """As many lots as told, with what a text must bear: accents, ligatures, ampersands, long titles."""
    names = ("Gros œuvre & maçonnerie", "Peinture, revêtements <muraux>", "Électricité : courants forts, faibles")
    amount, volume, firm = Decimal(1_000_000), "833\u00a0h", "Bâti Ouche"
    return tuple(TextLot(str(n + 1), names[n % 3], amount, volume, ARITHMETIC, firm) for n in range(count))


def full(device: LegalDeviceKind | None = LegalDeviceKind.BOTH, count: int = 12) -> TextFacts:
    """Everything is known, but what only a person may write."""
    return TextFacts(
        structure="Maison de l'emploi de l'Ouche",
        facilitator="Claire Béranger",
        buyer="Ville de Nordre",
        title="Réhabilitation de l'école Pasteur",
        law_on=TODAY,
        reference="2026-T-041",
        place="Nordre",
        amount_ht=Decimal(12_000_000),
        months=18,
        engaged_on=TODAY,
        asked_on=date(2026, 7, 1),
        device=device,
        device_reasons="La condition fixe un minimum pour tous.",
        obligation="Une condition sociale est due.",
        device_article="articles L2112-2-1 et L2152-7 du code de la commande publique",
        execution_article="article L2112-2-1 du code de la commande publique",
        criterion_article="articles L2152-7 et R2152-7 du code de la commande publique",
        waiver="L'acheteur ne prévoit pas de condition d'exécution.",
        hours=Decimal(833 * count),
        lots=lots(count),
        follow=FollowRules(
            ("Salarié en parcours dans une SIAE",), ("Bénéficiaire du RSA",), 24, Decimal(2), EttAdmission.ON_APPROVAL,
            Periodicity.MONTHLY, 10,
        ),
        contractor="Bâti Ouche",
        notified_on=date(2026, 11, 1),
        starts_on=date(2026, 12, 1),
        ends_on=date(2028, 5, 31),
    )  # fmt: skip


EMPTY = TextFacts(structure="", facilitator="", buyer="", title="")


def word_text(data: bytes) -> str:
    """The paragraphs and cells of a DOCX, in the order in which they are read."""
    body = Document(BytesIO(data)).element.body
    found: list[str] = []
    for child in body.iterchildren():
        if child.tag.endswith("}p"):
            found.append(Paragraph(child, None).text)  # type: ignore[arg-type]  # only read
        elif child.tag.endswith("}tbl"):
            found += [cell.text for row in Table(child, None).rows for cell in row.cells]  # type: ignore[arg-type]  # only read
    return "\n".join(found)


def html_text(html: str) -> str:
    """What a person reads of a fragment of a page."""
    return unescape(re.sub(r"<[^>]*>", " ", html))


def words(text: str) -> list[str]:
    """The words and figures, in their order, without spaces nor points of lists."""
    return re.findall(r"[\w'’/-]*\w[\w'’/-]*|[€%×÷=&<>\[\]]", text)
