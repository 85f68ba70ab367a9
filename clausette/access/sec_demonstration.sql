-- The accounts of the demonstration, for its sign-in page. A real installation answers nothing.
CREATE OR REPLACE FUNCTION sec.demonstration_accounts()
RETURNS TABLE (email text, full_name text, organisation_name text, capabilities text[], is_admin boolean)
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT a.email::text, a.full_name::text, o.name::text, o.capabilities::text[], m.role = 'admin'
    FROM public.access_membership m
    JOIN public.access_account a ON a.id = m.account_id
    JOIN public.access_organisation o ON o.id = m.organisation_id
   WHERE EXISTS (SELECT FROM public.access_demonstration) AND m.revoked_at IS NULL AND a.is_active
     AND (m.valid_to IS NULL OR m.valid_to >= sec.today())
   ORDER BY 'facilitator' = ANY (o.capabilities) DESC, o.id, m.role, a.id
$$;
GRANT EXECUTE ON FUNCTION sec.demonstration_accounts() TO clausette_app;
