"""Statements of the firm, written and read also in a « dépôt sans compte » (ADR 0020).

The same conditions as before, with `sec.firm()` where they said `sec.organisation()`: the same for a member.
"""

from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import protect


def part(column: str, *roles: str) -> str:
    """Condition: the organisation takes part in the contract named by a column, in one of these roles."""
    named = ", ".join(f"'{role}'" for role in roles)
    return f"{column} = ANY ((SELECT sec.contracts({named}))::bigint[])"


IN_CHARGE = ("pilot", "copilot")
FIRMS = ("contractor", "group_member", "subcontractor", "employer")
PILOTED, BOUGHT = part("contract_id", *IN_CHARGE), part("contract_id", "buyer")
OWED = "commitment_id = ANY ((SELECT sec.owed())::bigint[])"
BY_US = "declarant_id = (SELECT sec.firm())"
DECLARED, DECLARES = f"({BY_US} AND {part('contract_id')})", f"({BY_US} AND {part('contract_id', *FIRMS)})"
WORKED = f"(worked_contract_id <> contract_id AND {part('worked_contract_id', *IN_CHARGE)})"
WORKED_BOUGHT = f"(worked_contract_id <> contract_id AND {part('worked_contract_id', 'buyer')})"
WORKED_DECLARED = f"({BY_US} AND {part('worked_contract_id')})"
FILE_OWN = "owner_org_id = (SELECT sec.organisation())"
FILE_PILOTED = part("contract_ref", *IN_CHARGE)
JOINED = "id = ANY ((SELECT sec.joined_files())::bigint[])"
DEPOSITED = "(owner_org_id = (SELECT sec.firm()) AND contract_ref = ANY ((SELECT sec.deposited())::bigint[]))"
CONFIRMS = f"(contractor_id = (SELECT sec.organisation()) AND {OWED})"


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("hours", "0020_handed_to_confirm"),
        ("placements", "0006_deposits"),
        ("files", "0010_deposits"),
        ("participants", "0026_referral_piece_rights"),
    ]
    operations: ClassVar = [
        *protect(
            "hours_statement",
            see=f"{PILOTED} OR {DECLARED} OR (state <> 'draft' AND {BOUGHT})",
            verbs="INSERT, UPDATE",
            write=f"{PILOTED} OR {DECLARES}",
        ),
        *protect(
            "hours_hoursline",
            see=(
                f"{PILOTED} OR {WORKED} OR {WORKED_DECLARED} OR (state <> 'draft' AND ({BOUGHT} OR {WORKED_BOUGHT} "
                f"OR {OWED}))"
            ),
            verbs="INSERT, UPDATE, DELETE",
            write=f"({PILOTED} AND {part('worked_contract_id', *IN_CHARGE)}) OR {DECLARES}",
            remove=f"state IN ('draft', 'declared') AND ({PILOTED} OR {DECLARES})",
        ),
        *protect(
            "hours_collectivehours",
            see=f"{PILOTED} OR {DECLARED} OR (state <> 'draft' AND ({BOUGHT} OR {OWED}))",
            verbs="INSERT, UPDATE, DELETE",
            write=f"{PILOTED} OR {DECLARES}",
            remove=f"state IN ('draft', 'declared') AND ({PILOTED} OR {DECLARES})",
        ),
        # what the titulaire answered is read beside one's statement; answering is not a deposit's
        *protect(
            "hours_confirmation",
            see=f"{PILOTED} OR {DECLARED} OR {CONFIRMS}",
            verbs="INSERT, UPDATE",
            write=f"{PILOTED} OR {CONFIRMS}",
        ),
        # who declared reads that a month was reopened, and why
        *protect(
            "hours_reopening", see=f"{PILOTED} OR (state = 'done' AND {DECLARED})", verbs="INSERT, UPDATE",
            write=PILOTED,
        ),
        # pieces of the firm for a contract, handed in and read again
        *protect(
            "files_storedfile",
            see=f"{FILE_OWN} OR {FILE_PILOTED} OR {JOINED} OR {DEPOSITED}",
            verbs="INSERT",
            write=f"({FILE_OWN} OR {DEPOSITED}) AND deposited_by_id = (SELECT sec.account())",
        ),
    ]
