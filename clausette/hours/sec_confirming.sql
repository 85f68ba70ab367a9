-- Since when hours wait for their titulaire: handed over, or reopened since. It owes them and does not see the statement.
CREATE OR REPLACE FUNCTION sec.handed_to_confirm(asked bigint[]) RETURNS TABLE (statement_id bigint, handed_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT s.id, greatest(s.submitted_at, (SELECT max(r.ended_at) FROM public.hours_reopening r
                                          WHERE r.statement_id = s.id AND r.state = 'done'))
    FROM public.hours_statement s
   WHERE s.id = ANY (asked) AND s.state = 'submitted'
     AND EXISTS (SELECT FROM public.hours_hoursline l
                  WHERE l.statement_id = s.id AND l.commitment_id = ANY ((SELECT sec.owed())::bigint[]))
$$;

GRANT EXECUTE ON FUNCTION sec.handed_to_confirm(bigint[]) TO clausette_app;
