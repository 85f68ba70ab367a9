-- Who was named to declare for a firm, by a deposit or by a mandate, and does not any more: name and address go when
-- nobody has used them for so many months. What they did keeps the name of their account. Worker only; how many.
CREATE OR REPLACE FUNCTION sec.named_to_forget(as_of date, month_span int) RETURNS TABLE (deposit bigint, mandate bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT d.id, NULL::bigint
    FROM public.access_deposit d JOIN public.access_account a ON a.id = d.account_id
   WHERE d.full_name <> '' AND cardinality(sec.deposits_open(d.account_id)) = 0
     AND greatest(
           (d.created_at AT TIME ZONE 'Europe/Paris')::date, (a.last_login AT TIME ZONE 'Europe/Paris')::date,
           (SELECT max(least(x.ends_on, coalesce((x.revoked_at AT TIME ZONE 'Europe/Paris')::date, x.ends_on)))
              FROM public.procurement_depositcontract x WHERE x.deposit_id = d.id)
         ) + make_interval(months => month_span) < as_of
  UNION ALL
  SELECT NULL, m.id FROM public.procurement_mandate m
   WHERE m.email NOT IN ('', 'mandat-' || m.id || '@sans-compte.invalid')
     AND least(m.ends_on, coalesce((m.revoked_at AT TIME ZONE 'Europe/Paris')::date, m.ends_on))
         + make_interval(months => month_span) < as_of
$$;

CREATE OR REPLACE FUNCTION sec.forget_named(as_of date, month_span int) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE deposits bigint[]; mandates bigint[];
BEGIN
  SELECT array_agg(n.deposit) FILTER (WHERE n.deposit IS NOT NULL), array_agg(n.mandate) FILTER (WHERE n.mandate IS NOT NULL)
    INTO deposits, mandates FROM sec.named_to_forget(as_of, month_span) n;
  UPDATE public.access_deposit d SET full_name = '', email = 'depot-' || d.id || '@sans-compte.invalid'
   WHERE d.id = ANY (deposits);
  UPDATE public.procurement_mandate m SET full_name = '', email = 'mandat-' || m.id || '@sans-compte.invalid'
   WHERE m.id = ANY (mandates);
  RETURN coalesce(cardinality(deposits), 0) + coalesce(cardinality(mandates), 0);
END $$;

GRANT EXECUTE ON FUNCTION sec.named_to_forget(date, int), sec.forget_named(date, int) TO clausette_worker;
