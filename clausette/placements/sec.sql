-- Persons, work contracts and commitments that the organisation of the context may know through people at work.

-- Work contracts on contracts that we pilot or co-pilot, and those whose person works for us.
CREATE OR REPLACE FUNCTION sec.placements() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT coalesce(array_agg(DISTINCT placement_id), '{}')
    FROM public.placements_allocation
   WHERE contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])
      OR ((host_company_id = (SELECT sec.organisation()) OR employer_id = (SELECT sec.organisation()))
          AND contract_id = ANY ((SELECT sec.contracts())::bigint[]))
$$;

-- Persons whose identity we may know: those of these work contracts.
CREATE OR REPLACE FUNCTION sec.persons() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT coalesce(array_agg(DISTINCT participant_id), '{}')
    FROM public.placements_placement
   WHERE id = ANY ((SELECT sec.placements())::bigint[])
$$;

-- Commitments that we owe, or on which we employ or host someone.
CREATE OR REPLACE FUNCTION sec.commitments() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT coalesce(array_agg(DISTINCT id), '{}') FROM (
    SELECT id FROM public.commitments_commitment
     WHERE contractor_id = (SELECT sec.organisation())
       AND contract_id = ANY ((SELECT sec.contracts())::bigint[])
    UNION ALL
    SELECT commitment_id FROM public.placements_allocation
     WHERE (employer_id = (SELECT sec.organisation()) OR host_company_id = (SELECT sec.organisation()))
       AND contract_id = ANY ((SELECT sec.contracts())::bigint[])
  ) AS known
$$;

GRANT EXECUTE ON FUNCTION sec.placements(), sec.persons(), sec.commitments() TO clausette_app;
