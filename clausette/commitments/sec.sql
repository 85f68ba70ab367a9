-- Commitments owed by the organisation of the context (people at work are added by the room placements).
CREATE OR REPLACE FUNCTION sec.commitments() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT coalesce(array_agg(id), '{}')
    FROM public.commitments_commitment
   WHERE contractor_id = (SELECT sec.organisation())
     AND contract_id = ANY ((SELECT sec.contracts())::bigint[])
$$;

-- Commitments owed by the organisation of the context: it sees every line credited to them.
CREATE OR REPLACE FUNCTION sec.owed() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT coalesce(array_agg(id), '{}')
    FROM public.commitments_commitment
   WHERE contractor_id = (SELECT sec.organisation())
     AND contract_id = ANY ((SELECT sec.contracts())::bigint[])
$$;

GRANT EXECUTE ON FUNCTION sec.commitments(), sec.owed() TO clausette_app;
