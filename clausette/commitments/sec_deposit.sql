-- Commitments owed by the organisation acted for, on the contracts it may see: also in a deposit.
CREATE OR REPLACE FUNCTION sec.owed() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT coalesce(array_agg(id), '{}')
    FROM public.commitments_commitment
   WHERE contractor_id = (SELECT sec.firm())
     AND contract_id = ANY ((SELECT sec.contracts())::bigint[])
$$;
