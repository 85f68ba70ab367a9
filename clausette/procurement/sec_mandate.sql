-- « Mandats de déclaration » that an account may use today, whoever gave them: its own, or those of its organisations.
CREATE OR REPLACE FUNCTION sec.mandates_running(account bigint) RETURNS SETOF public.procurement_mandate
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT m.* FROM public.procurement_mandate m
   WHERE m.revoked_at IS NULL AND m.starts_on <= sec.today() AND m.ends_on >= sec.today()
     AND (m.account_id = account
          OR m.holder_id IN (SELECT s.organisation_id FROM public.access_membership s
                              WHERE s.account_id = account AND s.revoked_at IS NULL AND s.valid_from <= sec.today()
                                AND (s.valid_to IS NULL OR s.valid_to >= sec.today())))
$$;

CREATE OR REPLACE FUNCTION sec.mandates_open(account bigint, organisation bigint) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT coalesce(array_agg(m.id), '{}') FROM sec.mandates_running(account) m WHERE m.organisation_id = organisation
$$;

CREATE OR REPLACE FUNCTION sec.mandators(account bigint) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT coalesce(array_agg(DISTINCT m.organisation_id), '{}') FROM sec.mandates_running(account) m
$$;

-- Contracts that they open: where the firm declares today, all of them or the one of the mandate, not closed.
CREATE OR REPLACE FUNCTION sec.mandated_contracts(account bigint, organisation bigint) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT coalesce(array_agg(DISTINCT p.contract_id), '{}')
    FROM sec.mandates_running(account) m
    JOIN public.procurement_contractparty p
      ON p.organisation_id = m.organisation_id AND (m.contract_id IS NULL OR m.contract_id = p.contract_id)
    JOIN public.procurement_contract c ON c.id = p.contract_id
   WHERE m.organisation_id = organisation AND c.state NOT IN ('closed', 'fruitless', 'abandoned', 'transferred')
     AND p.role IN ('contractor', 'group_member', 'subcontractor', 'employer')
     AND p.revoked_at IS NULL AND p.valid_from <= sec.today() AND (p.valid_to IS NULL OR p.valid_to >= sec.today())
$$;

-- The widest mandate by which the context acts: who holds it, between which days. A person who holds it has no organisation.
CREATE OR REPLACE FUNCTION sec.mandate_now() RETURNS TABLE (holder_id bigint, holder text, starts_on date, ends_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT m.holder_id, o.name::text, m.starts_on, m.ends_on
    FROM public.procurement_mandate m LEFT JOIN public.access_organisation o ON o.id = m.holder_id
   WHERE m.id = ANY (sec.mandates_used())
   ORDER BY m.contract_id NULLS FIRST, m.ends_on DESC, m.id LIMIT 1
$$;

-- Did the account of a session act once by a mandate of the firm of an address? Then its end is told to it.
CREATE OR REPLACE FUNCTION sec.mandate_over(ticket text, slug text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT EXISTS (
    SELECT FROM public.procurement_mandate m JOIN public.access_organisation o ON o.id = m.organisation_id
     WHERE o.slug = mandate_over.slug AND (m.revoked_at IS NOT NULL OR m.ends_on < sec.today())
       AND (m.account_id = sec.account_of(ticket)
            OR m.holder_id IN (SELECT s.organisation_id FROM public.access_membership s
                                WHERE s.account_id = sec.account_of(ticket) AND s.revoked_at IS NULL
                                  AND s.valid_from <= sec.today()
                                  AND (s.valid_to IS NULL OR s.valid_to >= sec.today()))))
$$;

-- What who holds the link of a mandate given by e-mail may know before accepting; nothing when it is not good (any more).
CREATE OR REPLACE FUNCTION sec.mandate(secret_hash text)
RETURNS TABLE (firm_name text, email text, full_name text, starts_on date, ends_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT o.name::text, m.email::text, m.full_name::text, m.starts_on, m.ends_on
    FROM public.procurement_mandate m JOIN public.access_organisation o ON o.id = m.organisation_id
   WHERE m.token_hash = secret_hash AND m.account_id IS NULL AND m.revoked_at IS NULL AND m.ends_on >= sec.today()
     AND coalesce(m.sent_at, m.created_at) > sec.now() - interval '30 days'
$$;

-- A signed-in person with the address named accepts; the rights of the mandate are open at once.
CREATE OR REPLACE FUNCTION sec.accept_mandate(ticket text, secret_hash text)
RETURNS TABLE (account_id bigint, account_name text, organisation_id bigint, organisation_name text, slug text,
               capabilities text[], is_admin boolean, factor_missing boolean, demonstration boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE who bigint := sec.account_of(ticket); given public.procurement_mandate;
BEGIN
  SELECT m.* INTO given FROM public.procurement_mandate m JOIN public.access_account a ON a.email = m.email
   WHERE a.id = who AND m.token_hash = secret_hash AND m.account_id IS NULL AND m.revoked_at IS NULL
     AND m.starts_on <= sec.today() AND m.ends_on >= sec.today() AND coalesce(m.sent_at, m.created_at) > sec.now() - interval '30 days'
     FOR UPDATE OF m;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no such mandate' USING ERRCODE = '28000';
  END IF;
  UPDATE public.procurement_mandate m SET account_id = who, accepted_at = sec.now() WHERE m.id = given.id;
  RETURN QUERY SELECT * FROM sec.enter(who, given.organisation_id);
END $$;

-- Who is told of a mandate given to an organisation: its administrators. Nothing is said of who gave it, nor of the contract.
CREATE OR REPLACE FUNCTION sec.mandate_recipients(which uuid)
RETURNS TABLE (seat bigint, email text, slug text, firm_name text, one_contract boolean, starts_on date, ends_on date,
               revoked boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT DISTINCT ON (a.id) s.id, a.email::text, h.slug::text, f.name::text, m.contract_id IS NOT NULL, m.starts_on,
         m.ends_on, m.revoked_at IS NOT NULL
    FROM public.procurement_mandate m
    JOIN public.access_organisation f ON f.id = m.organisation_id
    JOIN public.access_organisation h ON h.id = m.holder_id
    JOIN public.access_membership s ON s.organisation_id = h.id
    JOIN public.access_account a ON a.id = s.account_id
   WHERE m.uid = which AND s.role = 'admin' AND a.is_active AND s.revoked_at IS NULL
     AND s.valid_from <= sec.today() AND (s.valid_to IS NULL OR s.valid_to >= sec.today())
   ORDER BY a.id, s.id
$$;

GRANT EXECUTE ON FUNCTION sec.mandate_recipients(uuid) TO clausette_worker;
GRANT EXECUTE ON FUNCTION sec.mandate_now(), sec.mandate_over(text, text), sec.mandate(text),
  sec.accept_mandate(text, text) TO clausette_app;
