-- Pieces that wait for the antivirus: which, in whose name. Worker only.

-- `account_id`: the depositor, else somebody who acts today for their organisation, NULL when nobody does.
CREATE OR REPLACE FUNCTION sec.waiting_files()
RETURNS TABLE (uid uuid, content_type text, handed_on date, account_id bigint, organisation_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT f.uid, f.content_type, (f.created_at AT TIME ZONE 'Europe/Paris')::date, acting.account_id, f.owner_org_id
    FROM public.files_storedfile f
    LEFT JOIN LATERAL (
      SELECT m.account_id FROM public.access_membership m
        JOIN public.access_account a ON a.id = m.account_id AND a.is_active
       WHERE m.organisation_id = f.owner_org_id AND m.revoked_at IS NULL
         AND m.valid_from <= sec.today() AND (m.valid_to IS NULL OR m.valid_to >= sec.today())
       ORDER BY m.account_id = f.deposited_by_id DESC, m.role = 'admin' DESC, m.id LIMIT 1
    ) AS acting ON true
   WHERE f.treatment = 'waiting' AND f.bytes_gone_on IS NULL ORDER BY f.id LIMIT 500
$$;

GRANT EXECUTE ON FUNCTION sec.waiting_files() TO clausette_worker;
