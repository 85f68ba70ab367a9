-- Distinct persons read by the account of a session (identity, reasons, rows of an export; neither pieces nor files): in
-- the hour (since its last second factor) and in the civil day, before and with those of the page; the first reading of
-- the hour; the threshold that the structure chose.
CREATE OR REPLACE FUNCTION sec.reading_flow(ticket text, slug text, uids uuid[], since timestamptz)
RETURNS TABLE (hour_before int, hour_now int, day_before int, day_now int, oldest timestamptz, own_threshold int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  WITH bounds AS (
    SELECT greatest(transaction_timestamp() - interval '1 hour', coalesce(since, '-infinity')) AS hour,
           date_trunc('day', transaction_timestamp() AT TIME ZONE 'Europe/Paris') AT TIME ZONE 'Europe/Paris' AS day
  ), seen AS (
    SELECT r.subject_uid, max(r.at) AS last_at, min(r.at) FILTER (WHERE r.at >= b.hour) AS first_at
      FROM bounds b, public.journal_reading r
     WHERE r.account_id = sec.account_of(ticket) AND r.at >= least(b.hour, b.day)
       AND r.kind IN ('identity', 'reasons', 'export')
     GROUP BY r.subject_uid
  ), told AS (
    SELECT (count(*) FILTER (WHERE s.last_at >= b.hour))::int AS hour,
           (count(*) FILTER (WHERE s.last_at >= b.day))::int AS day,
           (count(*) FILTER (WHERE s.last_at >= b.hour AND s.subject_uid = ANY (uids)))::int AS hour_again,
           (count(*) FILTER (WHERE s.last_at >= b.day AND s.subject_uid = ANY (uids)))::int AS day_again,
           min(s.first_at) AS first_at
      FROM bounds b LEFT JOIN seen s ON true
  )
  SELECT t.hour, t.hour + cardinality(uids) - t.hour_again, t.day, t.day + cardinality(uids) - t.day_again, t.first_at,
         (SELECT o.reading_alert::int FROM public.access_organisation o WHERE o.slug = reading_flow.slug)
    FROM told t
$$;

GRANT EXECUTE ON FUNCTION sec.reading_flow(text, text, uuid[], timestamptz) TO clausette_app;
