-- What the progress of an engagement rests on was written: its reading kept is stale until the worker reads it again.
-- A mark is a row more and nothing else: no lock, no sum, no wait between two writers of one engagement.
-- Engagements « selon le montant » are never kept: they get no mark.
CREATE OR REPLACE FUNCTION sec.mark_stale() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE of text := TG_ARGV[0];
BEGIN
  -- the transition tables have one name each: `touched` for new rows, `gone` for old ones
  IF TG_OP IN ('INSERT', 'UPDATE') THEN
    EXECUTE format($q$
      INSERT INTO public.hours_staleprogress (uid, commitment_id, contract_id)
      SELECT gen_random_uuid(), c.id, c.contract_id FROM public.commitments_commitment c
       WHERE c.kind <> 'per_amount' AND c.%I IN (SELECT %I FROM touched)$q$, TG_ARGV[1], of);
  END IF;
  IF TG_OP IN ('UPDATE', 'DELETE') THEN
    EXECUTE format($q$
      INSERT INTO public.hours_staleprogress (uid, commitment_id, contract_id)
      SELECT gen_random_uuid(), c.id, c.contract_id FROM public.commitments_commitment c
       WHERE c.kind <> 'per_amount' AND c.%I IN (SELECT %I FROM gone)$q$, TG_ARGV[1], of);
  END IF;
  RETURN NULL;
END $$;

-- table, its column, the column of the engagement that it names
DO $$
DECLARE one text[];
BEGIN
  FOREACH one SLICE 1 IN ARRAY ARRAY[
    ['hours_hoursline', 'commitment_id', 'id'], ['hours_collectivehours', 'commitment_id', 'id'],
    ['hours_openingbalance', 'commitment_id', 'id'], ['hours_statement', 'contract_id', 'contract_id'],
    ['commitments_commitment', 'id', 'id'], ['commitments_commitmentversion', 'commitment_id', 'id'],
    ['commitments_commitmentpart', 'commitment_id', 'id'], ['commitments_basehours', 'commitment_id', 'id']]
  LOOP
    EXECUTE format('CREATE OR REPLACE TRIGGER kept_inserted AFTER INSERT ON public.%I REFERENCING NEW TABLE AS touched
                    FOR EACH STATEMENT EXECUTE FUNCTION sec.mark_stale(%L, %L)', one[1], one[2], one[3]);
    EXECUTE format('CREATE OR REPLACE TRIGGER kept_updated AFTER UPDATE ON public.%I
                    REFERENCING OLD TABLE AS gone NEW TABLE AS touched
                    FOR EACH STATEMENT EXECUTE FUNCTION sec.mark_stale(%L, %L)', one[1], one[2], one[3]);
    EXECUTE format('CREATE OR REPLACE TRIGGER kept_deleted AFTER DELETE ON public.%I REFERENCING OLD TABLE AS gone
                    FOR EACH STATEMENT EXECUTE FUNCTION sec.mark_stale(%L, %L)', one[1], one[2], one[3]);
  END LOOP;
END $$;

-- Structures référentes with something to read again, and one of their members whose rights will read it.
CREATE OR REPLACE FUNCTION sec.progress_to_keep(version int) RETURNS TABLE (account_id bigint, organisation_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  WITH late AS (
    SELECT c.contract_id FROM public.commitments_commitment c
      LEFT JOIN public.hours_keptprogress k ON k.commitment_id = c.id
     WHERE c.kind <> 'per_amount'
       AND (k.id IS NULL OR k.as_of <> (SELECT sec.today()) OR k.rules <> version
            OR EXISTS (SELECT FROM public.hours_staleprogress s WHERE s.commitment_id = c.id))
  ), structures AS (
    SELECT DISTINCT p.organisation_id FROM public.procurement_contractparty p
     WHERE p.contract_id IN (SELECT contract_id FROM late) AND p.role = 'pilot' AND p.revoked_at IS NULL
       AND p.valid_from <= (SELECT sec.today()) AND (p.valid_to IS NULL OR p.valid_to >= (SELECT sec.today()))
  )
  SELECT min(m.account_id), s.organisation_id
    FROM structures s JOIN public.access_membership m ON m.organisation_id = s.organisation_id
    JOIN public.access_account a ON a.id = m.account_id AND a.is_active
   WHERE m.revoked_at IS NULL AND m.valid_from <= (SELECT sec.today())
     AND (m.valid_to IS NULL OR m.valid_to >= (SELECT sec.today()))
   GROUP BY s.organisation_id ORDER BY s.organisation_id
$$;

-- Keep readings just made under the rights of a structure référente, and take off the marks that were there before.
CREATE OR REPLACE FUNCTION sec.keep_progress(day date, version int, owed bigint[], readings text[], marks bigint[])
RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  WITH ours AS (
    SELECT c.id, c.contract_id, t.reading
      FROM unnest(owed, readings) AS t (id, reading) JOIN public.commitments_commitment c ON c.id = t.id
     WHERE c.contract_id = ANY ((SELECT sec.contracts('pilot'))::bigint[])
  ), kept AS (
    INSERT INTO public.hours_keptprogress AS k (uid, commitment_id, contract_id, as_of, rules, reading)
    SELECT gen_random_uuid(), id, contract_id, day, version, reading FROM ours
    ON CONFLICT (commitment_id) DO UPDATE
       SET as_of = excluded.as_of, rules = excluded.rules, reading = excluded.reading
    RETURNING k.commitment_id
  ), gone AS (
    DELETE FROM public.hours_staleprogress s USING kept
     WHERE s.commitment_id = kept.commitment_id AND s.id = ANY (marks)
  )
  SELECT count(*) FROM kept
$$;

GRANT EXECUTE ON FUNCTION sec.progress_to_keep(int), sec.keep_progress(date, int, bigint[], text[], bigint[])
  TO clausette_worker;
