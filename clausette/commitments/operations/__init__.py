"""Verbs of the commitments room: record an engagement, change it by a new version, settle it, move hours by acts."""

from clausette.commitments.operations.acts import Signed, globalise, move_hours, withdraw_act
from clausette.commitments.operations.bases import declare_base, withdraw_base
from clausette.commitments.operations.carrying import sign_carry_over, withdraw_carry_over
from clausette.commitments.operations.closing import close_commitment, reopen_commitment
from clausette.commitments.operations.creating import EngagementOptions, Options, create_commitment
from clausette.commitments.operations.groups import set_shares
from clausette.commitments.operations.rules import change_conditions, change_defaults, withdraw_defaults
from clausette.commitments.operations.transferring import transfer_commitment
from clausette.commitments.operations.valuing import say_valued, withdraw_valued
from clausette.commitments.operations.versions import (
    BY_AN_ACT,
    add_version,
    decide_parts,
    resume_commitment,
    suspend_commitment,
)
from clausette.commitments.operations.writing import Papers
from clausette.commitments.rules import PartEntry, TargetEntry, Terms

__all__ = [
    "BY_AN_ACT",
    "EngagementOptions",
    "Options",
    "Papers",
    "PartEntry",
    "Signed",
    "TargetEntry",
    "Terms",
    "add_version",
    "change_conditions",
    "change_defaults",
    "close_commitment",
    "create_commitment",
    "decide_parts",
    "declare_base",
    "globalise",
    "move_hours",
    "reopen_commitment",
    "resume_commitment",
    "say_valued",
    "set_shares",
    "sign_carry_over",
    "suspend_commitment",
    "transfer_commitment",
    "withdraw_act",
    "withdraw_base",
    "withdraw_carry_over",
    "withdraw_defaults",
    "withdraw_valued",
]
