-- Where who declares by a mandate is reminded: mandates that run today, of firms of the marchés that the structure of the
-- context holds; the person who accepted, or three members at most of the organisation, who came last first. A mandate on
-- one contract is told to the structure that holds it. Read by a migration.
CREATE OR REPLACE FUNCTION sec.mandates_to_remind(firms bigint[])
RETURNS TABLE (mandate_id bigint, organisation_id bigint, contract_id bigint, email text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT m.id, m.organisation_id, m.contract_id, every.email
    FROM public.procurement_mandate m CROSS JOIN LATERAL sec.three_addresses(m.account_id, m.holder_id) every
   WHERE m.organisation_id = ANY (firms) AND sec.capable('facilitator')
     AND m.revoked_at IS NULL AND m.starts_on <= sec.today() AND m.ends_on >= sec.today()
     AND (m.contract_id IS NULL OR m.contract_id = ANY ((SELECT sec.contracts('pilot'))::bigint[]))
     AND EXISTS (SELECT FROM public.commitments_commitment c
                  WHERE c.contractor_id = m.organisation_id
                    AND c.contract_id = ANY ((SELECT sec.contracts('pilot'))::bigint[]))
   ORDER BY m.contract_id NULLS FIRST, m.id, every.last_login DESC NULLS LAST, every.email
$$;

GRANT EXECUTE ON FUNCTION sec.mandates_to_remind(bigint[]) TO clausette_app;
