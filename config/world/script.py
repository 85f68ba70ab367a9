"""The whole story, in order, in one transaction: a kill leaves nothing behind."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from random import Random
from uuid import UUID

from clausette.access.install import declare_demonstration
from clausette.access.queries import demonstration_as_of
from clausette.kernel.operation import isolated
from config.world import buying, working
from config.world.advising import advise
from config.world.buying import Market
from config.world.cases.all import tell_cases
from config.world.cases.kit import Case, Kit
from config.world.decp import import_records
from config.world.finishing import VALUED, Issued, certify, correct_one, tell_the_year
from config.world.homes import draw_districts, say_where_they_live
from config.world.mandating import let_declare
from config.world.mde_contracts import NEIGHBOUR
from config.world.paths import follow_paths
from config.world.plan import Calendar
from config.world.plie_contracts import DONE_AND_RUNNING, WITH_A_WORRY
from config.world.programme import plan_purchases
from config.world.referring import refer
from config.world.reminding import remind
from config.world.ruling import choose_rules
from config.world.stage import (
    Stage,
    best_hat,
    guarded,
    hat,
    install_structures,
    planned_once,
    register_bodies,
    seat_the_others,
)
from config.world.typing_hours import Ledger, tell_the_months
from config.world.working import Crew

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class World:
    """Everything that was made."""

    stage: Stage
    market: Market
    crew: Crew
    ledger: Ledger
    issued: Issued = field(default_factory=Issued)
    batches: list[UUID] = field(default_factory=list)
    cases: dict[int, Case] = field(default_factory=dict)


def exists() -> bool:
    """Say whether a world is already here."""
    return demonstration_as_of() is not None


def make_world(*, seed: int, as_of: date, say: Say = lambda _: None) -> World:
    """Write the demonstration world ending on `as_of`. Must run on the owner's connection."""
    stage = Stage(Calendar(as_of), Random(seed))  # noqa: S311 - a story told again the same, not a secret
    world = World(stage, Market(), Crew(), Ledger())
    with isolated(), planned_once(), guarded(), hat(""):
        install_structures(stage)
        draw_districts()
        with hat(best_hat()):
            register_bodies(stage)
        seat_the_others(stage)
        with hat(best_hat()):
            _tell(world, say)
        declare_demonstration(as_of=as_of, seed=seed)
    return world


def _tell(world: World, say: Say) -> None:
    stage, market, crew = world.stage, world.market, world.crew
    say("marchés et engagements")
    buying.buy(stage, market, (*DONE_AND_RUNNING, *WITH_A_WORRY, *NEIGHBOUR))
    buying.share(stage, market)
    buying.admit_lenders(stage, market)
    say("participants")
    working.put_to_work(stage, market, crew)
    working.fill_the_waiting_list(stage, crew)
    refer(stage)
    say("relevés d'heures")
    tell_the_months(stage, market, crew, world.ledger)
    working.end_some(stage, crew)
    buying.close_shares(stage, market)
    correct_one(stage, world.ledger)
    say("fichier officiel, attestations")
    world.batches.append(import_records(stage, market))
    plan_purchases(stage)
    certify(stage, market, world.issued)
    say("bilans et points d'étape")
    tell_the_year(stage, market, world.issued)
    buying.close_what_is_over(stage, market)
    say("conseil")
    advise(stage)
    say("cas difficiles")
    world.cases.update(tell_cases(Kit(stage, market, crew, world.ledger)))
    certify(stage, market, world.issued, VALUED)
    say("parcours et sorties")
    follow_paths(stage, crew)
    say_where_they_live(stage, crew)
    say("relances")
    remind(stage)
    let_declare(stage)
    choose_rules(stage)
