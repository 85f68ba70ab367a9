"""In whose name a command or the night works: an administrator of each structure."""

from clausette.access.queries import Seat, facilitator_seats


def administrators(slug: str = "") -> list[Seat]:
    """Return one seat of an administrator for each structure facilitatrice."""
    seats: dict[int, Seat] = {}
    for seat in facilitator_seats(slug=slug):
        seats.setdefault(seat.organisation_id, seat)  # administrators come first
    return list(seats.values())
