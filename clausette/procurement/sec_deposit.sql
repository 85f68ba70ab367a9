-- Contracts that the deposits of an account open today: neither withdrawn nor ended, the contract not closed, the firm
-- still one of those that declare hours there.
CREATE OR REPLACE FUNCTION sec.deposits_open(account bigint) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT coalesce(array_agg(DISTINCT x.contract_id), '{}')
    FROM public.access_deposit d
    JOIN public.procurement_depositcontract x ON x.deposit_id = d.id
    JOIN public.procurement_contract c ON c.id = x.contract_id
   WHERE d.account_id = account AND x.revoked_at IS NULL AND x.ends_on >= sec.today()
     AND c.state NOT IN ('closed', 'fruitless', 'abandoned', 'transferred')
     AND EXISTS (SELECT FROM public.procurement_contractparty p
                  WHERE p.contract_id = x.contract_id AND p.organisation_id = d.organisation_id
                    AND p.role IN ('contractor', 'group_member', 'subcontractor', 'employer')
                    AND p.revoked_at IS NULL AND p.valid_from <= sec.today()
                    AND (p.valid_to IS NULL OR p.valid_to >= sec.today()))
$$;

-- Contracts where the organisation of the context takes part today, in one of the roles (any role when none is given).
-- Who acts for the buyer (coordinator, delegate, adviser) counts as « buyer »: FOR_THE_BUYER in enums.py.
-- In a deposit: its own contracts, and the firm declares there, whatever else it may be.
CREATE OR REPLACE FUNCTION sec.contracts(VARIADIC roles text[] DEFAULT '{}') RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT coalesce(array_agg(DISTINCT contract_id), '{}')
    FROM public.procurement_contractparty
   WHERE organisation_id = (SELECT sec.firm())
     AND revoked_at IS NULL
     AND valid_from <= (SELECT sec.today())
     AND (valid_to IS NULL OR valid_to >= (SELECT sec.today()))
     AND (cardinality(roles) = 0 OR role = ANY (roles)
          OR ('buyer' = ANY (roles) AND role IN ('coordinator', 'delegate', 'adviser')))
     AND ((SELECT sec.organisation()) > 0
          OR (role IN ('contractor', 'group_member', 'subcontractor', 'employer')
              AND contract_id = ANY ((SELECT sec.deposited())::bigint[])))
$$;
