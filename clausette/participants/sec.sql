-- Persons whom the organisation of the context referred.
CREATE OR REPLACE FUNCTION sec.persons_referred() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT coalesce(array_agg(participant_id), '{}')
    FROM public.participants_personcontact WHERE referred_by_id = (SELECT sec.organisation())
$$;

-- Persons of whom the organisation of the context may know why they are eligible:
-- its own (a facilitator's), and those it referred (a prescriber's).
CREATE OR REPLACE FUNCTION sec.persons_in_charge() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT coalesce(array_agg(id), '{}')
    FROM public.participants_participant
   WHERE (owner_org_id = (SELECT sec.organisation()) AND (SELECT sec.capable('facilitator')))
      OR ((SELECT sec.capable('prescriber')) AND id = ANY ((SELECT sec.persons_referred())::bigint[]))
$$;

GRANT EXECUTE ON FUNCTION sec.persons_referred(), sec.persons_in_charge(), sec.persons() TO clausette_app;
