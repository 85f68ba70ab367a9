-- Files joined to the referrals that the structure of the context received: beside its own, it reads these.
CREATE OR REPLACE FUNCTION sec.joined_files() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT coalesce(array_agg(file_id), '{}')
    FROM public.participants_referralpiece
   WHERE owner_org_id = (SELECT sec.organisation()) AND (SELECT sec.capable('facilitator'))
     AND file_id IS NOT NULL AND gone_on IS NULL
$$;
GRANT EXECUTE ON FUNCTION sec.joined_files() TO clausette_app;

-- Each side changes what is its own: the prescriber takes a piece away while no answer is given; the structure hands it
-- to a check, keeps it, says that it was seen, or destroys it. Neither changes what a piece is, nor its file.
CREATE OR REPLACE FUNCTION sec.piece_sides() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE free text[] := '{}'; road text := OLD.state || ' ' || NEW.state;
BEGIN
  IF current_user NOT IN ('clausette_app', 'clausette_worker') THEN  -- erasing, purging: inside functions of the owner
    RETURN NEW;
  END IF;
  IF OLD.owner_org_id = sec.organisation() THEN
    IF road ~ '^(joined handed|joined destroyed|handed (handed|seen|kept|destroyed)|kept destroyed|seen seen)$' THEN
      free := ARRAY['state', 'check_made_id', 'gone_on'];
      IF road = 'handed seen' OR road = 'handed kept' THEN
        free := free || ARRAY['seen_on', 'seen_by_id'];
      END IF;
    END IF;
  ELSIF road ~ '^(joined|seen|destroyed) destroyed$' AND OLD.check_made_id IS NULL THEN
    free := ARRAY['state', 'gone_on'];
    IF NEW.sealed IS NULL THEN
      free := free || ARRAY['sealed'];
    END IF;
  END IF;
  IF OLD.gone_on IS NOT NULL AND NEW.gone_on IS DISTINCT FROM OLD.gone_on
     OR to_jsonb(NEW) - free IS DISTINCT FROM to_jsonb(OLD) - free THEN
    RAISE EXCEPTION 'a piece is changed by its own side' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;

-- The bytes of pieces that the actor has just said to be gone, under the policies and the trigger above: they leave the
-- disk with the sweep of the night, and nobody reads them from now on.
CREATE OR REPLACE FUNCTION sec.end_piece_files(asked bigint[]) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE gone bigint;
BEGIN
  UPDATE public.files_storedfile f SET bytes_gone_on = p.gone_on, name = 'fichier effacé'
    FROM public.participants_referralpiece p
   WHERE p.id = ANY (asked) AND p.file_id = f.id AND p.gone_on IS NOT NULL AND f.bytes_gone_on IS NULL
     AND ((p.owner_org_id = sec.organisation() AND sec.capable('facilitator'))
          OR (p.prescriber_id = sec.organisation() AND sec.capable('prescriber')));
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;
GRANT EXECUTE ON FUNCTION sec.end_piece_files(bigint[]) TO clausette_app;
