-- Does a member of the organisation of the context also act, now or later, for another one? Nothing is said of others.
CREATE OR REPLACE FUNCTION sec.sits_elsewhere(account bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT sec.is_admin()
     AND EXISTS (SELECT FROM public.access_membership own
                  WHERE own.account_id = account AND own.organisation_id = sec.organisation() AND own.revoked_at IS NULL)
     AND EXISTS (SELECT FROM public.access_membership m
                  WHERE m.account_id = account AND m.organisation_id <> sec.organisation() AND m.revoked_at IS NULL
                    AND (m.valid_to IS NULL OR m.valid_to >= sec.today()))
$$;

GRANT EXECUTE ON FUNCTION sec.sits_elsewhere(bigint) TO clausette_app;
