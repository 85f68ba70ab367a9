-- What the purge takes away. Read by a migration, after `sec_retention.sql`.

-- The reasons of these decisions of the structure of the context: sealed values cleared; the answer and its dates stay.
CREATE OR REPLACE FUNCTION sec.forget_reasons(checks bigint[]) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE gone bigint;
BEGIN
  IF NOT (sec.capable('facilitator') AND sec.is_admin()) THEN
    RAISE EXCEPTION 'not for this account to purge' USING ERRCODE = '42501';
  END IF;
  WITH cleared AS (
    UPDATE public.participants_eligibilityreason r SET sealed = NULL
      FROM public.participants_eligibilitycheck c
     WHERE c.id = r.check_made_id AND c.id = ANY (checks) AND c.owner_org_id = sec.organisation()
       AND r.sealed IS NOT NULL RETURNING c.id
  ) SELECT count(DISTINCT id) INTO gone FROM cleared;
  RETURN gone;
END $$;

-- Lines of the journal of readings older than an instant: counted, or taken away.
CREATE OR REPLACE FUNCTION sec.old_readings(before timestamptz, really boolean) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE gone bigint;
BEGIN
  IF really THEN
    DELETE FROM public.journal_reading r WHERE r.at < before;
    GET DIAGNOSTICS gone = ROW_COUNT;
  ELSE
    SELECT count(*) INTO gone FROM public.journal_reading r WHERE r.at < before;
  END IF;
  RETURN gone;
END $$;

GRANT EXECUTE ON FUNCTION sec.forget_reasons(bigint[]) TO clausette_app;
GRANT EXECUTE ON FUNCTION sec.old_readings(timestamptz, boolean) TO clausette_worker;
