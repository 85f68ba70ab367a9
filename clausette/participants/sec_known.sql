-- The persons of `sec.persons`, found by their key (ADR 0023). Nobody yet: the room placements knows who is at work.
CREATE OR REPLACE VIEW sec.known_persons WITH (security_barrier) AS
  SELECT NULL::bigint AS participant_id WHERE false;

REVOKE ALL ON sec.known_persons FROM PUBLIC, clausette_app, clausette_worker;
GRANT SELECT ON sec.known_persons TO clausette_app;
