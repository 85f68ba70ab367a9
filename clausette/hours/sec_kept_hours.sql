-- A mark says what was written: hours only (lines, hours without names, statements), or what is owed as well. A statement
-- tells something of the engagements of who declares it, and of no other: those of the others get no mark.
CREATE OR REPLACE FUNCTION sec.mark_stale() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  only_hours boolean := TG_TABLE_NAME IN ('hours_hoursline', 'hours_collectivehours', 'hours_statement');
  owed bigint[] := '{}';
BEGIN
  -- the transition tables have one name each: `touched` for new rows, `gone` for old ones
  IF TG_OP <> 'DELETE' THEN
    IF TG_ARGV[0] = 'commitment_id' THEN
      owed := ARRAY(SELECT DISTINCT t.commitment_id FROM touched t);
    ELSIF TG_ARGV[0] = 'contract_id' THEN  -- statements
      owed := ARRAY(SELECT c.id FROM public.commitments_commitment c
                     WHERE (c.contract_id, c.contractor_id) IN (SELECT t.contract_id, t.declarant_id FROM touched t));
    ELSE
      owed := ARRAY(SELECT t.id FROM touched t);
    END IF;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    IF TG_ARGV[0] = 'commitment_id' THEN
      owed := owed || ARRAY(SELECT DISTINCT g.commitment_id FROM gone g);
    ELSIF TG_ARGV[0] = 'contract_id' THEN
      owed := owed || ARRAY(SELECT c.id FROM public.commitments_commitment c
                             WHERE (c.contract_id, c.contractor_id) IN (SELECT g.contract_id, g.declarant_id FROM gone g));
    ELSE
      owed := owed || ARRAY(SELECT g.id FROM gone g);
    END IF;
  END IF;
  INSERT INTO public.hours_staleprogress (uid, commitment_id, contract_id, only_hours)
  SELECT gen_random_uuid(), c.id, c.contract_id, only_hours FROM public.commitments_commitment c
   WHERE c.kind <> 'per_amount' AND c.id = ANY (owed);
  RETURN NULL;
END $$;

-- Keep readings just made under the rights of a structure référente, and take off the marks that were there before. What
-- was kept by another meanwhile (`revisions`: as they were before the reading; 0: nothing was kept) stays, with its marks.
DROP FUNCTION IF EXISTS sec.keep_progress(date, int, bigint[], text[], bigint[]);
CREATE OR REPLACE FUNCTION sec.keep_progress(
  day date, version int, owed bigint[], readings text[], months text[], revisions bigint[], marks bigint[]) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  WITH ours AS (
    SELECT c.id, c.contract_id, t.reading, t.expected::date[] AS expected, t.revision
      FROM unnest(owed, readings, months, revisions) AS t (id, reading, expected, revision)
      JOIN public.commitments_commitment c ON c.id = t.id
     WHERE c.contract_id = ANY ((SELECT sec.contracts('pilot'))::bigint[])
  ), kept AS (
    INSERT INTO public.hours_keptprogress AS k (uid, commitment_id, contract_id, as_of, rules, reading, expected, revision)
    SELECT gen_random_uuid(), id, contract_id, day, version, reading, expected, revision FROM ours
    ON CONFLICT (commitment_id) DO UPDATE
       SET as_of = excluded.as_of, rules = excluded.rules, reading = excluded.reading, expected = excluded.expected,
           revision = k.revision + 1
     WHERE k.revision = excluded.revision
    RETURNING k.commitment_id
  ), gone AS (
    DELETE FROM public.hours_staleprogress s USING kept
     WHERE s.commitment_id = kept.commitment_id AND s.id = ANY (marks)
  )
  SELECT count(*) FROM kept
$$;

-- Bring up to date, in the transaction that wrote hours, the readings of today on the contracts of who acts: what hours say of
-- them is summed again, what is owed does not change. Hours are those of all: a reading kept is of who knows the whole.
-- Thousands at once, in tables that may have been empty when PostgreSQL last counted them: joined as sets, never one by one.
-- A reading that somebody else holds, or with a mark that tells more than hours, stays stale: the worker reads it again.
CREATE OR REPLACE FUNCTION sec.keep_hours(version int) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog SET enable_nestloop = off AS $$
DECLARE
  mine bigint[];
  places bigint[];
  done bigint;
BEGIN
  -- held first, then summed: whoever kept one of them before has committed, and what follows sees what it saw
  SELECT array_agg(held.commitment_id), array_agg(DISTINCT held.contract_id) INTO mine, places FROM (
    SELECT k.commitment_id, k.contract_id FROM public.hours_keptprogress k
     WHERE k.as_of = sec.today() AND k.rules = version
       AND k.commitment_id IN (SELECT s.commitment_id FROM public.hours_staleprogress s
                                WHERE s.contract_id = ANY ((SELECT sec.contracts())::bigint[]))
     ORDER BY k.commitment_id FOR UPDATE SKIP LOCKED) AS held;
  IF mine IS NULL THEN
    RETURN 0;
  END IF;
  -- one statement, one moment: a mark that is seen here tells of hours that are seen here
  WITH owed AS MATERIALIZED (
    SELECT k.id, k.commitment_id, c.contract_id, c.contractor_id, k.as_of, k.expected, k.reading::jsonb AS reading
      FROM public.hours_keptprogress k JOIN public.commitments_commitment c ON c.id = k.commitment_id
     WHERE k.commitment_id = ANY (mine)
       AND NOT EXISTS (SELECT FROM public.hours_staleprogress s
                        WHERE s.commitment_id = k.commitment_id AND NOT s.only_hours)
  ), said AS (
    SELECT l.commitment_id, 'named' AS source, l.state, l.month, sum(l.hours) AS hours
      FROM public.hours_hoursline l JOIN owed o ON o.commitment_id = l.commitment_id
     WHERE l.commitment_id = ANY (mine) AND l.month <= o.as_of AND l.state IN ('declared', 'reserved', 'validated', 'refused')
     GROUP BY l.commitment_id, l.state, l.month
    UNION ALL
    SELECT l.commitment_id, 'collective', l.state, l.month, sum(l.hours)
      FROM public.hours_collectivehours l JOIN owed o ON o.commitment_id = l.commitment_id
     WHERE l.commitment_id = ANY (mine) AND l.month <= o.as_of AND l.state IN ('declared', 'reserved', 'validated', 'refused')
     GROUP BY l.commitment_id, l.state, l.month
    UNION ALL  -- by the titulaire itself, « aucune heure » included
    SELECT o.commitment_id, 'handed', CASE s.state WHEN 'submitted' THEN 'declared' ELSE 'handed' END, s.month, NULL
      FROM public.hours_statement s JOIN owed o ON o.contract_id = s.contract_id AND o.contractor_id = s.declarant_id
     WHERE s.contract_id = ANY (places) AND s.month <= o.as_of AND s.state IN ('submitted', 'validated')
  ), sums AS (
    SELECT o.commitment_id,
           coalesce(sum(hours) FILTER (WHERE state = 'declared'), 0) AS declared,
           coalesce(sum(hours) FILTER (WHERE state = 'refused'), 0) AS refused,
           coalesce(sum(hours) FILTER (WHERE state = 'validated' AND source = 'named'), 0) AS named,
           coalesce(sum(hours) FILTER (WHERE state = 'reserved' AND source = 'named'), 0) AS reserved,
           coalesce(sum(hours) FILTER (WHERE state = 'validated' AND source = 'collective'), 0) AS collective,
           coalesce(sum(hours) FILTER (WHERE state = 'declared' AND month >= date_trunc('year', as_of)), 0) AS declared_in_year,
           coalesce(sum(hours) FILTER (WHERE state IN ('validated', 'reserved') AND month >= date_trunc('year', as_of)), 0)
             AS validated_in_year,
           coalesce(array_agg(DISTINCT month) FILTER (WHERE month IS NOT NULL), '{}') AS handed,
           coalesce(array_agg(DISTINCT month) FILTER (WHERE state = 'declared'), '{}') AS pending
      FROM owed o LEFT JOIN said USING (commitment_id)
     GROUP BY o.commitment_id
  ), kept AS (
    UPDATE public.hours_keptprogress k
       SET revision = k.revision + 1,
           reading = (o.reading || jsonb_build_object('progress', o.reading -> 'progress' || jsonb_build_object(
             'declared', s.declared::text,
             'validated', (s.named + s.reserved + s.collective
                           + (o.reading #>> '{progress,makeup,opening}')::numeric)::text,
             'refused', s.refused::text,
             'last_statement', s.handed[cardinality(s.handed)],
             'missing_months', ARRAY(SELECT m FROM unnest(o.expected) AS m WHERE m <> ALL (s.handed) ORDER BY m),
             'pending_months', s.pending,
             'validated_in_year', s.validated_in_year::text,
             'declared_in_year', s.declared_in_year::text,
             'makeup', o.reading #> '{progress,makeup}' || jsonb_build_object(
               'named', s.named::text, 'reserved', s.reserved::text, 'collective', s.collective::text))))::text
      FROM owed o JOIN sums s USING (commitment_id)
     WHERE k.commitment_id = ANY (mine) AND k.id = o.id
    RETURNING k.commitment_id
  ), gone AS (
    DELETE FROM public.hours_staleprogress s USING owed
     WHERE s.commitment_id = ANY (mine) AND s.commitment_id = owed.commitment_id
  )
  SELECT count(*) INTO done FROM kept;
  RETURN done;
END $$;

GRANT EXECUTE ON FUNCTION sec.keep_progress(date, int, bigint[], text[], text[], bigint[], bigint[]) TO clausette_worker;
GRANT EXECUTE ON FUNCTION sec.keep_hours(int) TO clausette_app;
