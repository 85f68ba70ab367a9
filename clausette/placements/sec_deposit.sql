-- People at work for the organisation acted for, on the contracts it may see: also in a deposit.
CREATE OR REPLACE FUNCTION sec.placements() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT coalesce(array_agg(DISTINCT placement_id), '{}')
    FROM public.placements_allocation
   WHERE withdrawn_at IS NULL
     AND (contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])
          OR ((host_company_id = (SELECT sec.firm()) OR employer_id = (SELECT sec.firm()))
              AND contract_id = ANY ((SELECT sec.contracts())::bigint[])))
$$;

CREATE OR REPLACE FUNCTION sec.commitments() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT coalesce(array_agg(DISTINCT id), '{}') FROM (
    SELECT id FROM public.commitments_commitment
     WHERE contractor_id = (SELECT sec.firm())
       AND contract_id = ANY ((SELECT sec.contracts())::bigint[])
    UNION ALL
    SELECT commitment_id FROM public.placements_allocation
     WHERE withdrawn_at IS NULL
       AND (employer_id = (SELECT sec.firm()) OR host_company_id = (SELECT sec.firm()))
       AND contract_id = ANY ((SELECT sec.contracts())::bigint[])
  ) AS known
$$;

-- Persons of other structures whose identity we may know: those of the work contracts of `sec.placements`. Our own are
-- ours already, and every right that reads this says so beside it: thousands on our contracts are not even read. In a
-- deposit nobody is its own (the organisation of the context is negative): all come from here.
CREATE OR REPLACE FUNCTION sec.persons() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT coalesce(array_agg(DISTINCT p.participant_id), '{}')
    FROM (SELECT placement_id FROM public.placements_allocation
           WHERE withdrawn_at IS NULL AND contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])
             AND owner_org_id < (SELECT sec.organisation())
          UNION ALL
          SELECT placement_id FROM public.placements_allocation
           WHERE withdrawn_at IS NULL AND contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])
             AND owner_org_id > (SELECT sec.organisation())
          UNION ALL
          SELECT placement_id FROM public.placements_allocation
           WHERE withdrawn_at IS NULL AND owner_org_id <> (SELECT sec.organisation())
             AND (host_company_id = (SELECT sec.firm()) OR employer_id = (SELECT sec.firm()))
             AND contract_id = ANY ((SELECT sec.contracts())::bigint[])) known
    JOIN public.placements_placement p ON p.id = known.placement_id
$$;
