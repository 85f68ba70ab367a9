-- The context of rights: who acts, for which organisation, in this transaction only.
-- Read by the migrations of access; CREATE OR REPLACE only. Rooms above add their own functions.

CREATE SCHEMA IF NOT EXISTS sec;
REVOKE ALL ON SCHEMA sec FROM PUBLIC;
GRANT USAGE ON SCHEMA sec TO clausette_app, clausette_worker;

-- The key that signs contexts: readable by the owner's functions only.
CREATE TABLE IF NOT EXISTS sec.k (key bytea NOT NULL);
REVOKE ALL ON sec.k FROM PUBLIC, clausette_app, clausette_worker;
INSERT INTO sec.k SELECT sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'))
 WHERE NOT EXISTS (SELECT FROM sec.k);

-- The civil date of acts. The session's own time zone is UTC: current_date would be wrong two hours a day.
CREATE OR REPLACE FUNCTION sec.today() RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
  SELECT (transaction_timestamp() AT TIME ZONE 'Europe/Paris')::date
$$;

CREATE OR REPLACE FUNCTION sec.now() RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
  SELECT transaction_timestamp()
$$;

-- A signature lives one transaction of one back end: it can be neither forged nor replayed.
CREATE OR REPLACE FUNCTION sec.sign(p text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT encode(sha256(key || convert_to(p || '|' || pg_backend_pid() || '|'
         || extract(epoch FROM transaction_timestamp())::text, 'UTF8') || key), 'hex') FROM sec.k
$$;

-- Part of the context: 1 account, 2 organisation. Never opened: an error (a forgotten door must be seen).
-- Forged or replayed: NULL, that is, no rights.
CREATE OR REPLACE FUNCTION sec.part(n int) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
DECLARE a text[] := string_to_array(current_setting('app.ctx', true), '|');
BEGIN
  IF coalesce(current_setting('app.ctx', true), '') = '' THEN
    RAISE EXCEPTION 'rights are not open in this transaction' USING ERRCODE = '42501';
  END IF;
  IF a[3] = sec.sign(a[1] || '|' || a[2]) THEN RETURN a[n]::bigint; END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION sec.account() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$ SELECT sec.part(1) $$;

CREATE OR REPLACE FUNCTION sec.organisation() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$ SELECT sec.part(2) $$;

-- Is the organisation of the context a facilitator, a buyer…?
CREATE OR REPLACE FUNCTION sec.capable(capability text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT coalesce((SELECT capability = ANY (capabilities) FROM public.access_organisation
                    WHERE id = sec.organisation()), false)
$$;

-- May the account of the context administer its organisation?
CREATE OR REPLACE FUNCTION sec.is_admin() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT EXISTS (SELECT FROM public.access_membership m
                  WHERE m.account_id = sec.account() AND m.organisation_id = sec.organisation() AND m.role = 'admin'
                    AND m.revoked_at IS NULL AND m.valid_from <= sec.today()
                    AND (m.valid_to IS NULL OR m.valid_to >= sec.today()))
$$;

-- Whether somebody of the organisation itself is here: then only they change its card.
CREATE OR REPLACE FUNCTION sec.has_members(organisation bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT EXISTS (SELECT FROM public.access_membership m
                  WHERE m.organisation_id = organisation AND m.revoked_at IS NULL
                    AND (m.valid_to IS NULL OR m.valid_to >= sec.today()))
$$;

-- A facilitator says that a body is also a buyer, a firm… : never a facilitator, never its other facts.
CREATE OR REPLACE FUNCTION sec.recognise(organisation bigint, added text[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF NOT sec.capable('facilitator') OR 'facilitator' = ANY (added) OR 'network' = ANY (added) THEN
    RAISE EXCEPTION 'not for this organisation to say' USING ERRCODE = '42501';
  END IF;
  UPDATE public.access_organisation o
     SET capabilities = (SELECT array_agg(DISTINCT c ORDER BY c) FROM unnest(o.capabilities::text[] || added) c)
   WHERE o.id = organisation;
END $$;

-- The account of a live session: not expired, seen less than 60 minutes ago, opened less than 12 hours ago.
-- The ticket is sha256(cookie); the table holds the beginning of sha256(ticket): neither gives the cookie back.
CREATE OR REPLACE FUNCTION sec.account_of(ticket text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT s.account_id FROM public.access_session s JOIN public.access_account a ON a.id = s.account_id
   WHERE s.session_key = left(encode(sha256(convert_to(ticket, 'UTF8')), 'hex'), 40)
     AND a.is_active AND s.expire_date > transaction_timestamp()
     AND s.seen_at > transaction_timestamp() - interval '60 minutes'
     AND s.created_at > transaction_timestamp() - interval '12 hours'
$$;

-- The organisations for which this session may act, for the page where one chooses.
CREATE OR REPLACE FUNCTION sec.organisations_of(ticket text)
RETURNS TABLE (slug text, name text, capabilities text[], is_admin boolean)
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT o.slug::text, o.name::text, o.capabilities::text[], m.role = 'admin'
    FROM public.access_membership m JOIN public.access_organisation o ON o.id = m.organisation_id
   WHERE m.account_id = sec.account_of(ticket) AND m.revoked_at IS NULL AND m.valid_from <= sec.today()
     AND (m.valid_to IS NULL OR m.valid_to >= sec.today())
   ORDER BY o.sort_key, o.id
$$;

-- Writes the context of one membership valid today and returns what the Actor is made of. 28000: no such rights.
CREATE OR REPLACE FUNCTION sec.enter(account bigint, organisation bigint)
RETURNS TABLE (account_id bigint, account_name text, organisation_id bigint, organisation_name text, slug text,
               capabilities text[], is_admin boolean, factor_missing boolean, demonstration boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
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
    RAISE EXCEPTION 'no rights' USING ERRCODE = '28000';
  END IF;
  PERFORM set_config('app.ctx', account || '|' || organisation || '|' || sec.sign(account || '|' || organisation), true);
END $$;

-- Web: from the ticket of the session and the organisation named in the address.
CREATE OR REPLACE FUNCTION sec.open(ticket text, slug text)
RETURNS TABLE (account_id bigint, account_name text, organisation_id bigint, organisation_name text, slug_ text,
               capabilities text[], is_admin boolean, factor_missing boolean, demonstration boolean)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT * FROM sec.enter(sec.account_of(ticket),
                          (SELECT o.id FROM public.access_organisation o WHERE o.slug = open.slug))
$$;

-- Jobs and commands: the worker names the membership; its rights are looked up again when the job runs.
CREATE OR REPLACE FUNCTION sec.open_as(account bigint, organisation bigint)
RETURNS TABLE (account_id bigint, account_name text, organisation_id bigint, organisation_name text, slug text,
               capabilities text[], is_admin boolean, factor_missing boolean, demonstration boolean)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT * FROM sec.enter(account, organisation)
$$;

-- Commands name a structure by its address and a person by e-mail ('' for any): who may act for facilitators today.
CREATE OR REPLACE FUNCTION sec.facilitator_seats(slug text, email text)
RETURNS TABLE (account_id bigint, organisation_id bigint, organisation_slug text)
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT m.account_id, m.organisation_id, o.slug::text
    FROM public.access_membership m
    JOIN public.access_organisation o ON o.id = m.organisation_id
    JOIN public.access_account a ON a.id = m.account_id
   WHERE 'facilitator' = ANY (o.capabilities::text[]) AND a.is_active
     AND (facilitator_seats.slug = '' OR o.slug = facilitator_seats.slug)
     AND (facilitator_seats.email = '' OR a.email = lower(facilitator_seats.email))
     AND m.revoked_at IS NULL AND m.valid_from <= sec.today() AND (m.valid_to IS NULL OR m.valid_to >= sec.today())
   ORDER BY (m.role = 'admin') DESC, m.id
$$;

-- What a person who holds the secret of an invitation may read of it.
CREATE OR REPLACE FUNCTION sec.invitation(secret_hash text)
RETURNS TABLE (organisation_name text, email text, full_name text)
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT o.name::text, i.email::text, i.full_name::text
    FROM public.access_invitation i JOIN public.access_organisation o ON o.id = i.organisation_id
   WHERE i.token_hash = secret_hash AND i.accepted_at IS NULL AND i.withdrawn_at IS NULL AND i.expires_at > sec.now()
$$;

-- A signed-in person with the address invited joins; the rights of the new membership are open at once.
CREATE OR REPLACE FUNCTION sec.join_by_invitation(ticket text, secret_hash text, membership_uid uuid)
RETURNS TABLE (account_id bigint, account_name text, organisation_id bigint, organisation_name text, slug text,
               capabilities text[], is_admin boolean, factor_missing boolean, demonstration boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE who bigint := sec.account_of(ticket); invited public.access_invitation;
BEGIN
  SELECT i.* INTO invited FROM public.access_invitation i JOIN public.access_account a ON a.email = i.email
   WHERE a.id = who AND i.token_hash = secret_hash AND i.accepted_at IS NULL AND i.withdrawn_at IS NULL
     AND i.expires_at > sec.now()
     FOR UPDATE OF i;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no such invitation' USING ERRCODE = '28000';
  END IF;
  UPDATE public.access_invitation i SET accepted_at = sec.now() WHERE i.id = invited.id;
  UPDATE public.access_membership m SET valid_to = NULL, revoked_at = sec.now()
   WHERE m.account_id = who AND m.organisation_id = invited.organisation_id AND m.revoked_at IS NULL;
  INSERT INTO public.access_membership (uid, account_id, organisation_id, role, valid_from)
  VALUES (membership_uid, who, invited.organisation_id, invited.role, sec.today());
  RETURN QUERY SELECT * FROM sec.enter(who, invited.organisation_id);
END $$;

-- Readings of what is personal, written after the read-only page under the same ticket.
CREATE OR REPLACE FUNCTION sec.record_readings(ticket text, slug text, kind text, uids uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE who bigint := sec.account_of(ticket); place bigint;
BEGIN
  SELECT m.organisation_id INTO place
    FROM public.access_membership m JOIN public.access_organisation o ON o.id = m.organisation_id
   WHERE m.account_id = who AND o.slug = record_readings.slug AND m.revoked_at IS NULL
     AND m.valid_from <= sec.today() AND (m.valid_to IS NULL OR m.valid_to >= sec.today())
   LIMIT 1;
  IF place IS NULL THEN
    RAISE EXCEPTION 'no rights' USING ERRCODE = '28000';
  END IF;
  INSERT INTO public.journal_reading (account_id, organisation_id, kind, subject_uid)
  SELECT who, place, record_readings.kind, u FROM unnest(uids) AS u;
END $$;

-- Stubs, replaced by the rooms that know: nobody takes part in anything yet.
CREATE OR REPLACE FUNCTION sec.contracts(VARIADIC roles text[] DEFAULT '{}') RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$ SELECT '{}'::bigint[] $$;
CREATE OR REPLACE FUNCTION sec.commitments() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$ SELECT '{}'::bigint[] $$;
CREATE OR REPLACE FUNCTION sec.placements() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$ SELECT '{}'::bigint[] $$;
CREATE OR REPLACE FUNCTION sec.persons() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$ SELECT '{}'::bigint[] $$;

GRANT EXECUTE ON FUNCTION sec.today(), sec.now(), sec.account(), sec.organisation(), sec.capable(text), sec.is_admin(),
  sec.has_members(bigint), sec.recognise(bigint, text[]), sec.organisations_of(text), sec.open(text, text), sec.invitation(text),
  sec.join_by_invitation(text, text, uuid), sec.record_readings(text, text, text, uuid[]), sec.contracts(text[]), sec.commitments(),
  sec.placements(), sec.persons() TO clausette_app;
GRANT EXECUTE ON FUNCTION sec.open_as(bigint, bigint), sec.facilitator_seats(text, text) TO clausette_worker;
