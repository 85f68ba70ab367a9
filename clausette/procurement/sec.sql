-- Rights over contracts: read by the policies of every room above.

-- Contracts where the organisation of the context takes part today, in one of the roles (any role when none is given).
-- Who acts for the buyer (coordinator, delegate, adviser) counts as « buyer »: FOR_THE_BUYER in enums.py.
CREATE OR REPLACE FUNCTION sec.contracts(VARIADIC roles text[] DEFAULT '{}') RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT coalesce(array_agg(DISTINCT contract_id), '{}')
    FROM public.procurement_contractparty
   WHERE organisation_id = (SELECT sec.organisation())
     AND revoked_at IS NULL
     AND valid_from <= (SELECT sec.today())
     AND (valid_to IS NULL OR valid_to >= (SELECT sec.today()))
     AND (cardinality(roles) = 0 OR role = ANY (roles)
          OR ('buyer' = ANY (roles) AND role IN ('coordinator', 'delegate', 'adviser')))
$$;

-- A contract is born with its pilot: takes the next identifier and writes the pilot's party row.
-- A statement of its own, before the INSERT of the contract (foreign keys are deferred to commit).
CREATE OR REPLACE FUNCTION sec.found_contract(party_uid uuid) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE new_id bigint;
BEGIN
  IF NOT (SELECT sec.capable('facilitator')) THEN
    RAISE EXCEPTION 'only a facilitator founds a contract' USING ERRCODE = '42501';
  END IF;
  new_id := nextval(pg_get_serial_sequence('public.procurement_contract', 'id'));
  INSERT INTO public.procurement_contractparty (uid, contract_id, organisation_id, role, valid_from)
  VALUES (party_uid, new_id, (SELECT sec.organisation()), 'pilot', '1900-01-01');
  RETURN new_id;
END $$;

-- Operations to which a contract that we may see belongs.
CREATE OR REPLACE FUNCTION sec.operations() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT coalesce(array_agg(DISTINCT operation_id) FILTER (WHERE operation_id IS NOT NULL), '{}')
    FROM public.procurement_contract WHERE id = ANY ((SELECT sec.contracts())::bigint[])
$$;

GRANT EXECUTE ON FUNCTION sec.contracts(text[]), sec.found_contract(uuid), sec.operations() TO clausette_app;
