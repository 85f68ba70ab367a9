-- One engagement among those known, without reading all the contracts of who asks for each: a bare EXISTS becomes a join with
-- the whole of `sec.known_contracts`, whose barrier lets no key through; under COALESCE it stays a look-up (ADR 0027).
CREATE OR REPLACE VIEW sec.known_commitments WITH (security_barrier) AS
  SELECT c.id AS commitment_id
    FROM public.commitments_commitment c
   WHERE c.contractor_id = (SELECT sec.firm())
     AND coalesce(EXISTS (SELECT FROM sec.known_contracts k WHERE k.contract_id = c.contract_id), false)
  UNION ALL
  SELECT commitment_id FROM sec.known_worked;
