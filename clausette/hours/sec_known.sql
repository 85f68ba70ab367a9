-- The same hours of persons, asked of the few persons named: each is found by their key (ADR 0023).
CREATE OR REPLACE FUNCTION sec.hours_of_persons(people bigint[], months date[])
RETURNS TABLE (person_id bigint, month date, hours numeric)
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT p.participant_id, l.month, sum(l.hours)
    FROM public.participants_participant q
    JOIN public.placements_placement p ON p.participant_id = q.id
    JOIN public.hours_hoursline l ON l.placement_id = p.id
   WHERE q.id IN (SELECT unnest(people))
     AND (q.owner_org_id = (SELECT sec.organisation())
          OR EXISTS (SELECT FROM sec.known_persons k WHERE k.participant_id = q.id))
     AND l.month IN (SELECT unnest(months)) AND l.state IN ('declared', 'reserved', 'validated')
   GROUP BY p.participant_id, l.month
$$;

-- The same marks, by statements that PostgreSQL plans once (made up at each write, they were planned at each write), and one
-- for each engagement that an UPDATE touches, where there were two: as it was, as it is.
CREATE OR REPLACE FUNCTION sec.mark_stale() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  -- the transition tables have one name each: `touched` for new rows, `gone` for old ones
  IF TG_ARGV[0] = 'commitment_id' THEN
    IF TG_OP = 'INSERT' THEN
      INSERT INTO public.hours_staleprogress (uid, commitment_id, contract_id)
      SELECT gen_random_uuid(), c.id, c.contract_id FROM public.commitments_commitment c
       WHERE c.kind <> 'per_amount' AND c.id IN (SELECT commitment_id FROM touched);
    ELSIF TG_OP = 'DELETE' THEN
      INSERT INTO public.hours_staleprogress (uid, commitment_id, contract_id)
      SELECT gen_random_uuid(), c.id, c.contract_id FROM public.commitments_commitment c
       WHERE c.kind <> 'per_amount' AND c.id IN (SELECT commitment_id FROM gone);
    ELSE
      INSERT INTO public.hours_staleprogress (uid, commitment_id, contract_id)
      SELECT gen_random_uuid(), c.id, c.contract_id FROM public.commitments_commitment c
       WHERE c.kind <> 'per_amount' AND c.id IN (SELECT commitment_id FROM touched UNION SELECT commitment_id FROM gone);
    END IF;
  ELSIF TG_ARGV[0] = 'contract_id' THEN
    IF TG_OP = 'INSERT' THEN
      INSERT INTO public.hours_staleprogress (uid, commitment_id, contract_id)
      SELECT gen_random_uuid(), c.id, c.contract_id FROM public.commitments_commitment c
       WHERE c.kind <> 'per_amount' AND c.contract_id IN (SELECT contract_id FROM touched);
    ELSIF TG_OP = 'DELETE' THEN
      INSERT INTO public.hours_staleprogress (uid, commitment_id, contract_id)
      SELECT gen_random_uuid(), c.id, c.contract_id FROM public.commitments_commitment c
       WHERE c.kind <> 'per_amount' AND c.contract_id IN (SELECT contract_id FROM gone);
    ELSE
      INSERT INTO public.hours_staleprogress (uid, commitment_id, contract_id)
      SELECT gen_random_uuid(), c.id, c.contract_id FROM public.commitments_commitment c
       WHERE c.kind <> 'per_amount' AND c.contract_id IN (SELECT contract_id FROM touched UNION SELECT contract_id FROM gone);
    END IF;
  ELSIF TG_ARGV[0] = 'id' THEN
    IF TG_OP = 'INSERT' THEN
      INSERT INTO public.hours_staleprogress (uid, commitment_id, contract_id)
      SELECT gen_random_uuid(), c.id, c.contract_id FROM public.commitments_commitment c
       WHERE c.kind <> 'per_amount' AND c.id IN (SELECT id FROM touched);
    ELSIF TG_OP = 'DELETE' THEN
      INSERT INTO public.hours_staleprogress (uid, commitment_id, contract_id)
      SELECT gen_random_uuid(), c.id, c.contract_id FROM public.commitments_commitment c
       WHERE c.kind <> 'per_amount' AND c.id IN (SELECT id FROM gone);
    ELSE
      INSERT INTO public.hours_staleprogress (uid, commitment_id, contract_id)
      SELECT gen_random_uuid(), c.id, c.contract_id FROM public.commitments_commitment c
       WHERE c.kind <> 'per_amount' AND c.id IN (SELECT id FROM touched UNION SELECT id FROM gone);
    END IF;
  END IF;
  RETURN NULL;
END $$;
