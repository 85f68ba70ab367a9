-- Two records reunited: one is kept, the other sends to it, and nothing sends to what sends elsewhere.
CREATE OR REPLACE FUNCTION sec.person_merged_once() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF EXISTS (SELECT FROM public.participants_participant p
              JOIN public.participants_participant k ON k.id = p.merged_into_id
              WHERE (p.id = NEW.id OR k.id = NEW.id) AND k.merged_into_id IS NOT NULL) THEN
    RAISE EXCEPTION 'a person is merged into one that is merged'
      USING ERRCODE = '23514', CONSTRAINT = 'participants_merged_no_chain';
  END IF;
  RETURN NULL;
END $$;

-- Columns that name a person and follow a reunion: every foreign key to participants, whatever the room, but those of
-- the tables that say who was reunited with whom. Called by the functions below only.
CREATE OR REPLACE FUNCTION sec.person_links() RETURNS TABLE (child text, col text)
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
  SELECT h.relname::text, a.attname::text
    FROM pg_constraint c
    JOIN pg_class h ON h.oid = c.conrelid
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
   WHERE c.contype = 'f' AND cardinality(c.conkey) = 1 AND c.confrelid = 'public.participants_participant'::regclass
     AND h.relname NOT IN ('participants_participant', 'participants_personcontact', 'participants_resemblance',
                           'participants_reunion')
   ORDER BY 1, 2
$$;

-- Give all that one person has to another person of the same structure; say what moved, by table and column.
CREATE OR REPLACE FUNCTION sec.move_person(gone bigint, kept bigint) RETURNS TABLE (link text, ids bigint[])
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE one record; beside text;
BEGIN
  IF NOT (SELECT sec.capable('facilitator')) OR gone = kept
     OR (SELECT count(*) FROM public.participants_participant p
          WHERE p.id IN (gone, kept) AND p.owner_org_id = (SELECT sec.organisation()) AND p.merged_into_id IS NULL) <> 2
  THEN
    RAISE EXCEPTION 'not two persons of this structure' USING ERRCODE = '42501';
  END IF;
  -- Two holds for one reason: the one that ends last goes on, the other is lifted today; parting puts it back.
  WITH lifted AS (
    UPDATE public.privacy_retentionhold h
       SET lifted_on = greatest(sec.today(), h.set_on), lifted_by_id = (SELECT sec.account())
     WHERE h.participant_id IN (gone, kept) AND h.lifted_on IS NULL
       AND EXISTS (SELECT FROM public.privacy_retentionhold o
                    WHERE o.participant_id IN (gone, kept) AND o.lifted_on IS NULL AND o.reason = h.reason
                      AND (o.until, o.id) > (h.until, h.id))
    RETURNING h.id)
  SELECT array_agg(l.id) INTO ids FROM lifted l;
  IF ids IS NOT NULL THEN
    link := 'privacy_retentionhold.lifted';
    RETURN NEXT;
  END IF;
  FOR one IN SELECT * FROM sec.person_links() LOOP
    -- The same notice handed to both the same day is one notice: the record that goes keeps its own.
    beside := CASE WHEN one.child = 'privacy_noticegiven' THEN
      'AND NOT EXISTS (SELECT FROM public.privacy_noticegiven k WHERE k.participant_id = $2
                          AND (k.given_on, k.wording) = (t.given_on, t.wording))' ELSE '' END;
    EXECUTE format('WITH moved AS (UPDATE public.%I t SET %I = $2 WHERE t.%I = $1 %s RETURNING id)
                    SELECT array_agg(id ORDER BY id) FROM moved', one.child, one.col, one.col, beside)
      INTO ids USING gone, kept;
    IF ids IS NOT NULL THEN
      link := one.child || '.' || one.col;
      RETURN NEXT;
    END IF;
  END LOOP;
END $$;

-- What was written since two records were reunited, and forbids to part them: tables, nobody named.
CREATE OR REPLACE FUNCTION sec.written_since_reunion(which uuid) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE r public.participants_reunion; one record; there boolean; written text[] := '{}';
BEGIN
  SELECT * INTO r FROM public.participants_reunion u
   WHERE u.uid = which AND u.owner_org_id = (SELECT sec.organisation());
  IF NOT FOUND OR NOT (SELECT sec.capable('facilitator')) THEN
    RETURN written;
  END IF;
  FOR one IN SELECT * FROM sec.person_links() LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM public.%I WHERE %I = $1 AND created_at > $2)', one.child, one.col)
      INTO there USING r.kept_id, r.created_at;
    IF there THEN
      written := written || one.child;
    END IF;
  END LOOP;
  IF EXISTS (SELECT FROM public.hours_hoursline l JOIN public.placements_placement p ON p.id = l.placement_id
              WHERE p.participant_id = r.kept_id AND l.created_at > r.created_at) THEN
    written := written || 'hours_hoursline'::text;
  END IF;
  IF EXISTS (SELECT FROM public.journal_event e
              WHERE e.written_at > r.created_at
                AND e.verb NOT IN ('participants.participant.reunited', 'participants.participant.parted',
                                   'placements.placement.handed_over', 'hours.person.merged')
                AND (e.subject_uid IN (SELECT p.uid FROM public.participants_participant p
                                        WHERE p.id IN (r.kept_id, r.gone_id))
                     OR e.subject_uid IN (SELECT c.uid FROM public.participants_personcontact c
                                           WHERE c.participant_id IN (r.kept_id, r.gone_id))
                     OR e.subject_uid IN (SELECT p.uid FROM public.placements_placement p
                                           WHERE p.participant_id = r.kept_id)
                     OR e.subject_uid IN (SELECT c.uid FROM public.participants_eligibilitycheck c
                                           WHERE c.participant_id = r.kept_id))) THEN
    written := written || 'journal_event'::text;
  END IF;
  RETURN written;
END $$;

-- Give back to a record what followed when it was reunited. Only what the catalogue names, only what is still there.
CREATE OR REPLACE FUNCTION sec.part_person(which uuid) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE r public.participants_reunion; one record; n bigint; total bigint := 0;
BEGIN
  SELECT * INTO r FROM public.participants_reunion u
   WHERE u.uid = which AND u.owner_org_id = (SELECT sec.organisation()) AND u.undone_at IS NULL;
  IF NOT FOUND OR NOT (SELECT sec.capable('facilitator')) OR sec.written_since_reunion(which) <> '{}' THEN
    RAISE EXCEPTION 'no such reunion to undo' USING ERRCODE = '42501';
  END IF;
  FOR one IN SELECT * FROM sec.person_links() LOOP
    EXECUTE format('UPDATE public.%I SET %I = $1 WHERE %I = $2 AND id IN (
                      SELECT jsonb_array_elements_text($3)::bigint)', one.child, one.col, one.col)
      USING r.gone_id, r.kept_id, coalesce(r.moved -> (one.child || '.' || one.col), '[]'::jsonb);
    GET DIAGNOSTICS n = ROW_COUNT;
    total := total + n;
  END LOOP;
  UPDATE public.privacy_retentionhold h SET lifted_on = NULL, lifted_by_id = NULL
   WHERE h.participant_id IN (r.kept_id, r.gone_id)
     AND h.id IN (SELECT jsonb_array_elements_text(coalesce(r.moved -> 'privacy_retentionhold.lifted', '[]'))::bigint);
  RETURN total;
END $$;

GRANT EXECUTE ON FUNCTION sec.move_person(bigint, bigint), sec.written_since_reunion(uuid), sec.part_person(uuid)
  TO clausette_app;

-- Write again the sealed field of a row that changed hands, with the key of the person who has it now.
CREATE OR REPLACE FUNCTION sec.reseal(what text, which bigint, value bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF NOT (SELECT sec.capable('facilitator'))
     OR NOT EXISTS (SELECT FROM sec.person_links() l WHERE l.child = what AND l.col = 'participant_id') THEN
    RAISE EXCEPTION 'no such sealed field' USING ERRCODE = '42501';
  END IF;
  EXECUTE format('UPDATE public.%I r SET sealed = $2 WHERE r.id = $1 AND EXISTS (
                    SELECT FROM public.participants_participant p
                     WHERE p.id = r.participant_id AND p.owner_org_id = (SELECT sec.organisation()))', what)
    USING which, value;
END $$;

GRANT EXECUTE ON FUNCTION sec.reseal(text, bigint, bytea) TO clausette_app;
