-- The same contracts, at half the cost (ADR 0023): each query asks for them once by table that it reads. What they depend on
-- is asked once, and none is sorted to be given once: a contract held by two roles may be there twice.
CREATE OR REPLACE FUNCTION sec.contracts(VARIADIC roles text[] DEFAULT '{}') RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
DECLARE
  place bigint := sec.organisation();
  day date := sec.today();
  opened bigint[];
BEGIN
  IF place > 0 THEN
    IF cardinality(roles) = 0 THEN
      RETURN ARRAY(
        SELECT contract_id FROM public.procurement_contractparty
         WHERE organisation_id = place AND revoked_at IS NULL AND valid_from <= day AND (valid_to IS NULL OR valid_to >= day));
    END IF;
    RETURN ARRAY(
      SELECT contract_id FROM public.procurement_contractparty
       WHERE organisation_id = place AND revoked_at IS NULL AND valid_from <= day AND (valid_to IS NULL OR valid_to >= day)
         AND (role = ANY (roles) OR ('buyer' = ANY (roles) AND role IN ('coordinator', 'delegate', 'adviser'))));
  END IF;
  IF place < 0 THEN  -- a deposit: its own contracts, and the firm declares there, whatever else it may be
    opened := sec.deposited();
    RETURN ARRAY(
      SELECT contract_id FROM public.procurement_contractparty
       WHERE organisation_id = -place AND revoked_at IS NULL AND valid_from <= day AND (valid_to IS NULL OR valid_to >= day)
         AND (cardinality(roles) = 0 OR role = ANY (roles))
         AND role IN ('contractor', 'group_member', 'subcontractor', 'employer') AND contract_id = ANY (opened));
  END IF;
  RETURN '{}';
END $$;
