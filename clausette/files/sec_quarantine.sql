-- Pieces that wait for the antivirus: which, in whose name, and what they became. Worker only.

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

-- A piece leaves the quarantine once; its hash and size stay when none is given. Told whether it did.
CREATE OR REPLACE FUNCTION sec.settle_file(
  file uuid, became text, hash text, bytes bigint, hidden text, gone_on date
) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  UPDATE public.files_storedfile f
     SET treatment = became, sha256 = coalesce(hash, sha256), size = coalesce(bytes, size), masked = hidden, bytes_gone_on = gone_on
   WHERE f.uid = file AND f.treatment = 'waiting';
  RETURN FOUND;
END $$;

GRANT EXECUTE ON FUNCTION sec.waiting_files(), sec.settle_file(uuid, text, text, bigint, text, date) TO clausette_worker;
