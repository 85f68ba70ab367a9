-- Where the members of a declarant are told of the answers to the corrections that it proposed on the marchés that the
-- structure of the context holds, when no contact is known. An employer that is titulaire of none proposes too. Read by
-- a migration.
CREATE OR REPLACE FUNCTION sec.members_to_answer(declarants bigint[]) RETURNS TABLE (organisation_id bigint, email text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT o.id, every.email
    FROM public.access_organisation o CROSS JOIN LATERAL sec.three_addresses(NULL, o.id) every
   WHERE o.id = ANY (declarants) AND sec.capable('facilitator')
     AND EXISTS (SELECT FROM public.hours_correctionproposal p
                  WHERE p.declarant_id = o.id AND p.ended_at IS NOT NULL
                    AND p.contract_id = ANY ((SELECT sec.contracts('pilot'))::bigint[]))
   ORDER BY o.id, every.last_login DESC NULLS LAST, every.email
$$;

GRANT EXECUTE ON FUNCTION sec.members_to_answer(bigint[]) TO clausette_app;
