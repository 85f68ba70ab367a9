-- What is on the clock of retention for the structure of the context, on a day: announced or due. Read by a migration.
-- One row for each identity and each decision whose reasons are still there. Durations are given: they are dated facts.
-- The same arithmetic as `privacy.rules.retention` (a test compares them): last day included, month ends clamped.
CREATE OR REPLACE FUNCTION sec.on_the_clock(
  as_of date, candidate_months int, person_months int, reason_months int, notice_days int, fse_months int
) RETURNS TABLE (category text, participant_id bigint, check_id bigint, kept_until date, held_until date)
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  WITH me AS MATERIALIZED (SELECT sec.organisation() AS org WHERE sec.capable('facilitator')),
  checks AS (
    SELECT c.participant_id, max(greatest(c.asked_on, c.decided_on)) AS last
      FROM public.participants_eligibilitycheck c JOIN me ON c.owner_org_id = me.org GROUP BY c.participant_id
  ), work AS (
    SELECT w.participant_id, bool_or(w.ended_on IS NULL AND w.ends_on IS NULL) AS running,
           max(coalesce(w.ended_on, w.ends_on)) AS last
      FROM public.placements_placement w JOIN me ON w.owner_org_id = me.org
     WHERE w.withdrawn_at IS NULL GROUP BY w.participant_id
  ), funded AS (
    -- an entry in an FSE+ operation holds until the end of its retention, which the last payment sets: until it is
    -- noted, the end is beyond any day (9999)
    SELECT e.participant_id, coalesce((make_date(extract(year FROM o.last_paid_on)::int, 12, 31)
                                       + make_interval(months => fse_months))::date, '9999-12-31'::date) AS until
      FROM public.outcomes_fundedentry e JOIN me ON e.owner_org_id = me.org
      JOIN public.outcomes_fundedoperation o ON o.id = e.operation_id AND o.assists_people
     WHERE e.withdrawn_at IS NULL
  ), holds AS (
    SELECT every.participant_id, max(every.until) AS until
      FROM (SELECT h.participant_id, h.until FROM public.privacy_retentionhold h JOIN me ON h.owner_org_id = me.org
             WHERE h.lifted_on IS NULL
             UNION ALL SELECT funded.participant_id, funded.until FROM funded) AS every
     WHERE every.until >= as_of GROUP BY every.participant_id
  ), persons AS (
    SELECT p.id, work.participant_id IS NOT NULL AS placed, coalesce(work.running, false) AS running, work.last,
           greatest((p.created_at AT TIME ZONE 'Europe/Paris')::date, p.referred_on, checks.last, work.last) AS met,
           holds.until
      FROM public.participants_participant p JOIN me ON p.owner_org_id = me.org
      LEFT JOIN checks ON checks.participant_id = p.id
      LEFT JOIN work ON work.participant_id = p.id
      LEFT JOIN holds ON holds.participant_id = p.id
     WHERE p.erased_on IS NULL
  ), clock AS (
    SELECT CASE WHEN placed THEN 'person' ELSE 'candidate' END AS category, id, NULL::bigint AS check_id,
           (met + make_interval(months => CASE WHEN placed THEN person_months ELSE candidate_months END))::date AS ends,
           until
      FROM persons WHERE NOT running
    UNION ALL
    SELECT 'reason', persons.id, c.id,
           CASE WHEN NOT persons.placed AND c.state = 'eligible'
                THEN least((c.decided_on + make_interval(months => reason_months))::date, c.hire_before)
                ELSE (greatest(c.decided_on, persons.last) + make_interval(months => reason_months))::date END,
           persons.until
      FROM persons JOIN public.participants_eligibilitycheck c ON c.participant_id = persons.id
     WHERE NOT persons.running AND c.decided_on IS NOT NULL
       AND EXISTS (SELECT FROM public.participants_eligibilityreason r WHERE r.check_made_id = c.id AND r.sealed IS NOT NULL)
  )
  SELECT clock.category, clock.id, clock.check_id, clock.ends, clock.until FROM clock
   WHERE clock.ends - notice_days <= as_of
$$;

GRANT EXECUTE ON FUNCTION sec.on_the_clock(date, int, int, int, int, int) TO clausette_app;
