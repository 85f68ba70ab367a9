-- People whom a firm named and whom nobody matched: counted, or taken away, for all structures, so many months after they
-- were named. Refused ones too. Each structure keeps a line of it. Read by a migration.
CREATE OR REPLACE FUNCTION sec.purge_unlisted(as_of date, month_span int, notice_days int, really boolean)
RETURNS TABLE (due bigint, announced bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
DECLARE went bigint[];
BEGIN
  WITH clock AS (
    SELECT u.id, ((u.created_at AT TIME ZONE 'Europe/Paris')::date + make_interval(months => month_span))::date AS ends
      FROM public.hours_unlistedperson u WHERE u.state <> 'matched'
  )
  SELECT count(*) FILTER (WHERE clock.ends < purge_unlisted.as_of),
         count(*) FILTER (WHERE clock.ends >= purge_unlisted.as_of AND clock.ends - notice_days <= purge_unlisted.as_of),
         array_agg(clock.id) FILTER (WHERE clock.ends < purge_unlisted.as_of)
    INTO due, announced, went FROM clock;
  IF really AND went IS NOT NULL THEN
    INSERT INTO public.privacy_purgebatch (uid, owner_org_id, category, as_of, gone, kept)
    SELECT gen_random_uuid(), c.owner_org_id, 'unlisted', purge_unlisted.as_of, count(*), 0
      FROM public.hours_unlistedperson u JOIN public.procurement_contract c ON c.id = u.contract_id
     WHERE u.id = ANY (went) GROUP BY c.owner_org_id;
    PERFORM sec.forget_in_journal(ARRAY(SELECT u.uid FROM public.hours_unlistedperson u WHERE u.id = ANY (went)));
    DELETE FROM public.hours_unlistedperson u WHERE u.id = ANY (went);
  END IF;
  RETURN NEXT;
END $$;

GRANT EXECUTE ON FUNCTION sec.purge_unlisted(date, int, int, boolean) TO clausette_worker;
