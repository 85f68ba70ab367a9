-- An act moves hours between its two engagements and no others: a globalisation within its dates and its ceiling, a
-- surplus all of its hours, none once it is given back, and never more than a line still holds.
CREATE OR REPLACE FUNCTION sec.lines_within_act() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE act public.commitments_commitmentact; credited numeric; net numeric; astray boolean; early boolean;
  origin bigint := coalesce(NEW.corrects_id, NEW.id);
BEGIN
  -- one writer at a time for an act: two credits written at once cannot each believe there is room left
  SELECT * INTO act FROM public.commitments_commitmentact WHERE id = NEW.act_id FOR NO KEY UPDATE;
  SELECT coalesce(sum(hours) FILTER (WHERE commitment_id = act.to_commitment_id), 0), coalesce(sum(hours), 0),
         bool_or(worked_contract_id <> act.from_contract_id
                 OR NOT (commitment_id = act.from_commitment_id OR commitment_id = act.to_commitment_id)),
         bool_or(month < date_trunc('month', act.starts_on)::date OR month > coalesce(act.ends_on, month))
    INTO credited, net, astray, early
    FROM public.hours_hoursline WHERE act_id = NEW.act_id;
  IF astray OR net <> 0 OR (act.kind = 'globalisation'
      AND (act.withdrawn_on IS NOT NULL OR early OR credited > act.ceiling)) OR act.kind IN ('move', 'transfer') THEN
    RAISE EXCEPTION 'hours beyond the act' USING ERRCODE = '23514', CONSTRAINT = 'hours_line_within_act';
  END IF;
  IF act.kind = 'carry_over' AND (
      credited <> CASE WHEN act.withdrawn_on IS NULL THEN act.hours ELSE 0 END
      OR (SELECT sum(hours) FROM public.hours_hoursline WHERE id = origin OR corrects_id = origin) < 0) THEN
    RAISE EXCEPTION 'surplus not carried whole' USING ERRCODE = '23514', CONSTRAINT = 'hours_surplus_whole';
  END IF;
  RETURN NULL;
END $$;

-- An act that credited hours stays; a surplus is given back with its hours.
CREATE OR REPLACE FUNCTION sec.used_act_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF EXISTS (SELECT FROM public.hours_hoursline WHERE act_id = NEW.id AND commitment_id = NEW.to_commitment_id
              HAVING count(*) > 0 AND (NEW.kind <> 'carry_over' OR sum(hours) <> 0)) THEN
    RAISE EXCEPTION 'an act with hours stays' USING ERRCODE = '23514', CONSTRAINT = 'hours_act_used';
  END IF;
  RETURN NEW;
END $$;

-- What a settled engagement owes stays there: its validated hours never go below while its surplus counts elsewhere.
CREATE OR REPLACE FUNCTION sec.surplus_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE owed numeric; validated numeric;
BEGIN
  -- first the engagement: a surplus carried at the same moment is then known
  PERFORM FROM public.commitments_commitment WHERE id = NEW.commitment_id FOR NO KEY UPDATE;
  SELECT max(kept) INTO owed FROM public.commitments_commitmentact
   WHERE from_commitment_id = NEW.commitment_id AND kind = 'carry_over' AND withdrawn_on IS NULL;
  IF owed IS NULL THEN
    RETURN NULL;
  END IF;
  SELECT coalesce(sum(hours), 0) INTO validated FROM (
    SELECT hours FROM public.hours_hoursline WHERE commitment_id = NEW.commitment_id AND state = 'validated'
    UNION ALL
    SELECT hours FROM public.hours_collectivehours WHERE commitment_id = NEW.commitment_id AND state = 'validated'
    UNION ALL
    SELECT hours FROM public.hours_openingbalance WHERE commitment_id = NEW.commitment_id AND withdrawn_at IS NULL
  ) AS known;
  IF validated < owed THEN
    RAISE EXCEPTION 'the surplus is carried over' USING ERRCODE = '23514', CONSTRAINT = 'hours_surplus_stays';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER hours_line_surplus_stays AFTER INSERT ON public.hours_hoursline
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.corrects_id IS NOT NULL AND NEW.hours < 0)
  EXECUTE FUNCTION sec.surplus_stays();
CREATE CONSTRAINT TRIGGER hours_collective_surplus_stays AFTER INSERT ON public.hours_collectivehours
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.corrects_id IS NOT NULL AND NEW.hours < 0)
  EXECUTE FUNCTION sec.surplus_stays();
CREATE CONSTRAINT TRIGGER hours_opening_surplus_stays AFTER UPDATE ON public.hours_openingbalance
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.withdrawn_at IS NOT NULL)
  EXECUTE FUNCTION sec.surplus_stays();
