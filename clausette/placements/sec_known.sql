-- The work contracts, persons and engagements of `sec.placements`, `sec.persons` and `sec.commitments`, found by their key
-- (ADR 0023). What is said here is said there: tests/isolation/test_known.py compares them.
CREATE OR REPLACE VIEW sec.known_placements WITH (security_barrier) AS
  SELECT a.placement_id
    FROM public.placements_allocation a
   WHERE a.withdrawn_at IS NULL
     AND (((a.host_company_id = (SELECT sec.firm()) OR a.employer_id = (SELECT sec.firm()))
           AND EXISTS (SELECT FROM sec.known_contracts k WHERE k.contract_id = a.contract_id))
          OR EXISTS (SELECT FROM sec.known_contracts k
                      WHERE k.contract_id = a.contract_id AND k.role IN ('pilot', 'copilot')));

CREATE OR REPLACE VIEW sec.known_persons WITH (security_barrier) AS
  SELECT p.participant_id
    FROM public.placements_placement p
    JOIN public.placements_allocation a ON a.placement_id = p.id
   WHERE a.withdrawn_at IS NULL AND a.owner_org_id <> (SELECT sec.organisation())
     AND (((a.host_company_id = (SELECT sec.firm()) OR a.employer_id = (SELECT sec.firm()))
           AND EXISTS (SELECT FROM sec.known_contracts k WHERE k.contract_id = a.contract_id))
          OR EXISTS (SELECT FROM sec.known_contracts k
                      WHERE k.contract_id = a.contract_id AND k.role IN ('pilot', 'copilot')));

CREATE OR REPLACE VIEW sec.known_worked WITH (security_barrier) AS
  SELECT a.commitment_id
    FROM public.placements_allocation a
   WHERE a.withdrawn_at IS NULL
     AND (a.employer_id = (SELECT sec.firm()) OR a.host_company_id = (SELECT sec.firm()))
     AND EXISTS (SELECT FROM sec.known_contracts k WHERE k.contract_id = a.contract_id);

REVOKE ALL ON sec.known_placements, sec.known_persons, sec.known_worked FROM PUBLIC, clausette_app, clausette_worker;
GRANT SELECT ON sec.known_placements, sec.known_persons, sec.known_worked TO clausette_app;
