-- « Mandat de déclaration » (docs/adr/0022): an organisation, or a person by name, declares hours for a firm that is not
-- theirs. The context is that of a deposit: the organisation is NEGATIVE, and contracts are those of the mandate only.

-- Stubs, replaced by the room that knows: mandates of a firm by which an account may act today; the contracts that they
-- open; the firms for which an account may act today.
CREATE OR REPLACE FUNCTION sec.mandates_open(account bigint, organisation bigint) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$ SELECT '{}'::bigint[] $$;
CREATE OR REPLACE FUNCTION sec.mandated_contracts(account bigint, organisation bigint) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$ SELECT '{}'::bigint[] $$;
CREATE OR REPLACE FUNCTION sec.mandators(account bigint) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$ SELECT '{}'::bigint[] $$;

-- Contracts that the context's own deposit or mandates open; none for a member, who needs none.
CREATE OR REPLACE FUNCTION sec.deposited() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT CASE WHEN sec.organisation() < 0
              THEN sec.deposits_open(sec.account()) || sec.mandated_contracts(sec.account(), sec.firm())
              ELSE '{}'::bigint[] END
$$;

-- Mandates by which the context acts; none for a member, nor in a deposit.
CREATE OR REPLACE FUNCTION sec.mandates_used() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT CASE WHEN sec.organisation() < 0 THEN sec.mandates_open(sec.account(), sec.firm()) ELSE '{}'::bigint[] END
$$;

-- Writes the context of one membership valid today, else of an open deposit, else of a mandate that runs, and returns what
-- the Actor is made of. 28000: no such rights.
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
      RETURN QUERY
      SELECT a.id, a.full_name::text, o.id, o.name::text, o.slug::text, '{contractor,employer,mandate}'::text[], false,
             false, EXISTS (SELECT FROM public.access_demonstration)
        FROM public.access_account a, public.access_organisation o
       WHERE a.id = account AND o.id = organisation AND a.is_active
         AND cardinality(sec.mandates_open(account, organisation)) > 0;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'no rights' USING ERRCODE = '28000';
      END IF;
    END IF;
  END IF;
  PERFORM set_config('app.ctx', account || '|' || place || '|' || sec.sign(account || '|' || place), true);
END $$;

-- Where the session may act: the organisation of the address, among those of its account, or the firm of its deposit or of
-- a mandate.
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
  UNION ALL
  SELECT who.id, o.id
    FROM who JOIN public.access_organisation o ON o.slug = seat_of.slug
   WHERE o.id = ANY (sec.mandators(who.id))
   LIMIT 1
$$;

-- The organisations for which this session may act, for the page where one chooses: one's own, then those of mandates.
CREATE OR REPLACE FUNCTION sec.organisations_of(ticket text)
RETURNS TABLE (slug text, name text, capabilities text[], is_admin boolean)
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  WITH who AS (SELECT sec.account_of(ticket) AS id), own AS (
    SELECT m.organisation_id AS id, m.role = 'admin' AS is_admin
      FROM who JOIN public.access_membership m ON m.account_id = who.id
     WHERE m.revoked_at IS NULL AND m.valid_from <= sec.today() AND (m.valid_to IS NULL OR m.valid_to >= sec.today())
  ), every AS (
    SELECT o.slug::text, o.name::text, o.capabilities::text[], own.is_admin, 0 AS rank, o.sort_key, o.id
      FROM own JOIN public.access_organisation o ON o.id = own.id
    UNION ALL
    SELECT o.slug::text, o.name::text, '{mandate}'::text[], false, 1, o.sort_key, o.id
      FROM who JOIN public.access_organisation o ON o.id = ANY (sec.mandators(who.id))
     WHERE o.id NOT IN (SELECT own.id FROM own)
  )
  SELECT e.slug, e.name, e.capabilities, e.is_admin FROM every e ORDER BY e.rank, e.sort_key, e.id
$$;

GRANT EXECUTE ON FUNCTION sec.mandates_used() TO clausette_app;
