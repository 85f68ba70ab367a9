-- « Dépôt sans compte » (docs/adr/0020): a person of a firm, without account, declares its hours on some contracts.
-- In such a session the organisation of the context is NEGATIVE: what a policy gives to « the organisation » it gives to
-- nobody; what the deposit opens says `sec.firm()`, and contracts are those of the deposit only.

-- Stub, replaced by the room that knows: contracts that the deposits of an account open today.
CREATE OR REPLACE FUNCTION sec.deposits_open(account bigint) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$ SELECT '{}'::bigint[] $$;

-- The organisation acted for: the one of the member, or the firm of the deposit.
CREATE OR REPLACE FUNCTION sec.firm() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT abs(sec.organisation())
$$;

-- Contracts that the context's own deposit opens; none for a member, who needs none.
CREATE OR REPLACE FUNCTION sec.deposited() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT CASE WHEN sec.organisation() < 0 THEN sec.deposits_open(sec.account()) ELSE '{}'::bigint[] END
$$;

-- Writes the context of one membership valid today, else of an open deposit, and returns what the Actor is made of.
-- 28000: no such rights.
CREATE OR REPLACE FUNCTION sec.enter(account bigint, organisation bigint)
RETURNS TABLE (account_id bigint, account_name text, organisation_id bigint, organisation_name text, slug text,
               capabilities text[], is_admin boolean, factor_missing boolean, demonstration boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE place bigint := organisation;
BEGIN
  RETURN QUERY
  SELECT a.id, a.full_name::text, o.id, o.name::text, o.slug::text, o.capabilities::text[], m.role = 'admin',
         'facilitator' = ANY (o.capabilities)
           AND NOT EXISTS (SELECT FROM public.mfa_authenticator f WHERE f.user_id = a.id AND f.type <> 'recovery_codes')
           AND NOT EXISTS (SELECT FROM public.access_demonstration),
         EXISTS (SELECT FROM public.access_demonstration)
    FROM public.access_membership m
    JOIN public.access_account a ON a.id = m.account_id
    JOIN public.access_organisation o ON o.id = m.organisation_id
   WHERE m.account_id = account AND m.organisation_id = organisation AND a.is_active
     AND m.revoked_at IS NULL AND m.valid_from <= sec.today()
     AND (m.valid_to IS NULL OR m.valid_to >= sec.today())
   ORDER BY m.role LIMIT 1;
  IF NOT FOUND THEN
    place := -organisation;
    RETURN QUERY
    SELECT a.id, a.full_name::text, o.id, o.name::text, o.slug::text, '{contractor,employer,deposit}'::text[], false,
           false, EXISTS (SELECT FROM public.access_demonstration)
      FROM public.access_deposit d
      JOIN public.access_account a ON a.id = d.account_id
      JOIN public.access_organisation o ON o.id = d.organisation_id
     WHERE d.account_id = account AND d.organisation_id = organisation AND a.is_active
       AND cardinality(sec.deposits_open(account)) > 0;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'no rights' USING ERRCODE = '28000';
    END IF;
  END IF;
  PERFORM set_config('app.ctx', account || '|' || place || '|' || sec.sign(account || '|' || place), true);
END $$;

-- Where the session may act: the organisation of the address, among those of its account, or the firm of its deposit.
CREATE OR REPLACE FUNCTION sec.seat_of(ticket text, slug text) RETURNS TABLE (account_id bigint, organisation_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  WITH who AS (SELECT sec.account_of(ticket) AS id)
  SELECT m.account_id, m.organisation_id
    FROM who JOIN public.access_membership m ON m.account_id = who.id
    JOIN public.access_organisation o ON o.id = m.organisation_id
   WHERE o.slug = seat_of.slug AND m.revoked_at IS NULL
     AND m.valid_from <= sec.today() AND (m.valid_to IS NULL OR m.valid_to >= sec.today())
  UNION ALL
  SELECT d.account_id, d.organisation_id
    FROM who JOIN public.access_deposit d ON d.account_id = who.id
    JOIN public.access_organisation o ON o.id = d.organisation_id
   WHERE o.slug = seat_of.slug AND cardinality(sec.deposits_open(who.id)) > 0
   LIMIT 1
$$;

-- What who holds the link may know before any code: nothing when it opens nothing (any more).
CREATE OR REPLACE FUNCTION sec.deposit(secret_hash text)
RETURNS TABLE (uid uuid, account_id bigint, slug text, firm_name text, owner_name text, email text, word_hash text,
               failures int)
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT d.uid, d.account_id, o.slug::text, o.name::text, w.name::text, d.email::text, d.word_hash::text, d.failures::int
    FROM public.access_deposit d
    JOIN public.access_organisation o ON o.id = d.organisation_id
    JOIN public.access_organisation w ON w.id = d.owner_org_id
    JOIN public.access_account a ON a.id = d.account_id
   WHERE d.token_hash = secret_hash AND a.is_active AND cardinality(sec.deposits_open(d.account_id)) > 0
$$;

-- One more access word given: forgets the wrong ones when it is good, else counts. Returns the wrong ones in a row.
CREATE OR REPLACE FUNCTION sec.deposit_tried(secret_hash text, good boolean) RETURNS int
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
  UPDATE public.access_deposit d SET failures = CASE WHEN good THEN 0 ELSE least(d.failures + 1, 1000) END
   WHERE d.token_hash = secret_hash RETURNING d.failures::int
$$;

-- The address of a code, for the mail that carries it. The worker asks, when it sends.
CREATE OR REPLACE FUNCTION sec.deposit_email(deposit uuid) RETURNS TABLE (email text, owner_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT d.email::text, w.name::text
    FROM public.access_deposit d JOIN public.access_organisation w ON w.id = d.owner_org_id
   WHERE d.uid = deposit AND cardinality(sec.deposits_open(d.account_id)) > 0
$$;

-- How who declares without an account is written to about what they did: their address, their link. The worker asks.
CREATE OR REPLACE FUNCTION sec.deposit_reached(account bigint) RETURNS TABLE (email text, link uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT d.email::text, d.link FROM public.access_deposit d
   WHERE d.account_id = account AND cardinality(sec.deposits_open(account)) > 0
$$;

GRANT EXECUTE ON FUNCTION sec.firm(), sec.deposited(), sec.deposit(text), sec.deposit_tried(text, boolean)
  TO clausette_app;
GRANT EXECUTE ON FUNCTION sec.deposit_email(uuid), sec.deposit_reached(bigint) TO clausette_worker;
