-- Accounts that nobody uses any more: told, then closed. The name stays on what was done. Worker only.

-- Who has not come for so many months, or will not have soon. `told`: they were told, since they last came. The only
-- administrator of a structure is left: without them nobody could act for it.
CREATE OR REPLACE FUNCTION sec.idle_accounts(as_of date, month_span int, notice_days int)
RETURNS TABLE (account_id bigint, kept_until date, told_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  WITH open AS (
    SELECT m.account_id, m.organisation_id, m.role FROM public.access_membership m
     WHERE m.revoked_at IS NULL AND (m.valid_to IS NULL OR m.valid_to >= as_of)
  ), seen AS (
    SELECT a.id, a.idle_told_on, (greatest(
             a.created_at, a.last_login,
             (SELECT max(s.seen_at) FROM public.access_session s WHERE s.account_id = a.id),
             (SELECT max(m.created_at) FROM public.access_membership m WHERE m.account_id = a.id AND m.revoked_at IS NULL)
           ) AT TIME ZONE 'Europe/Paris')::date AS last_on
      FROM public.access_account a
     WHERE a.is_active AND EXISTS (SELECT FROM open WHERE open.account_id = a.id)
       AND NOT EXISTS (SELECT FROM open WHERE open.account_id = a.id AND open.role = 'admin' AND NOT EXISTS (
             SELECT FROM open other JOIN public.access_account o ON o.id = other.account_id AND o.is_active
              WHERE other.organisation_id = open.organisation_id AND other.role = 'admin' AND other.account_id <> a.id))
  )
  SELECT seen.id, (seen.last_on + make_interval(months => month_span))::date,
         CASE WHEN seen.idle_told_on >= seen.last_on THEN seen.idle_told_on END
    FROM seen WHERE (seen.last_on + make_interval(months => month_span))::date - notice_days <= as_of
$$;

-- Note whom a mail tells today; return them.
CREATE OR REPLACE FUNCTION sec.tell_idle(as_of date, month_span int, notice_days int) RETURNS SETOF bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
  UPDATE public.access_account a SET idle_told_on = as_of
    FROM sec.idle_accounts(as_of, month_span, notice_days) i
   WHERE i.account_id = a.id AND i.told_on IS NULL RETURNING a.id
$$;

-- Close whose time has passed and who were told long enough before: no rights, no session, no known browser.
CREATE OR REPLACE FUNCTION sec.close_idle(as_of date, month_span int, notice_days int) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE one bigint; closed bigint := 0;
BEGIN
  -- one after the other: the last administrator of a structure is known only once the others are closed
  FOR one IN
    SELECT i.account_id FROM sec.idle_accounts(as_of, month_span, notice_days) i
     WHERE i.kept_until < as_of AND i.told_on + notice_days <= as_of ORDER BY i.account_id
  LOOP
    CONTINUE WHEN NOT EXISTS (SELECT FROM sec.idle_accounts(as_of, month_span, notice_days) i WHERE i.account_id = one);
    UPDATE public.access_membership m SET revoked_at = sec.now() WHERE m.account_id = one AND m.revoked_at IS NULL;
    DELETE FROM public.access_session s WHERE s.account_id = one;
    DELETE FROM public.access_knowndevice d WHERE d.account_id = one;
    closed := closed + 1;
  END LOOP;
  RETURN closed;
END $$;

GRANT EXECUTE ON FUNCTION sec.idle_accounts(date, int, int), sec.tell_idle(date, int, int), sec.close_idle(date, int, int)
  TO clausette_worker;
