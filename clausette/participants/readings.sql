-- The structure that follows a person, or to which a candidate is proposed: who is told of a reading.
CREATE OR REPLACE FUNCTION sec.followers_of(uids uuid[]) RETURNS TABLE (subject uuid, owner_org bigint)
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT p.uid, p.owner_org_id FROM public.participants_participant p WHERE p.uid = ANY (uids)
  UNION ALL
  SELECT r.uid, r.owner_org_id FROM public.participants_referral r WHERE r.uid = ANY (uids)
$$;
