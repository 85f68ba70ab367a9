-- Bytes that may no longer be kept: workbooks taken over and files of hours (with the lines read in them), payslips and
-- time sheets handed in with a statement, pieces joined to a referral and kept with a decision. Rows, names of batches, hashes stay. Read by a migration. `month_span`,
-- `day_span`, `most_span`: the durations of the dated row.

-- Files on the clock on a day, of one structure or of all (NULL). `held`: somebody whose data are held stands in them.
CREATE OR REPLACE FUNCTION sec.files_on_the_clock(
  category text, org bigint, as_of date, month_span int, day_span int, most_span int, notice_days int
) RETURNS TABLE (file_id bigint, kept_until date, held boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  WITH there AS (
    SELECT f.id FROM public.files_storedfile f WHERE f.bytes_gone_on IS NULL AND (org IS NULL OR f.owner_org_id = org)
  ), clock AS (
    SELECT b.file_id, false AS held,
           min((b.created_at AT TIME ZONE 'Europe/Paris')::date
               + make_interval(months => month_span, days => day_span))::date AS kept_until
      FROM public.imports_takeoverbatch b JOIN there ON there.id = b.file_id
     WHERE category = 'raw_import' AND b.state NOT IN ('reading', 'applying') GROUP BY b.file_id
    UNION ALL
    SELECT b.file_id, false,
           min((b.created_at AT TIME ZONE 'Europe/Paris')::date
               + make_interval(months => month_span, days => day_span))::date
      FROM public.imports_hoursfile b JOIN there ON there.id = b.file_id
     WHERE category = 'raw_import' AND b.state NOT IN ('reading', 'applying') GROUP BY b.file_id
    UNION ALL
    -- so many months after the final statement, which the end of the marché brings; never too long after validation
    SELECT there.id,
           bool_or(EXISTS (
             SELECT FROM public.hours_hoursline l JOIN public.placements_placement w ON w.id = l.placement_id
              WHERE l.statement_id = s.id
                AND (EXISTS (SELECT FROM public.privacy_retentionhold h
                              WHERE h.participant_id = w.participant_id AND h.lifted_on IS NULL AND h.until >= as_of)
                     OR EXISTS (SELECT FROM public.outcomes_fundedentry e
                                  JOIN public.outcomes_fundedoperation o ON o.id = e.operation_id AND o.assists_people
                                 WHERE e.participant_id = w.participant_id AND e.withdrawn_at IS NULL
                                   AND coalesce(o.last_paid_on + interval '6 years', 'infinity') >= as_of)))),
           max(least(CASE WHEN c.ends_on IS NOT NULL
                          THEN greatest(c.ends_on, at.validated_on) + make_interval(months => month_span) END,
                     at.validated_on + make_interval(months => most_span)))::date
      FROM public.hours_statement s
     CROSS JOIN LATERAL (SELECT s.evidence_id AS file_id
                         UNION ALL SELECT p.file_id FROM public.hours_statementpiece p WHERE p.statement_id = s.id) AS joined
      JOIN there ON there.id = joined.file_id
      JOIN public.procurement_contract c ON c.id = s.contract_id
     CROSS JOIN LATERAL (SELECT (s.validated_at AT TIME ZONE 'Europe/Paris')::date AS validated_on) AS at
     WHERE category = 'payslip' GROUP BY there.id HAVING bool_and(s.validated_at IS NOT NULL)
    UNION ALL
    -- of the structure that received it, whoever handed the file in: so many days after the decision that keeps it,
    -- never too long after it was received, decided or not
    SELECT p.file_id,
           EXISTS (SELECT FROM public.privacy_retentionhold h
                    WHERE h.participant_id = r.participant_id AND h.lifted_on IS NULL AND h.until >= as_of)
           OR EXISTS (SELECT FROM public.outcomes_fundedentry e
                        JOIN public.outcomes_fundedoperation o ON o.id = e.operation_id AND o.assists_people
                       WHERE e.participant_id = r.participant_id AND e.withdrawn_at IS NULL
                         AND coalesce(o.last_paid_on + interval '6 years', 'infinity') >= as_of),
           least(c.decided_on + make_interval(months => month_span, days => day_span),
                 r.answered_on + make_interval(months => most_span))::date
      FROM public.participants_referralpiece p
      JOIN public.participants_referral r ON r.id = p.referral_id
      JOIN public.participants_eligibilitycheck c ON c.id = p.check_made_id
     WHERE category = 'evidence' AND p.state IN ('handed', 'kept') AND (org IS NULL OR p.owner_org_id = org)
  )
  SELECT clock.file_id, clock.kept_until, clock.held FROM clock WHERE clock.kept_until - notice_days <= as_of
$$;

-- For an administrator: how many files of the structure leave soon, or should have left, and the first day.
CREATE OR REPLACE FUNCTION sec.files_leaving(
  category text, as_of date, month_span int, day_span int, most_span int, notice_days int
) RETURNS TABLE (files bigint, first_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT count(*), min(k.kept_until)
    FROM sec.files_on_the_clock(category, sec.organisation(), as_of, month_span, day_span, most_span, notice_days) k
   WHERE sec.is_admin() AND NOT k.held
$$;

-- Counted, or taken away, for all structures. Batches not taken over are given up; each structure keeps a line of it.
CREATE OR REPLACE FUNCTION sec.purge_files(
  category text, as_of date, month_span int, day_span int, most_span int, notice_days int, really boolean
) RETURNS TABLE (due bigint, announced bigint, held bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
DECLARE went bigint[];
BEGIN
  SELECT count(*) FILTER (WHERE k.kept_until < purge_files.as_of AND NOT k.held),
         count(*) FILTER (WHERE k.kept_until >= purge_files.as_of AND NOT k.held),
         count(*) FILTER (WHERE k.held),
         array_agg(k.file_id) FILTER (WHERE k.kept_until < purge_files.as_of AND NOT k.held)
    INTO due, announced, held, went
    FROM sec.files_on_the_clock(purge_files.category, NULL, purge_files.as_of, month_span, day_span, most_span,
                                notice_days) k;
  IF really AND went IS NOT NULL THEN
    UPDATE public.files_storedfile f SET bytes_gone_on = sec.today() WHERE f.id = ANY (went);
    IF purge_files.category = 'raw_import' THEN
      UPDATE public.imports_takeoverbatch b
         SET notes = '[]', answers = '{}',
             state = CASE WHEN b.state IN ('columns', 'read') THEN 'cancelled' ELSE b.state END
       WHERE b.file_id = ANY (went);
      UPDATE public.imports_takeoverline l SET key = '', values = '{}', findings = '[]', options = '[]'
        FROM public.imports_takeoverbatch b WHERE b.id = l.batch_id AND b.file_id = ANY (went);
      UPDATE public.imports_hoursfile b
         SET notes = '[]', plans = '[]', state = CASE WHEN b.state IN ('columns', 'read') AND b.applied_at IS NULL
                                                      THEN 'cancelled' ELSE b.state END
       WHERE b.file_id = ANY (went);
      UPDATE public.imports_hoursfileline l
         SET values = '{}', person_key = '', place_key = '', options = '[]', findings = '[]'
        FROM public.imports_hoursfile b WHERE b.id = l.batch_id AND b.file_id = ANY (went);
      UPDATE public.imports_hoursfileblock k
         SET people = sec.all_emptied(k.people, 1), places = sec.all_emptied(k.places, 2),
             findings = sec.all_emptied(k.findings, 1)
        FROM public.imports_hoursfile b WHERE b.id = k.batch_id AND b.file_id = ANY (went);
    ELSE
      UPDATE public.files_storedfile f SET name = 'fichier effacé' WHERE f.id = ANY (went);
      UPDATE public.participants_referralpiece p SET state = 'destroyed', gone_on = sec.today()
       WHERE p.file_id = ANY (went);
    END IF;
    INSERT INTO public.privacy_purgebatch (uid, owner_org_id, category, as_of, gone, kept)
    SELECT gen_random_uuid(), coalesce(p.owner_org_id, f.owner_org_id), purge_files.category, purge_files.as_of,
           count(*), 0
      FROM public.files_storedfile f LEFT JOIN public.participants_referralpiece p ON p.file_id = f.id
     WHERE f.id = ANY (went) GROUP BY coalesce(p.owner_org_id, f.owner_org_id);
  END IF;
  RETURN NEXT;
END $$;

GRANT EXECUTE ON FUNCTION sec.files_leaving(text, date, int, int, int, int) TO clausette_app;
GRANT EXECUTE ON FUNCTION sec.purge_files(text, date, int, int, int, int, boolean) TO clausette_worker;
