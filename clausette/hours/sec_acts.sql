-- A line is reported by the structure référente of its engagement, unless it says otherwise.
CREATE OR REPLACE FUNCTION sec.hours_by_default() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF NEW.reporting_org_id IS NULL THEN
    SELECT lead_org_id INTO NEW.reporting_org_id FROM public.commitments_commitment WHERE id = NEW.commitment_id;
  END IF;
  IF TG_TABLE_NAME = 'hours_hoursline' THEN
    NEW.worked_contract_id := coalesce(NEW.worked_contract_id, NEW.contract_id);
  END IF;
  RETURN NEW;
END $$;

-- Globalisation: what an act credits to one engagement it takes from the other, within its dates and its ceiling.
CREATE OR REPLACE FUNCTION sec.lines_within_act() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE act public.commitments_commitmentact; credited numeric; net numeric; astray boolean;
BEGIN
  -- one writer at a time for an act: two credits written at once cannot each believe there is room left
  SELECT * INTO act FROM public.commitments_commitmentact WHERE id = NEW.act_id FOR NO KEY UPDATE;
  SELECT coalesce(sum(hours) FILTER (WHERE contract_id <> worked_contract_id), 0), coalesce(sum(hours), 0),
         bool_or(worked_contract_id <> act.from_contract_id
                 OR NOT (commitment_id = act.from_commitment_id OR commitment_id = act.to_commitment_id)
                 OR (commitment_id = act.to_commitment_id) <> (contract_id <> worked_contract_id)
                 OR month < date_trunc('month', act.starts_on)::date OR month > coalesce(act.ends_on, month))
    INTO credited, net, astray
    FROM public.hours_hoursline WHERE act_id = NEW.act_id;
  IF act.kind <> 'globalisation' OR act.withdrawn_on IS NOT NULL OR astray OR net <> 0 OR credited > act.ceiling THEN
    RAISE EXCEPTION 'hours beyond the act' USING ERRCODE = '23514', CONSTRAINT = 'hours_line_within_act';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER hours_line_within_act AFTER INSERT ON public.hours_hoursline
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.act_id IS NOT NULL)
  EXECUTE FUNCTION sec.lines_within_act();

-- An act that credited hours stays.
CREATE OR REPLACE FUNCTION sec.used_act_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF EXISTS (SELECT FROM public.hours_hoursline WHERE act_id = NEW.id) THEN
    RAISE EXCEPTION 'an act with hours stays' USING ERRCODE = '23514', CONSTRAINT = 'hours_act_used';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER hours_act_used BEFORE UPDATE ON public.commitments_commitmentact
  FOR EACH ROW WHEN (NEW.withdrawn_on IS NOT NULL AND OLD.withdrawn_on IS NULL) EXECUTE FUNCTION sec.used_act_stays();

-- A mise à l'emploi, or a mise à disposition, that has hours is ended, not withdrawn.
CREATE OR REPLACE FUNCTION sec.worked_placement_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE worked boolean;
BEGIN
  IF TG_TABLE_NAME = 'placements_placement' THEN
    worked := EXISTS (SELECT FROM public.hours_hoursline WHERE placement_id = NEW.id);
  ELSE
    worked := EXISTS (SELECT FROM public.hours_hoursline
                       WHERE placement_id = NEW.placement_id AND commitment_id = NEW.commitment_id)
              AND NOT EXISTS (SELECT FROM public.placements_allocation a
                               WHERE a.placement_id = NEW.placement_id AND a.commitment_id = NEW.commitment_id
                                 AND a.withdrawn_at IS NULL AND a.id <> NEW.id);
  END IF;
  IF worked THEN
    RAISE EXCEPTION 'a placement with hours stays' USING ERRCODE = '23514', CONSTRAINT = 'hours_placement_worked';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER hours_placement_worked BEFORE UPDATE ON public.placements_placement
  FOR EACH ROW WHEN (NEW.withdrawn_at IS NOT NULL AND OLD.withdrawn_at IS NULL)
  EXECUTE FUNCTION sec.worked_placement_stays();
CREATE TRIGGER hours_allocation_worked BEFORE UPDATE ON public.placements_allocation
  FOR EACH ROW WHEN (NEW.withdrawn_at IS NOT NULL AND OLD.withdrawn_at IS NULL)
  EXECUTE FUNCTION sec.worked_placement_stays();
