-- The engagements of `sec.commitments`, found by their key (ADR 0023): those owed, and those on which somebody works for the
-- organisation, nobody yet: the room placements knows who is at work.
CREATE OR REPLACE VIEW sec.known_worked WITH (security_barrier) AS
  SELECT NULL::bigint AS commitment_id WHERE false;

CREATE OR REPLACE VIEW sec.known_commitments WITH (security_barrier) AS
  SELECT c.id AS commitment_id
    FROM public.commitments_commitment c
   WHERE c.contractor_id = (SELECT sec.firm())
     AND EXISTS (SELECT FROM sec.known_contracts k WHERE k.contract_id = c.contract_id)
  UNION ALL
  SELECT commitment_id FROM sec.known_worked;

REVOKE ALL ON sec.known_worked, sec.known_commitments FROM PUBLIC, clausette_app, clausette_worker;
GRANT SELECT ON sec.known_worked, sec.known_commitments TO clausette_app;
