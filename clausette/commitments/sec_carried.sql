-- A surplus goes from a settled engagement to one that still runs, of the same titulaire, within what its rule takes.
CREATE OR REPLACE FUNCTION sec.surplus_within_rule() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE giving public.commitments_commitment; taking public.commitments_commitment; carried numeric;
BEGIN
  -- one writer at a time for the two: two acts signed at once cannot each believe there is room left
  PERFORM FROM public.commitments_commitment
    WHERE id IN (NEW.from_commitment_id, NEW.to_commitment_id) ORDER BY id FOR NO KEY UPDATE;
  SELECT * INTO giving FROM public.commitments_commitment WHERE id = NEW.from_commitment_id;
  SELECT * INTO taking FROM public.commitments_commitment WHERE id = NEW.to_commitment_id;
  SELECT sum(hours) INTO carried FROM public.commitments_commitmentact
   WHERE to_commitment_id = NEW.to_commitment_id AND kind = 'carry_over' AND withdrawn_on IS NULL;
  IF giving.closed_on IS NULL OR taking.closed_on IS NOT NULL OR giving.contractor_id <> taking.contractor_id
     OR carried > NEW.ceiling THEN
    RAISE EXCEPTION 'surplus beyond the rule' USING ERRCODE = '23514', CONSTRAINT = 'commitments_act_surplus';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER commitments_act_surplus AFTER INSERT ON public.commitments_commitmentact
  FOR EACH ROW WHEN (NEW.kind = 'carry_over') EXECUTE FUNCTION sec.surplus_within_rule();

-- What the receiving engagement counted when it was settled stays.
CREATE OR REPLACE FUNCTION sec.settled_surplus_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  PERFORM FROM public.commitments_commitment WHERE id = NEW.to_commitment_id AND closed_on IS NULL FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the receiving engagement is settled'
      USING ERRCODE = '23514', CONSTRAINT = 'commitments_act_settled';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER commitments_act_settled BEFORE UPDATE ON public.commitments_commitmentact
  FOR EACH ROW WHEN (NEW.kind = 'carry_over' AND NEW.withdrawn_on IS NOT NULL AND OLD.withdrawn_on IS NULL)
  EXECUTE FUNCTION sec.settled_surplus_stays();

-- An engagement whose surplus is counted elsewhere is not opened again.
CREATE OR REPLACE FUNCTION sec.carried_commitment_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF EXISTS (SELECT FROM public.commitments_commitmentact
              WHERE from_commitment_id = NEW.id AND kind = 'carry_over' AND withdrawn_on IS NULL) THEN
    RAISE EXCEPTION 'the surplus is carried over'
      USING ERRCODE = '23514', CONSTRAINT = 'commitments_commitment_carried';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER commitments_commitment_carried BEFORE UPDATE ON public.commitments_commitment
  FOR EACH ROW WHEN (OLD.closed_on IS NOT NULL AND NEW.closed_on IS NULL)
  EXECUTE FUNCTION sec.carried_commitment_stays();
