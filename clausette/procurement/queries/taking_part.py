"""« The actor's organisation takes part in this contract »: one condition, in nearly every query of the house.

Written in SQL because it is resolved thousands of times a minute: as an `Exists` of a queryset it was half of the time
that Python spent on a page. In two ways (ADR 0027): looked for by the key of each row, or among a set read once.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func
from django.db.models.sql.compiler import SQLCompiler

from clausette.procurement.enums import DECLARING, FOR_THE_BUYER, PartyRole

HELD = (
    "held.organisation_id = %s AND held.revoked_at IS NULL AND held.valid_from <= (SELECT sec.today())"
    " AND (held.valid_to IS NULL OR held.valid_to >= (SELECT sec.today())){role}"
)
BY_KEY = f"EXISTS (SELECT 1 FROM procurement_contractparty held WHERE held.contract_id = {{column}} AND {HELD})"
# COALESCE: not a join, which PostgreSQL would begin with, and whose rows it would reckon too few
AMONG = f"COALESCE({{column}} IN (SELECT held.contract_id FROM procurement_contractparty held WHERE {HELD}), false)"
ROLE = " AND held.role = ANY (%s)"
DEPOSITED = " AND held.contract_id = ANY ((SELECT sec.deposited())::bigint[]) AND held.role = ANY (%s)"


class TakesPart(Func):
    """True when an organisation takes part today, in one of the roles (any when empty), in the contract of a column.

    Who acts for the buyer counts as « buyer », as in `sec.contracts`. `deposit`: only where the firm declares, on the
    contracts that the deposit opens. `many`: who asks reads many rows of many contracts, not a few by key.
    """

    output_field = BooleanField()

    def __init__(
        self, contract: str, organisation_id: int, roles: tuple[str, ...], *, deposit: bool = False,
        many: bool = False,
    ) -> None:
        super().__init__(F(contract))
        self.organisation_id = organisation_id
        self.roles = (*roles, *map(str, FOR_THE_BUYER)) if PartyRole.BUYER in roles else roles
        self.deposit = deposit
        self.many = many

    def as_sql(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
        function: str | None = None,
        template: str | None = None,
        arg_joiner: str | None = None,
        **extra_context: Any,
    ) -> tuple[str, tuple[Any, ...]]:
        """Write the condition; the column is the only part that is not constant."""
        column, values = compiler.compile(self.source_expressions[0])
        roles = [list(self.roles)] if self.roles else []
        opened = [list(map(str, DECLARING))] if self.deposit else []
        written = AMONG if self.many else BY_KEY
        sql = written.format(column=column, role=(ROLE if roles else "") + (DEPOSITED if opened else ""))
        return sql, (*values, self.organisation_id, *roles, *opened)
