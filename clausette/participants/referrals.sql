-- Structures that work today with the prescriber of the context: it reads their needs and proposes candidates to them.
CREATE OR REPLACE FUNCTION sec.tied_structures() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT coalesce(array_agg(owner_org_id), '{}')
    FROM public.participants_prescribertie
   WHERE prescriber_id = (SELECT sec.organisation()) AND (SELECT sec.capable('prescriber'))
     AND starts_on <= sec.today() AND (ends_on IS NULL OR ends_on > sec.today())
$$;
GRANT EXECUTE ON FUNCTION sec.tied_structures() TO clausette_app;
