-- The contracts of `sec.contracts`, a row for each role: for a policy that asks about the contract of one row, found by
-- its key, where the function reads them all first (ADR 0023). Read by whoever acts: nothing but what is theirs.
CREATE OR REPLACE VIEW sec.known_contracts WITH (security_barrier) AS
  SELECT contract_id, role
    FROM public.procurement_contractparty
   WHERE organisation_id = (SELECT sec.firm())
     AND revoked_at IS NULL
     AND valid_from <= (SELECT sec.today())
     AND (valid_to IS NULL OR valid_to >= (SELECT sec.today()))
     AND ((SELECT sec.organisation()) > 0
          OR (role IN ('contractor', 'group_member', 'subcontractor', 'employer')
              AND contract_id = ANY ((SELECT sec.deposited())::bigint[])));

REVOKE ALL ON sec.known_contracts FROM PUBLIC, clausette_app, clausette_worker;
GRANT SELECT ON sec.known_contracts TO clausette_app;
