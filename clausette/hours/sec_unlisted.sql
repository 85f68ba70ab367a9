-- Somebody who is not in the list is named by the declarant, while its statement is open; matched or refused by the
-- structures in charge once it is handed over. The row of the statement is held: a sending and a name never cross.
CREATE OR REPLACE FUNCTION sec.unlisted_by_its_side() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE one public.hours_unlistedperson; known text; told text[];
BEGIN
  IF TG_OP = 'DELETE' THEN
    one := OLD;
  ELSE
    one := NEW;
  END IF;
  SELECT state INTO known FROM public.hours_statement WHERE id = one.statement_id FOR SHARE;
  IF TG_OP <> 'UPDATE' THEN
    IF known IS NULL OR known NOT IN ('draft', 'returned') THEN
      RAISE EXCEPTION 'the statement is handed over' USING ERRCODE = '23514', CONSTRAINT = 'hours_unlisted_open';
    END IF;
    IF one.state <> 'waiting' THEN
      RAISE EXCEPTION 'a name begins and leaves unsettled' USING ERRCODE = '23514', CONSTRAINT = 'hours_unlisted_side';
    END IF;
    RETURN one;
  END IF;
  IF known IS NULL OR known NOT IN ('submitted', 'validated') THEN
    RAISE EXCEPTION 'the statement is not handed over' USING ERRCODE = '23514', CONSTRAINT = 'hours_unlisted_handed';
  END IF;
  told := ARRAY['state', 'reason', 'settled_at', 'settled_by_id', 'placement_id'];
  IF NEW.state = 'matched' THEN
    told := told || ARRAY['last_name', 'first_name', 'sort_key', 'birth_date', 'employer_name', 'starts_on', 'ends_on',
                          'note'];
  END IF;
  IF OLD.state <> 'waiting' OR NEW.state = 'waiting' OR to_jsonb(NEW) - told IS DISTINCT FROM to_jsonb(OLD) - told THEN
    RAISE EXCEPTION 'settled once, and nothing else' USING ERRCODE = '23514', CONSTRAINT = 'hours_unlisted_side';
  END IF;
  IF NEW.state = 'matched' AND NOT EXISTS (
       SELECT FROM public.placements_allocation a
        WHERE a.placement_id = NEW.placement_id AND a.contract_id = NEW.contract_id
          AND NEW.declarant_id IN (a.employer_id, a.host_company_id)) THEN
    RAISE EXCEPTION 'not at work there' USING ERRCODE = '23514', CONSTRAINT = 'hours_unlisted_placed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER hours_unlisted_by_its_side BEFORE INSERT OR UPDATE OR DELETE ON public.hours_unlistedperson
  FOR EACH ROW WHEN (current_user <> 'clausette_owner') EXECUTE FUNCTION sec.unlisted_by_its_side();
