-- Where an account, or the members of an organisation, are written to: three addresses at most, who came last first.
-- For the functions below and beside, which say whose; granted to nobody. Read by a migration.
CREATE OR REPLACE FUNCTION sec.three_addresses(account bigint, organisation bigint)
RETURNS TABLE (email text, last_login timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT a.email::text, a.last_login FROM public.access_account a
   WHERE a.is_active AND a.email <> '' AND (a.id = account OR EXISTS (
     SELECT FROM public.access_membership m
      WHERE m.account_id = a.id AND m.organisation_id = organisation AND m.revoked_at IS NULL
        AND m.valid_from <= sec.today() AND (m.valid_to IS NULL OR m.valid_to >= sec.today())))
   ORDER BY a.last_login DESC NULLS LAST, a.email LIMIT 3
$$;

-- When no contact of the marchés of a firm is known: firms of the marchés that the structure of the context holds.
CREATE OR REPLACE FUNCTION sec.members_to_remind(firms bigint[]) RETURNS TABLE (organisation_id bigint, email text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT o.id, every.email
    FROM public.access_organisation o CROSS JOIN LATERAL sec.three_addresses(NULL, o.id) every
   WHERE o.id = ANY (firms) AND sec.capable('facilitator') AND o.capabilities && ARRAY['contractor', 'employer']::varchar[]
     AND EXISTS (SELECT FROM public.commitments_commitment c
                  WHERE c.contractor_id = o.id AND c.contract_id = ANY ((SELECT sec.contracts('pilot'))::bigint[]))
   ORDER BY o.id, every.last_login DESC NULLS LAST, every.email
$$;

GRANT EXECUTE ON FUNCTION sec.members_to_remind(bigint[]) TO clausette_app;
