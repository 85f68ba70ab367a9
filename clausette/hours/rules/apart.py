"""What the hours that count are made of, in one sentence: on the pages and on the attestations (MODEL §6, point 4)."""

from decimal import Decimal

from clausette.kernel.french import format_hours


def told_apart(*, opening: Decimal, opening_word: str, collective: Decimal, reserved: Decimal) -> str:
    """« Dont 420 h de reprise au 31 août 2026, 60 h non nominatives, 35 h retenues sous réserve. », or « ».

    Hours; `opening_word`: « reprise au 31 août 2026 ».
    """
    kinds = ((opening, f"de {opening_word}"), (collective, "non nominatives"), (reserved, "retenues sous réserve"))
    told = ", ".join(f"{format_hours(hours)} {what}" for hours, what in kinds if hours)
    return f"Dont {told}." if told else ""
