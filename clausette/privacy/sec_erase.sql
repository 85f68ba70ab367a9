-- Erasing a person: each room forgets over its own tables, and tells which of its rows spoke of the person, so that the
-- journal forgets what was written about them. Hours, days, sex, year of birth and a home in a priority district stay:
-- they are the figures owed to the buyers, and name nobody. Called by the two functions at the end only.

-- A mark in the place of a text that a constraint wants.
CREATE OR REPLACE FUNCTION sec.forgotten(told text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
  SELECT CASE WHEN told = '' THEN '' ELSE 'effacé' END
$$;

-- A validated or refused line never changes, except for who reports it, and for what was written of somebody erased.
-- Its month reopened, a validated line is « déclarées » again, as it was.
CREATE OR REPLACE FUNCTION sec.validated_line_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE free text[] := ARRAY['reporting_org_id'];
BEGIN
  IF current_user = 'clausette_owner' THEN  -- inside forget_in_hours only: nobody else comes here as the owner
    free := free || ARRAY['reason', 'reserve_reason', 'late_reason'];
  END IF;
  IF OLD.state = 'validated' AND NEW.state = 'declared' AND sec.just_reopened(OLD.statement_id) THEN
    free := free || ARRAY['state'];
  END IF;
  IF to_jsonb(NEW) - free IS DISTINCT FROM to_jsonb(OLD) - free THEN
    RAISE EXCEPTION 'a validated line never changes' USING ERRCODE = '23514', CONSTRAINT = 'hours_line_validated_stays';
  END IF;
  RETURN NEW;
END $$;

-- Hours retained under reserve: the reserve is lifted or the hours are not retained; nothing else changes, but the same.
-- Their month reopened, they are « déclarées » again, and keep what the reserve said.
CREATE OR REPLACE FUNCTION sec.reserved_line_settles() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE free text[] := ARRAY['state', 'reason'];
BEGIN
  IF current_user = 'clausette_owner' AND NEW.state = OLD.state THEN
    free := free || ARRAY['reserve_reason', 'late_reason'];
  ELSIF NEW.state = 'declared' AND sec.just_reopened(OLD.statement_id) THEN
    free := ARRAY['state'];
  ELSIF NEW.state NOT IN ('validated', 'refused') THEN
    free := '{}';
  END IF;
  IF cardinality(free) = 0 OR to_jsonb(NEW) - free IS DISTINCT FROM to_jsonb(OLD) - free THEN
    RAISE EXCEPTION 'a reserved line is only settled'
      USING ERRCODE = '23514', CONSTRAINT = 'hours_line_reserved_settles';
  END IF;
  RETURN NEW;
END $$;

-- The bytes of these pieces, wherever they stand, and which kind of paper they are; the rows and the hashes stay.
CREATE OR REPLACE FUNCTION sec.clear_pieces(asked bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  UPDATE public.files_storedfile f SET bytes_gone_on = sec.today(), name = 'fichier effacé'
    FROM public.participants_referralpiece p
   WHERE p.id = ANY (asked) AND f.id = p.file_id AND f.bytes_gone_on IS NULL;
  UPDATE public.participants_referralpiece p
     SET sealed = NULL, state = 'destroyed', gone_on = coalesce(p.gone_on, sec.today())
   WHERE p.id = ANY (asked);
END $$;

-- What these referrals tell of somebody; one that waits is withdrawn. Its days and its answer (yes or no) stay.
CREATE OR REPLACE FUNCTION sec.clear_referrals(asked bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  DELETE FROM public.participants_referralsituation s WHERE s.referral_id = ANY (asked);
  PERFORM sec.clear_pieces(ARRAY(SELECT p.id FROM public.participants_referralpiece p WHERE p.referral_id = ANY (asked)));
  UPDATE public.participants_referral r
     SET first_name = 'effacée', last_name = 'Personne', birth_date = date_trunc('year', r.birth_date)::date,
         sex = 'unknown', commune_name = '', phone = '', email = '', sort_key = 'efface ' || r.uid, wanted = '',
         opinion = '', answer = '',
         state = CASE WHEN r.state IN ('accepted', 'refused', 'withdrawn') THEN r.state ELSE 'withdrawn' END
   WHERE r.id = ANY (asked);
END $$;

CREATE OR REPLACE FUNCTION sec.forget_in_participants(who bigint, day date) RETURNS uuid[]
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE told uuid[];
BEGIN
  SELECT array_agg(uid) INTO told FROM (
    SELECT uid FROM public.participants_participant WHERE id = who
    UNION ALL SELECT uid FROM public.participants_eligibilitycheck WHERE participant_id = who
    UNION ALL SELECT uid FROM public.participants_eligibilityreason WHERE participant_id = who
    UNION ALL SELECT uid FROM public.participants_decisionfacts WHERE participant_id = who
    UNION ALL SELECT uid FROM public.participants_checknote WHERE participant_id = who
    UNION ALL SELECT uid FROM public.participants_home WHERE participant_id = who
    UNION ALL SELECT uid FROM public.participants_limitmove WHERE participant_id = who
    UNION ALL SELECT uid FROM public.participants_referral WHERE participant_id = who) AS spoken;
  UPDATE public.participants_eligibilityreason SET sealed = NULL WHERE participant_id = who;
  UPDATE public.participants_personcontact SET phone = '', email = '', phone_mark = '', email_mark = ''
   WHERE participant_id = who;
  DELETE FROM public.participants_resemblance WHERE who IN (first_id, second_id);
  UPDATE public.participants_checknote SET sealed = NULL WHERE participant_id = who;
  UPDATE public.participants_limitmove SET sealed = NULL WHERE participant_id = who;
  UPDATE public.participants_home
     SET commune_code = '', commune_name = '', district_2024 = '', district_2015 = '' WHERE participant_id = who;
  UPDATE public.participants_decisionfacts
     SET level = '', level_words = '', district_2024 = '', district_2015 = '', district_means = '',
         registered_on = NULL, months_registered = NULL, months_worked = NULL, already_employed = NULL
   WHERE participant_id = who;
  PERFORM sec.clear_referrals(ARRAY(SELECT r.id FROM public.participants_referral r WHERE r.participant_id = who));
  UPDATE public.participants_participant
     SET first_name = 'effacée', last_name = 'Personne', birth_date = date_trunc('year', birth_date)::date,
         commune_name = '', sort_key = 'efface ' || uid, sound_key = '', erased_on = day
   WHERE id = who;
  RETURN told;
END $$;

CREATE OR REPLACE FUNCTION sec.forget_in_placements(who bigint) RETURNS uuid[]
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  UPDATE public.placements_placement
     SET job = '', end_reason = CASE WHEN end_reason = '' THEN '' ELSE 'other' END,
         already_employed_reason = sec.forgotten(already_employed_reason),
         withdrawn_reason = sec.forgotten(withdrawn_reason)
   WHERE participant_id = who;
  RETURN (SELECT array_agg(spoken.uid) FROM (
    SELECT p.uid FROM public.placements_placement p WHERE p.participant_id = who
    UNION ALL SELECT a.uid FROM public.placements_allocation a JOIN public.placements_placement p ON p.id = a.placement_id
     WHERE p.participant_id = who) AS spoken);
END $$;

-- The words of a name in one order: « diallo salif » as « salif diallo ».
CREATE OR REPLACE FUNCTION sec.sorted_words(told text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
  SELECT string_agg(word, ' ' ORDER BY word) FROM regexp_split_to_table(told, ' ') AS word
$$;

-- Somebody of this name, and of no other date of birth, whom a firm named on a contract of their structure and whom nobody
-- matched: gone. Matched, nothing is left of what was typed.
CREATE OR REPLACE FUNCTION sec.forget_unlisted(who bigint) RETURNS uuid[]
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE theirs bigint[]; told uuid[];
BEGIN
  SELECT array_agg(u.id), array_agg(u.uid) INTO theirs, told
    FROM public.hours_unlistedperson u JOIN public.participants_participant p ON p.id = who
    LEFT JOIN public.placements_placement w ON w.id = u.placement_id
   WHERE w.participant_id = who
      OR (u.state <> 'matched' AND (u.birth_date IS NULL OR u.birth_date = p.birth_date)
          AND (u.sort_key ~* sec.whole_word(p.sort_key) OR sec.sorted_words(u.sort_key) = sec.sorted_words(p.sort_key))
          AND EXISTS (SELECT FROM public.procurement_contractparty y
                       WHERE y.contract_id = u.contract_id AND y.organisation_id = p.owner_org_id
                         AND y.role IN ('pilot', 'copilot')));
  DELETE FROM public.hours_unlistedperson u WHERE u.id = ANY (theirs) AND u.state <> 'matched';
  RETURN told;
END $$;

CREATE OR REPLACE FUNCTION sec.forget_in_hours(who bigint) RETURNS uuid[]
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE worked bigint[]; told uuid[];
BEGIN
  SELECT array_agg(l.id), array_agg(l.uid) INTO worked, told
    FROM public.hours_hoursline l JOIN public.placements_placement p ON p.id = l.placement_id
   WHERE p.participant_id = who;
  UPDATE public.hours_hoursline
     SET reason = sec.forgotten(reason), reserve_reason = sec.forgotten(reserve_reason),
         late_reason = sec.forgotten(late_reason)
   WHERE id = ANY (worked) AND (reason <> '' OR reserve_reason <> '' OR late_reason <> '');
  UPDATE public.hours_confirmation c SET decision_reason = sec.forgotten(c.decision_reason)
    FROM public.placements_placement p
   WHERE p.id = c.placement_id AND p.participant_id = who AND c.decision_reason <> '';
  told := told || (SELECT array_agg(c.uid) FROM public.hours_confirmation c
                     JOIN public.placements_placement p ON p.id = c.placement_id WHERE p.participant_id = who);
  UPDATE public.hours_correctionproposal c
     SET reason = sec.forgotten(c.reason), end_reason = sec.forgotten(c.end_reason)
    FROM public.placements_placement p WHERE p.id = c.placement_id AND p.participant_id = who;
  told := told || (SELECT array_agg(c.uid) FROM public.hours_correctionproposal c
                     JOIN public.placements_placement p ON p.id = c.placement_id WHERE p.participant_id = who);
  told := told || sec.forget_unlisted(who);
  UPDATE public.hours_justification SET text = sec.forgotten(text) WHERE line_id = ANY (worked);
  RETURN told || (SELECT array_agg(uid) FROM public.hours_justification WHERE line_id = ANY (worked));
END $$;

CREATE OR REPLACE FUNCTION sec.forget_in_outcomes(who bigint) RETURNS uuid[]
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  UPDATE public.outcomes_trainingaction
     SET provider = sec.forgotten(provider), qualification = sec.forgotten(qualification),
         withdrawn_reason = sec.forgotten(withdrawn_reason)
   WHERE participant_id = who;
  UPDATE public.outcomes_interview SET note = '', withdrawn_reason = sec.forgotten(withdrawn_reason)
   WHERE participant_id = who;
  UPDATE public.outcomes_fundedentry SET withdrawn_reason = sec.forgotten(withdrawn_reason) WHERE participant_id = who;
  UPDATE public.outcomes_entryquestionnaire SET sealed = NULL, reason = sec.forgotten(reason) WHERE participant_id = who;
  UPDATE public.outcomes_sensitiveanswers SET sealed = NULL WHERE participant_id = who;
  UPDATE public.outcomes_exitquestionnaire SET sealed = NULL WHERE participant_id = who;
  UPDATE public.outcomes_pathexit SET withdrawn_reason = sec.forgotten(withdrawn_reason) WHERE participant_id = who;
  RETURN (SELECT array_agg(spoken.uid) FROM (
    SELECT uid FROM public.outcomes_trainingaction WHERE participant_id = who
    UNION ALL SELECT uid FROM public.outcomes_interview WHERE participant_id = who
    UNION ALL SELECT uid FROM public.outcomes_pathexit WHERE participant_id = who
    UNION ALL SELECT uid FROM public.outcomes_fundedentry WHERE participant_id = who
    UNION ALL SELECT uid FROM public.outcomes_entryquestionnaire WHERE participant_id = who
    UNION ALL SELECT uid FROM public.outcomes_exitquestionnaire WHERE participant_id = who
    UNION ALL SELECT uid FROM public.outcomes_followup WHERE participant_id = who) AS spoken);
END $$;

-- A word as a pattern, whole.
CREATE OR REPLACE FUNCTION sec.whole_word(told text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
  SELECT '(^|\W)' || regexp_replace(told, '([^[:alnum:][:space:]])', '\\\1', 'g') || '(\W|$)'
$$;

-- Entries of a list of a block of lines of a file of hours, their words emptied: what each names by number or by code,
-- its `kept` first elements, stays.
CREATE OR REPLACE FUNCTION sec.emptied(entry jsonb, kept int) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
  SELECT jsonb_agg(CASE WHEN n <= kept THEN e ELSE '""' END ORDER BY n)
    FROM jsonb_array_elements(entry) WITH ORDINALITY AS x(e, n)
$$;
CREATE OR REPLACE FUNCTION sec.all_emptied(list jsonb, kept int) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
  SELECT coalesce(jsonb_agg(sec.emptied(e, kept) ORDER BY n), '[]')
    FROM jsonb_array_elements(list) WITH ORDINALITY AS x(e, n)
$$;

-- Blocks of lines that ask nothing: the entry of the person goes, as do the places and the findings that no line of
-- somebody else names. `given`, `family`: the words of the name, whole; `senders`: where they are looked for.
CREATE OR REPLACE FUNCTION sec.forget_in_blocks(who bigint, given text, family text, senders bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE b record; placed bigint[];
BEGIN
  placed := ARRAY(SELECT w.id FROM public.placements_placement w WHERE w.participant_id = who);
  FOR b IN
    SELECT k.id, k.people, k.places, k.findings, k.cells::jsonb AS cells, k.owner_org_id = ANY (senders) AS named
      FROM public.imports_hoursfileblock k
     WHERE EXISTS (SELECT FROM jsonb_array_elements(k.people) e WHERE (e ->> 0)::bigint = ANY (placed))
        OR (k.owner_org_id = ANY (senders) AND concat(k.people, k.places, k.findings) ~* given
            AND concat(k.people, k.places, k.findings) ~* family)
  LOOP
    WITH line AS MATERIALIZED (
      SELECT DISTINCT c.person::int AS person, c.place::int AS place, c.said::int AS said
        FROM ROWS FROM (jsonb_array_elements_text(b.cells -> 'person'), jsonb_array_elements_text(b.cells -> 'place'),
                        jsonb_array_elements_text(b.cells -> 'said')) AS c(person, place, said)
    ), gone AS MATERIALIZED (
      SELECT DISTINCT l.person FROM line l
       WHERE b.people -> l.person ->> 1 = ''  -- somebody erased before
          OR (b.people -> l.person ->> 0)::bigint = ANY (placed)
          OR (b.named AND concat(b.people -> l.person, b.places -> l.place) ~* given
              AND concat(b.people -> l.person, b.places -> l.place) ~* family)
    ), stays AS MATERIALIZED (
      SELECT l.place, l.said FROM line l WHERE l.person NOT IN (SELECT g.person FROM gone g)
    ), told AS MATERIALIZED (
      SELECT DISTINCT f::int AS finding
        FROM (SELECT DISTINCT s.said FROM stays s) one, jsonb_array_elements_text(b.cells -> 'sayings' -> one.said) f
    )
    UPDATE public.imports_hoursfileblock k
       SET people = (SELECT coalesce(jsonb_agg(CASE WHEN n - 1 IN (SELECT g.person FROM gone g) THEN sec.emptied(e, 1)
                                                    ELSE e END ORDER BY n), '[]')
                       FROM jsonb_array_elements(b.people) WITH ORDINALITY AS x(e, n)),
           places = (SELECT coalesce(jsonb_agg(CASE WHEN n - 1 NOT IN (SELECT s.place FROM stays s)
                                                      OR (b.named AND e::text ~* given AND e::text ~* family)
                                                    THEN sec.emptied(e, 2) ELSE e END ORDER BY n), '[]')
                       FROM jsonb_array_elements(b.places) WITH ORDINALITY AS x(e, n)),
           findings = (SELECT coalesce(jsonb_agg(CASE WHEN n - 1 NOT IN (SELECT t.finding FROM told t)
                                                        OR (b.named AND e::text ~* given AND e::text ~* family)
                                                      THEN sec.emptied(e, 1) ELSE e END ORDER BY n), '[]')
                         FROM jsonb_array_elements(b.findings) WITH ORDINALITY AS x(e, n))
     WHERE k.id = b.id;
  END LOOP;
END $$;

-- Lines of workbooks taken over and of files of hours that hold both names, or the name as it is compared; and what was noted of the batch.
CREATE OR REPLACE FUNCTION sec.forget_in_imports(who bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE p record;
BEGIN
  SELECT q.owner_org_id, q.uid, sec.whole_word(q.first_name) AS first, sec.whole_word(q.last_name) AS last,
         sec.whole_word(q.sort_key) AS key INTO p
    FROM public.participants_participant q WHERE q.id = who;
  UPDATE public.imports_takeoverline l SET key = '', values = '{}', findings = '[]', options = '[]'
   WHERE l.owner_org_id = p.owner_org_id
     AND (l.key ~* p.key OR (l.values::text ~* p.first AND l.values::text ~* p.last)
          OR (l.findings::text ~* p.first AND l.findings::text ~* p.last)
          OR (l.options::text ~* p.first AND l.options::text ~* p.last) OR strpos(l.options::text, p.uid::text) > 0);
  UPDATE public.imports_takeoverbatch b SET notes = '[]'
   WHERE b.owner_org_id = p.owner_org_id AND b.notes::text ~* p.first AND b.notes::text ~* p.last;
  UPDATE public.imports_takeoverbatch b SET answers = '{}'
   WHERE b.owner_org_id = p.owner_org_id
     AND (strpos(b.answers::text, p.uid::text) > 0 OR b.answers::text ~* p.key
          OR (b.answers::text ~* p.first AND b.answers::text ~* p.last));
  -- files of hours are those of the bodies that employ or host the person, and of the structures
  UPDATE public.imports_hoursfileline l
     SET values = '{}', person_key = '', place_key = '', options = '[]', findings = '[]'
   WHERE l.placement_ref IN (SELECT w.id FROM public.placements_placement w WHERE w.participant_id = who)
      OR ((l.values::text ~* p.first AND l.values::text ~* p.last)
          OR (l.options::text ~* p.first AND l.options::text ~* p.last))
     AND (l.owner_org_id = p.owner_org_id OR l.owner_org_id IN (
            SELECT unnest(ARRAY[a.employer_id, a.host_company_id]) FROM public.placements_allocation a
              JOIN public.placements_placement w ON w.id = a.placement_id WHERE w.participant_id = who));
  PERFORM sec.forget_in_blocks(who, p.first, p.last, ARRAY(
    SELECT p.owner_org_id
    UNION SELECT unnest(ARRAY[a.employer_id, a.host_company_id]) FROM public.placements_allocation a
            JOIN public.placements_placement w ON w.id = a.placement_id WHERE w.participant_id = who));
  UPDATE public.imports_hoursfilechoice c SET person_key = 'oubli ' || c.uid, place_key = ''
   WHERE c.placement_uid IN (SELECT w.uid FROM public.placements_placement w WHERE w.participant_id = who);
END $$;

-- Reasons given in free words for what was done to these rows. Who did what, when, stays.
CREATE OR REPLACE FUNCTION sec.forget_in_journal(spoken uuid[]) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
  UPDATE public.journal_event SET reason = '' WHERE subject_uid = ANY (spoken) AND reason <> ''
$$;

-- Every room in order: what recognises the person by their name comes before the name goes. Records reunited with this
-- one go with it. Returns whose keys are to be destroyed: persons, and their referrals, which have keys of their own (no
-- `id`).
CREATE OR REPLACE FUNCTION sec.forget_person(who bigint, day date) RETURNS TABLE (id bigint, uid uuid)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE spoken uuid[]; other bigint;
BEGIN
  FOR other IN
    SELECT p.id FROM public.participants_participant p WHERE p.merged_into_id = who AND p.erased_on IS NULL
  LOOP
    RETURN QUERY SELECT f.id, f.uid FROM sec.forget_person(other, day) f;
  END LOOP;
  PERFORM sec.forget_in_imports(who);
  spoken := sec.forget_in_placements(who) || sec.forget_in_hours(who) || sec.forget_in_outcomes(who)
            || sec.forget_in_participants(who, day);
  PERFORM sec.forget_in_journal(spoken);
  RETURN QUERY SELECT p.id, p.uid FROM public.participants_participant p WHERE p.id = who
               UNION ALL SELECT NULL, r.uid FROM public.participants_referral r WHERE r.participant_id = who;
END $$;

-- Referrals that led to nobody: what they tell goes, the journal forgets; returns whose keys are to be destroyed.
CREATE OR REPLACE FUNCTION sec.forget_referrals(asked bigint[]) RETURNS TABLE (id bigint, uid uuid)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  PERFORM sec.clear_referrals(asked);
  PERFORM sec.forget_in_journal(ARRAY(SELECT r.uid FROM public.participants_referral r WHERE r.id = ANY (asked)));
  RETURN QUERY SELECT r.id, r.uid FROM public.participants_referral r WHERE r.id = ANY (asked);
END $$;

-- For an administrator of the structure that follows the person; the application asked its own rules before.
CREATE OR REPLACE FUNCTION sec.erase_person(which uuid) RETURNS TABLE (id bigint, uid uuid)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE who bigint;
BEGIN
  SELECT p.id INTO who FROM public.participants_participant p
   WHERE p.uid = which AND p.owner_org_id = sec.organisation() AND p.erased_on IS NULL FOR UPDATE;
  IF who IS NULL OR NOT (sec.capable('facilitator') AND sec.is_admin()) THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT f.id, f.uid FROM sec.forget_person(who, sec.today()) f;
END $$;

-- For an administrator of the structure to which they were sent: those that led to nobody.
CREATE OR REPLACE FUNCTION sec.purge_referrals(asked bigint[]) RETURNS TABLE (id bigint, uid uuid)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF NOT (sec.capable('facilitator') AND sec.is_admin()) THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT f.id, f.uid FROM sec.forget_referrals(ARRAY(
    SELECT r.id FROM public.participants_referral r
     WHERE r.id = ANY (asked) AND r.owner_org_id = sec.organisation() AND r.participant_id IS NULL FOR UPDATE)) f;
END $$;

-- Of these persons and referrals, those that are erased here: keys that a crash after the commit may have left.
CREATE OR REPLACE FUNCTION sec.erased_among(asked uuid[]) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT coalesce(array_agg(one), '{}') FROM unnest(asked) AS one WHERE one IN (
    SELECT p.uid FROM public.participants_participant p WHERE p.uid = one AND p.erased_on IS NOT NULL
    UNION ALL
    SELECT r.uid FROM public.participants_referral r
      LEFT JOIN public.participants_participant p ON p.id = r.participant_id
     WHERE r.uid = one AND (p.erased_on IS NOT NULL
                            OR EXISTS (SELECT FROM public.privacy_erasure e WHERE e.referral_id = r.id)))
$$;

-- Of these persons, those that no row holds: keys that the sweep may take away.
CREATE OR REPLACE FUNCTION sec.persons_without_row(asked uuid[]) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT coalesce(array_agg(one), '{}') FROM unnest(asked) AS one
   WHERE NOT EXISTS (SELECT FROM public.participants_participant p WHERE p.uid = one)
     -- what is told with a referral is sealed with a key of the referral
     AND NOT EXISTS (SELECT FROM public.participants_referral r WHERE r.uid = one)
$$;

GRANT EXECUTE ON FUNCTION sec.erase_person(uuid) TO clausette_app;
GRANT EXECUTE ON FUNCTION sec.purge_referrals(bigint[]) TO clausette_app;
GRANT EXECUTE ON FUNCTION sec.persons_without_row(uuid[]), sec.erased_among(uuid[]) TO clausette_worker;
