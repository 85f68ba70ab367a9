-- Mails of reminders past their duration: the text goes, and the address unless it is in error (nothing more may leave
-- there). Day, step, outcome stay. Counted, or taken away, for all structures; each keeps a line of it. Worker only.
CREATE OR REPLACE FUNCTION sec.purge_letters(as_of date, month_span int, really boolean) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE went bigint[];
BEGIN
  SELECT array_agg(l.id) INTO went FROM public.agenda_letter l
   WHERE (l."on" + make_interval(months => month_span))::date < as_of
     AND (l.body <> '' OR (l.email <> '' AND (l.failed_on IS NULL OR l.cleared_on IS NOT NULL)));
  IF really AND went IS NOT NULL THEN
    UPDATE public.agenda_letter l
       SET body = '', email = CASE WHEN l.failed_on IS NOT NULL AND l.cleared_on IS NULL THEN l.email ELSE '' END
     WHERE l.id = ANY (went);
    INSERT INTO public.privacy_purgebatch (uid, owner_org_id, category, as_of, gone, kept)
    SELECT gen_random_uuid(), l.owner_org_id, 'letter', purge_letters.as_of, count(*), 0
      FROM public.agenda_letter l WHERE l.id = ANY (went) GROUP BY l.owner_org_id;
  END IF;
  RETURN coalesce(cardinality(went), 0);
END $$;

GRANT EXECUTE ON FUNCTION sec.purge_letters(date, int, boolean) TO clausette_worker;
