-- What the purge takes away. Read by a migration, after `sec_retention.sql`.

-- What was said with these decisions of the structure of the context: reasons and notes cleared, and the situations told
-- with the referrals that led there, with their pieces; the answer and its dates stay.
CREATE OR REPLACE FUNCTION sec.forget_reasons(checks bigint[]) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE mine bigint[]; joined bigint[]; proven bigint[]; gone bigint;
BEGIN
  IF NOT (sec.capable('facilitator') AND sec.is_admin()) THEN
    RAISE EXCEPTION 'not for this account to purge' USING ERRCODE = '42501';
  END IF;
  SELECT array_agg(c.id) INTO mine FROM public.participants_eligibilitycheck c
   WHERE c.id = ANY (checks) AND c.owner_org_id = sec.organisation();
  joined := ARRAY(SELECT p.id FROM public.participants_referralpiece p
                   WHERE p.check_made_id = ANY (mine) AND p.sealed IS NOT NULL);
  SELECT array_agg(DISTINCT p.check_made_id) INTO proven
    FROM public.participants_referralpiece p WHERE p.id = ANY (joined);
  PERFORM sec.clear_pieces(joined);
  WITH said AS (
    UPDATE public.participants_eligibilityreason r SET sealed = NULL
     WHERE r.check_made_id = ANY (mine) AND r.sealed IS NOT NULL RETURNING r.check_made_id AS id
  ), noted AS (
    UPDATE public.participants_checknote n SET sealed = NULL
     WHERE n.check_made_id = ANY (mine) AND n.sealed IS NOT NULL RETURNING n.check_made_id AS id
  ), told AS (
    DELETE FROM public.participants_referralsituation s
     USING public.participants_referral r JOIN public.participants_eligibilitycheck c ON c.participant_id = r.participant_id
     WHERE s.referral_id = r.id AND c.id = ANY (mine) AND r.answered_on <= coalesce(c.decided_on, c.asked_on)
    RETURNING c.id
  ) SELECT count(DISTINCT every.id) INTO gone
      FROM (SELECT id FROM said UNION ALL SELECT id FROM noted UNION ALL SELECT id FROM told
            UNION ALL SELECT unnest(proven)) AS every;
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
