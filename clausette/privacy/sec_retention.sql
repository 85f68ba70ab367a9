-- What is on the clock of retention for the structure of the context, on a day: announced or due. Read by a migration.
-- One row for each identity, each decision of which something sealed is still there, each referral that led to nobody
-- (`row_id`: of the decision or of the referral). Durations are given: they are dated facts. The same arithmetic as
-- `privacy.rules.retention` (a test compares them): last day included, month ends clamped.
CREATE OR REPLACE FUNCTION sec.on_the_clock(
  as_of date, candidate_months int, person_months int, reason_months int, referral_months int, notice_days int,
  fse_months int
) RETURNS TABLE (category text, participant_id bigint, row_id bigint, kept_until date, held_until date)
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  WITH me AS MATERIALIZED (SELECT sec.organisation() AS org WHERE sec.capable('facilitator')),
  work AS (
    SELECT w.participant_id, bool_or(w.ended_on IS NULL AND w.ends_on IS NULL) AS running,
           max(coalesce(w.ended_on, w.ends_on)) AS last
      FROM public.placements_placement w JOIN me ON w.owner_org_id = me.org
     WHERE w.withdrawn_at IS NULL GROUP BY w.participant_id
  ), gestures AS (
    -- every dated gesture of every room about a person: none may be forgotten, a test goes over the tables that hold
    -- one. A record reunited with another one counts for the one that stays.
    SELECT coalesce(p.merged_into_id, p.id) AS who,
           greatest((p.created_at AT TIME ZONE 'Europe/Paris')::date, r.referred_on) AS at
      FROM public.participants_participant p JOIN me ON p.owner_org_id = me.org
      LEFT JOIN public.participants_personcontact r ON r.participant_id = p.id
    UNION ALL SELECT c.participant_id, greatest(c.asked_on, c.decided_on)
      FROM public.participants_eligibilitycheck c JOIN me ON c.owner_org_id = me.org
    UNION ALL SELECT n.participant_id, n.dated_on
      FROM public.participants_checknote n
      JOIN public.participants_eligibilitycheck c ON c.id = n.check_made_id JOIN me ON c.owner_org_id = me.org
    UNION ALL SELECT h.participant_id, h.known_on
      FROM public.participants_home h
      JOIN public.participants_participant p ON p.id = h.participant_id JOIN me ON p.owner_org_id = me.org
    UNION ALL SELECT m.participant_id, greatest(m.decided_on, m.ends_on)
      FROM public.participants_limitmove m JOIN me ON m.owner_org_id = me.org WHERE m.withdrawn_at IS NULL
    UNION ALL SELECT r.participant_id, greatest(r.asked_on, r.sent_on, r.answered_on)
      FROM public.participants_referral r JOIN me ON r.owner_org_id = me.org WHERE r.participant_id IS NOT NULL
    UNION ALL SELECT w.participant_id, greatest(w.starts_on, coalesce(w.ended_on, w.ends_on))
      FROM public.placements_placement w JOIN me ON w.owner_org_id = me.org WHERE w.withdrawn_at IS NULL
    UNION ALL SELECT t.participant_id, greatest(t.starts_on, coalesce(t.ended_on, t.ends_on))
      FROM public.outcomes_trainingaction t JOIN me ON t.owner_org_id = me.org WHERE t.withdrawn_at IS NULL
    UNION ALL SELECT i.participant_id, i."on"
      FROM public.outcomes_interview i JOIN me ON i.owner_org_id = me.org WHERE i.withdrawn_at IS NULL
    UNION ALL SELECT x.participant_id, greatest(x.exited_on, x.confirmed_on)
      FROM public.outcomes_pathexit x JOIN me ON x.owner_org_id = me.org WHERE x.withdrawn_at IS NULL
    UNION ALL SELECT u.participant_id, u.answered_on
      FROM public.outcomes_followup u JOIN me ON u.owner_org_id = me.org
    UNION ALL SELECT e.participant_id, greatest(e.entered_on, e.left_on)
      FROM public.outcomes_fundedentry e JOIN me ON e.owner_org_id = me.org WHERE e.withdrawn_at IS NULL
    UNION ALL SELECT q.participant_id, greatest(q.signed_on, q.notice_on)
      FROM public.outcomes_entryquestionnaire q JOIN me ON q.owner_org_id = me.org
    UNION ALL SELECT q.participant_id, q.answered_on
      FROM public.outcomes_exitquestionnaire q JOIN me ON q.owner_org_id = me.org
    UNION ALL SELECT g.participant_id, g.given_on
      FROM public.privacy_noticegiven g JOIN me ON g.owner_org_id = me.org
  ), contacts AS (
    SELECT gestures.who, max(gestures.at) AS met FROM gestures GROUP BY gestures.who
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
    -- a record reunited with another one has no clock of its own: it leaves with the one that stays
    SELECT p.id, work.participant_id IS NOT NULL AS placed, coalesce(work.running, false) AS running, work.last,
           contacts.met, holds.until
      FROM public.participants_participant p JOIN me ON p.owner_org_id = me.org
      JOIN contacts ON contacts.who = p.id
      LEFT JOIN work ON work.participant_id = p.id
      LEFT JOIN holds ON holds.participant_id = p.id
     WHERE p.erased_on IS NULL AND p.merged_into_id IS NULL
  ), clock AS (
    SELECT CASE WHEN placed THEN 'person' ELSE 'candidate' END AS category, id, NULL::bigint AS row_id,
           (met + make_interval(months => CASE WHEN placed THEN person_months ELSE candidate_months END))::date AS ends,
           until
      FROM persons WHERE NOT running
    UNION ALL
    -- decided, or withdrawn before it was
    SELECT 'reason', persons.id, c.id,
           CASE WHEN NOT persons.placed AND c.state = 'eligible'
                THEN least((c.decided_on + make_interval(months => reason_months))::date, c.hire_before)
                ELSE (greatest(coalesce(c.decided_on, c.asked_on), persons.last)
                      + make_interval(months => reason_months))::date END,
           persons.until
      FROM persons JOIN public.participants_eligibilitycheck c ON c.participant_id = persons.id
     WHERE NOT persons.running AND (c.decided_on IS NOT NULL OR c.state = 'withdrawn')
       AND (EXISTS (SELECT FROM public.participants_eligibilityreason r
                     WHERE r.check_made_id = c.id AND r.sealed IS NOT NULL)
            OR EXISTS (SELECT FROM public.participants_checknote n
                        WHERE n.check_made_id = c.id AND n.sealed IS NOT NULL)
            OR EXISTS (SELECT FROM public.participants_referralpiece i
                        WHERE i.check_made_id = c.id AND i.sealed IS NOT NULL)
            OR EXISTS (SELECT FROM public.participants_referral r
                         JOIN public.participants_referralsituation s ON s.referral_id = r.id
                        WHERE r.participant_id = c.participant_id
                          AND r.answered_on <= coalesce(c.decided_on, c.asked_on)))
    UNION ALL
    -- refused, withdrawn, never answered; consent taken back: the very next day
    SELECT 'referral', NULL, r.id,
           coalesce(r.consent_withdrawn_on, (greatest(r.asked_on, r.sent_on, r.answered_on)
                                             + make_interval(months => referral_months))::date), NULL
      FROM public.participants_referral r JOIN me ON r.owner_org_id = me.org
     WHERE r.participant_id IS NULL AND NOT EXISTS (SELECT FROM public.privacy_erasure e WHERE e.referral_id = r.id)
  )
  SELECT clock.category, clock.id, clock.row_id, clock.ends, clock.until FROM clock
   WHERE clock.ends - notice_days <= as_of
$$;

GRANT EXECUTE ON FUNCTION sec.on_the_clock(date, int, int, int, int, int, int) TO clausette_app;
