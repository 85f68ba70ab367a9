-- Where who declares by a mandate is reminded: mandates that run today, of firms of the marchés that the structure of the
-- context holds; the person who accepted, or three members at most of the organisation, who came last first. A mandate on
-- one contract is told to the structure that holds it. Read by a migration.
CREATE OR REPLACE FUNCTION sec.mandates_to_remind(firms bigint[])
RETURNS TABLE (mandate_id bigint, organisation_id bigint, contract_id bigint, email text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT m.id, m.organisation_id, m.contract_id, every.email::text
    FROM public.procurement_mandate m
   CROSS JOIN LATERAL (
     SELECT a.email, a.last_login FROM public.access_account a
      WHERE a.is_active AND a.email <> '' AND (a.id = m.account_id OR EXISTS (
        SELECT FROM public.access_membership s
         WHERE s.account_id = a.id AND s.organisation_id = m.holder_id AND s.revoked_at IS NULL
           AND s.valid_from <= sec.today() AND (s.valid_to IS NULL OR s.valid_to >= sec.today())))
      ORDER BY a.last_login DESC NULLS LAST, a.email LIMIT 3
   ) AS every
   WHERE m.organisation_id = ANY (firms) AND sec.capable('facilitator')
     AND m.revoked_at IS NULL AND m.starts_on <= sec.today() AND m.ends_on >= sec.today()
     AND (m.contract_id IS NULL OR m.contract_id = ANY ((SELECT sec.contracts('pilot'))::bigint[]))
     AND EXISTS (SELECT FROM public.commitments_commitment c
                  WHERE c.contractor_id = m.organisation_id
                    AND c.contract_id = ANY ((SELECT sec.contracts('pilot'))::bigint[]))
   ORDER BY m.contract_id NULLS FIRST, m.id, every.last_login DESC NULLS LAST, every.email
$$;

GRANT EXECUTE ON FUNCTION sec.mandates_to_remind(bigint[]) TO clausette_app;
