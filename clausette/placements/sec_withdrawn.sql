-- A mise à l'emploi typed by mistake, and withdrawn, opens nothing to anybody any more.

CREATE OR REPLACE FUNCTION sec.placements() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT coalesce(array_agg(DISTINCT placement_id), '{}')
    FROM public.placements_allocation
   WHERE withdrawn_at IS NULL
     AND (contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])
          OR ((host_company_id = (SELECT sec.organisation()) OR employer_id = (SELECT sec.organisation()))
              AND contract_id = ANY ((SELECT sec.contracts())::bigint[])))
$$;

CREATE OR REPLACE FUNCTION sec.commitments() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT coalesce(array_agg(DISTINCT id), '{}') FROM (
    SELECT id FROM public.commitments_commitment
     WHERE contractor_id = (SELECT sec.organisation())
       AND contract_id = ANY ((SELECT sec.contracts())::bigint[])
    UNION ALL
    SELECT commitment_id FROM public.placements_allocation
     WHERE withdrawn_at IS NULL
       AND (employer_id = (SELECT sec.organisation()) OR host_company_id = (SELECT sec.organisation()))
       AND contract_id = ANY ((SELECT sec.contracts())::bigint[])
  ) AS known
$$;

-- A work contract leaves with its mises à disposition: none outlives it.
CREATE OR REPLACE FUNCTION sec.withdrawn_with_placement() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF EXISTS (SELECT FROM public.placements_placement p
              JOIN public.placements_allocation a ON a.placement_id = p.id
              WHERE p.id = NEW.id AND p.withdrawn_at IS NOT NULL AND a.withdrawn_at IS NULL) THEN
    RAISE EXCEPTION 'an allocation outlives its work contract'
      USING ERRCODE = '23514', CONSTRAINT = 'placements_allocation_withdrawn';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER placements_allocation_withdrawn AFTER UPDATE ON public.placements_placement
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.withdrawn_at IS NOT NULL)
  EXECUTE FUNCTION sec.withdrawn_with_placement();
