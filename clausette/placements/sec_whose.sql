-- Whose the person of a mise à disposition is: copied from the work contract, which never changes hands.
CREATE OR REPLACE FUNCTION sec.allocation_whose() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  SELECT p.owner_org_id INTO NEW.owner_org_id FROM public.placements_placement p WHERE p.id = NEW.placement_id;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER placements_allocation_whose BEFORE INSERT ON public.placements_allocation
  FOR EACH ROW EXECUTE FUNCTION sec.allocation_whose();

-- Persons of other structures whose identity we may know: those of the work contracts of `sec.placements`. Our own are
-- ours already, and every right that reads this says so beside it: thousands on our contracts are not even read.
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
             AND (host_company_id = (SELECT sec.organisation()) OR employer_id = (SELECT sec.organisation()))
             AND contract_id = ANY ((SELECT sec.contracts())::bigint[])) known
    JOIN public.placements_placement p ON p.id = known.placement_id
$$;
