-- One engagement among those on which somebody works: the same look-up as in `sec.known_commitments` (ADR 0027).
CREATE OR REPLACE VIEW sec.known_worked WITH (security_barrier) AS
  SELECT a.commitment_id
    FROM public.placements_allocation a
   WHERE a.withdrawn_at IS NULL
     AND (a.employer_id = (SELECT sec.firm()) OR a.host_company_id = (SELECT sec.firm()))
     AND coalesce(EXISTS (SELECT FROM sec.known_contracts k WHERE k.contract_id = a.contract_id), false);
