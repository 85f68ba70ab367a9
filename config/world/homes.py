"""Where people of the demonstration live: its three communes, and districts drawn by hand where nobody lives.

Their département (00) does not exist, nor do their codes: the official file, loaded by its command, meets none of them.
"""

from clausette.participants.enums import DistrictMeans
from clausette.participants.operations import HomeEntry, keep_home
from clausette.participants.queries import participant_sheet
from clausette.reference.communes import CommuneRecord
from clausette.reference.districts import DEMONSTRATION, DistrictRecord, Line, Outline
from clausette.reference.operations import load_communes, load_districts
from config.world.cast import HILL, PORT, TOWN
from config.world.stage import Stage
from config.world.working import Crew

COMMUNES = {
    TOWN: CommuneRecord("00001", TOWN, ("00100",), 61_400),
    HILL: CommuneRecord("00002", HILL, ("00210",), 3_150),
    PORT: CommuneRecord("00003", PORT, ("00300",), 18_900),
}
KNOWN = 9
"""How many people of the first structure have their home known."""


def _line(*corners: tuple[int, int]) -> Line:
    """A line of corners in ten-thousandths of a degree from the south-west corner of the demonstration."""
    return tuple((round(3.30 + x / 10_000, 4), round(44.20 + y / 10_000, 4)) for x, y in corners)


DISTRICTS = (
    # a public garden is left out in its middle
    DistrictRecord("QN00001N", "Les Tanneries", ("00001",), (
        Outline(_line((402, 521), (455, 533), (498, 524), (511, 561), (487, 589), (430, 584), (396, 557))),
        Outline(_line((440, 548), (468, 551), (465, 566), (443, 564)), is_hole=True),
    )),
    DistrictRecord("QN00002N", "Cité du Moulin, la Presle", ("00001",), (
        Outline(_line((562, 452), (612, 447), (641, 470), (628, 501), (583, 506), (558, 483))),
    )),
    # in two pieces, on both sides of the railway
    DistrictRecord("QN00003N", "Le Grand Pré", ("00001",), (
        Outline(_line((431, 401), (470, 396), (476, 428), (441, 437))),
        Outline(_line((484, 392), (522, 385), (531, 414), (490, 425))),
    )),
    DistrictRecord("QN00004N", "Quai des Bateliers", ("00001", "00003"), (
        Outline(_line((742, 488), (801, 480), (836, 512), (812, 547), (751, 531))),
    )),
    DistrictRecord("QP000001", "Tanneries Nord", ("00001",), (
        Outline(_line((396, 557), (430, 584), (487, 589), (470, 612), (409, 603), (381, 579))),
    )),
    DistrictRecord("QP000002", "Le Moulin", ("00001",), (
        Outline(_line((562, 452), (612, 447), (604, 489), (558, 483))),
    )),
)  # fmt: skip


def draw_districts() -> None:
    """As owner: the communes of the demonstration and their districts."""
    load_communes(list(COMMUNES.values()))
    load_districts(DISTRICTS, source=DEMONSTRATION)


def say_where_they_live(stage: Stage, crew: Crew) -> None:
    """Some homes: found from a point, chosen in the list of the commune, out of any district."""
    on = stage.calendar.as_of
    with stage.structure("plie") as actor:
        for rank, who in enumerate([one for one in crew.people if one.structure == "plie"][:KNOWN]):
            commune = COMMUNES[participant_sheet(actor=actor, uid=who.uid, on=on).commune_name]
            here = [one.code for one in DISTRICTS if commune.code in one.communes and one.code.startswith("QN")]
            code = here[rank % len(here)] if here and rank % 3 else ""
            means = DistrictMeans.CHOSEN if rank % 2 else DistrictMeans.POINT
            home = HomeEntry(bool(code), code, means=means, commune_code=commune.code, commune_name=commune.name)
            keep_home(actor=actor, participant_uid=who.uid, home=home, on=on)
