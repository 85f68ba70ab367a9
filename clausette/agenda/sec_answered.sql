-- Where the members of a declarant are told of the answers to the corrections that it proposed on the marchés that the
-- structure of the context holds, when no contact is known: three addresses at most each, who came last first. An
-- employer that is titulaire of none proposes too. Read by a migration.
CREATE OR REPLACE FUNCTION sec.members_to_answer(declarants bigint[]) RETURNS TABLE (organisation_id bigint, email text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT o.id, every.email::text
    FROM public.access_organisation o
   CROSS JOIN LATERAL (
     SELECT a.email, a.last_login FROM public.access_account a
      WHERE a.is_active AND a.email <> '' AND EXISTS (
        SELECT FROM public.access_membership m
         WHERE m.account_id = a.id AND m.organisation_id = o.id AND m.revoked_at IS NULL AND m.valid_from <= sec.today()
           AND (m.valid_to IS NULL OR m.valid_to >= sec.today()))
      ORDER BY a.last_login DESC NULLS LAST, a.email LIMIT 3
   ) AS every
   WHERE o.id = ANY (declarants) AND sec.capable('facilitator')
     AND EXISTS (SELECT FROM public.hours_correctionproposal p
                  WHERE p.declarant_id = o.id AND p.ended_at IS NOT NULL
                    AND p.contract_id = ANY ((SELECT sec.contracts('pilot'))::bigint[]))
   ORDER BY o.id, every.last_login DESC NULLS LAST, every.email
$$;

GRANT EXECUTE ON FUNCTION sec.members_to_answer(bigint[]) TO clausette_app;
