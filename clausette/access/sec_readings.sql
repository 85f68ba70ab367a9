-- Stub, replaced by the room that knows: the structure that follows each of these objects.
CREATE OR REPLACE FUNCTION sec.followers_of(uids uuid[]) RETURNS TABLE (subject uuid, owner_org bigint)
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT NULL::uuid, NULL::bigint WHERE false
$$;

-- Where the session may act: the organisation of the address, among those of its account.
CREATE OR REPLACE FUNCTION sec.seat_of(ticket text, slug text) RETURNS TABLE (account_id bigint, organisation_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT m.account_id, m.organisation_id
    FROM public.access_membership m JOIN public.access_organisation o ON o.id = m.organisation_id
   WHERE m.account_id = sec.account_of(ticket) AND o.slug = seat_of.slug AND m.revoked_at IS NULL
     AND m.valid_from <= sec.today() AND (m.valid_to IS NULL OR m.valid_to >= sec.today())
   LIMIT 1
$$;

-- Readings of what is personal, written after the read-only page under the same ticket.
CREATE OR REPLACE FUNCTION sec.record_readings(ticket text, slug text, kind text, uids uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE who bigint; place bigint;
BEGIN
  SELECT s.account_id, s.organisation_id INTO who, place FROM sec.seat_of(ticket, slug) s;
  IF place IS NULL THEN
    RAISE EXCEPTION 'no rights' USING ERRCODE = '28000';
  END IF;
  INSERT INTO public.journal_reading (account_id, organisation_id, kind, subject_uid, owner_org)
  SELECT who, place, record_readings.kind, u, f.owner_org
    FROM unnest(uids) AS u LEFT JOIN sec.followers_of(uids) f ON f.subject = u;
END $$;

-- Writes one alert for the organisation of the account, one for each structure whose persons it read today; told once
-- an hour for each level. Returns the new ones, to be sent.
CREATE OR REPLACE FUNCTION sec.alert_readings(
  ticket text, slug text, level text, hour_count int, day_count int, uids uuid[]
) RETURNS SETOF uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE who bigint; place bigint;
BEGIN
  SELECT s.account_id, s.organisation_id INTO who, place FROM sec.seat_of(ticket, slug) s;
  IF place IS NULL THEN
    RAISE EXCEPTION 'no rights' USING ERRCODE = '28000';
  END IF;
  RETURN QUERY
  INSERT INTO public.journal_readingalert (uid, account_id, organisation_id, told_org, level, hour, day)
  SELECT gen_random_uuid(), who, place, told.org, alert_readings.level, hour_count, day_count
    FROM (SELECT place AS org
          UNION SELECT r.owner_org FROM public.journal_reading r
                 WHERE r.account_id = who AND r.at >= transaction_timestamp() - interval '1 day'
          UNION SELECT f.owner_org FROM sec.followers_of(uids) f) told
   WHERE told.org IS NOT NULL
     AND NOT EXISTS (SELECT FROM public.journal_readingalert a
                      WHERE a.account_id = who AND a.told_org = told.org AND a.level = alert_readings.level
                        AND a.at > transaction_timestamp() - interval '1 hour')
  RETURNING journal_readingalert.uid;
END $$;

-- To whom an alert is sent: the administrators of the structure told. The worker asks, when it sends.
CREATE OR REPLACE FUNCTION sec.alert_recipients(alert uuid) RETURNS TABLE (email text, full_name text, slug text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT a.email::text, a.full_name::text, o.slug::text
    FROM public.journal_readingalert x
    JOIN public.access_organisation o ON o.id = x.told_org
    JOIN public.access_membership m ON m.organisation_id = o.id
    JOIN public.access_account a ON a.id = m.account_id
   WHERE x.uid = alert AND m.role = 'admin' AND a.is_active AND m.revoked_at IS NULL AND m.valid_from <= sec.today()
     AND (m.valid_to IS NULL OR m.valid_to >= sec.today())
   ORDER BY a.id
$$;

GRANT EXECUTE ON FUNCTION sec.record_readings(text, text, text, uuid[]),
  sec.alert_readings(text, text, text, int, int, uuid[]) TO clausette_app;
GRANT EXECUTE ON FUNCTION sec.alert_recipients(uuid) TO clausette_worker;
