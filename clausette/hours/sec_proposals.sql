-- A correction is proposed by the declarant, on a validated line of its own, or on hours without names; a structure in charge answers once. The row
-- of the statement is held: a proposal and a reopening never cross.
CREATE OR REPLACE FUNCTION sec.proposal_sides() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE free text[] := ARRAY['state', 'ended_at', 'ended_by_id', 'end_reason', 'correction'];
        known text; used bigint[]; piloted boolean;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT state INTO known FROM public.hours_statement WHERE id = NEW.statement_id FOR SHARE;
    IF known IS DISTINCT FROM 'validated' OR NEW.state <> 'open' OR NEW.proposed_by_id <> sec.account()
       OR NEW.declarant_id <> sec.firm() THEN
      RAISE EXCEPTION 'not a proposal of one''s own' USING ERRCODE = '23514', CONSTRAINT = 'hours_proposal_sides';
    END IF;
    IF NOT EXISTS (SELECT FROM public.hours_hoursline l
                    WHERE l.statement_id = NEW.statement_id AND l.placement_id = NEW.placement_id
                      AND l.commitment_id = NEW.commitment_id AND l.kind = NEW.kind AND l.corrects_id IS NULL
                      AND l.state = 'validated' AND l.act_id IS NULL)
       AND NOT (NEW.placement_id IS NULL AND EXISTS (
         SELECT FROM public.hours_collectivehours w
          WHERE w.statement_id = NEW.statement_id AND w.commitment_id = NEW.commitment_id AND w.kind = NEW.kind
            AND w.corrects_id IS NULL AND w.state = 'validated')) THEN
      RAISE EXCEPTION 'no such validated line' USING ERRCODE = '23514', CONSTRAINT = 'hours_proposal_line';
    END IF;
    used := sec.mandates_used();
    IF (NEW.mandate_id IS NULL AND cardinality(used) > 0)
       OR (NEW.mandate_id IS NOT NULL AND NOT EXISTS (
         SELECT FROM public.procurement_mandate m
          WHERE m.id = NEW.mandate_id AND m.id = ANY (used) AND m.organisation_id = NEW.declarant_id
            AND (m.contract_id IS NULL OR m.contract_id = NEW.contract_id))) THEN
      RAISE EXCEPTION 'a proposal names the mandate by which it is made'
        USING ERRCODE = '23514', CONSTRAINT = 'hours_statement_mandate_used';
    END IF;
    RETURN NEW;
  END IF;
  piloted := NEW.contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[]);
  IF OLD.state <> 'open' OR NEW.state = 'open' OR to_jsonb(NEW) - free IS DISTINCT FROM to_jsonb(OLD) - free
     OR (NEW.ended_by_id IS NOT NULL AND NEW.ended_by_id <> sec.account())
     OR (NEW.state = 'withdrawn' AND NEW.declarant_id <> sec.firm())
     OR (NEW.state <> 'withdrawn' AND NOT piloted) THEN
    RAISE EXCEPTION 'a proposal ends once, by its side' USING ERRCODE = '23514', CONSTRAINT = 'hours_proposal_sides';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER hours_proposal_sides BEFORE INSERT OR UPDATE ON public.hours_correctionproposal
  FOR EACH ROW WHEN (current_user <> 'clausette_owner') EXECUTE FUNCTION sec.proposal_sides();
