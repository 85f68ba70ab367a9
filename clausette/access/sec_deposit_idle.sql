-- The account of a live session: not expired, seen less than 60 minutes ago (30 in a « dépôt sans compte »), opened less
-- than 12 hours ago. The ticket is sha256(cookie); the table holds the beginning of sha256(ticket): neither gives the
-- cookie back.
CREATE OR REPLACE FUNCTION sec.account_of(ticket text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT s.account_id FROM public.access_session s JOIN public.access_account a ON a.id = s.account_id
   WHERE s.session_key = left(encode(sha256(convert_to(ticket, 'UTF8')), 'hex'), 40)
     AND a.is_active AND s.expire_date > transaction_timestamp()
     AND s.seen_at > transaction_timestamp() - interval '60 minutes'
     AND (s.seen_at > transaction_timestamp() - interval '30 minutes'
          OR NOT EXISTS (SELECT FROM public.access_deposit d WHERE d.account_id = s.account_id))
     AND s.created_at > transaction_timestamp() - interval '12 hours'
$$;
