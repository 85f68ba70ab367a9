-- What was certified, and the mandate by which a statement was handed over, do not change while it is handed over or
-- validated.
CREATE OR REPLACE TRIGGER hours_statement_certified_stays BEFORE UPDATE ON public.hours_statement
  FOR EACH ROW WHEN (OLD.state IN ('submitted', 'validated') AND NEW.state IN ('submitted', 'validated')
    AND (OLD.certified_name, OLD.certified_as, OLD.certified_on, OLD.certified_hours,
         OLD.mandate_id, OLD.mandated_name, OLD.mandated_from, OLD.mandated_until)
        IS DISTINCT FROM (NEW.certified_name, NEW.certified_as, NEW.certified_on, NEW.certified_hours,
         NEW.mandate_id, NEW.mandated_name, NEW.mandated_from, NEW.mandated_until))
  EXECUTE FUNCTION sec.certification_stays();

-- A statement names a mandate only when the one who hands it over acts by it; who acts by a mandate always names it.
CREATE OR REPLACE FUNCTION sec.mandate_is_used() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE used bigint[] := sec.mandates_used();
BEGIN
  IF (NEW.mandate_id IS NULL AND cardinality(used) > 0)
     OR (NEW.mandate_id IS NOT NULL AND NOT EXISTS (
       SELECT FROM public.procurement_mandate m
        WHERE m.id = NEW.mandate_id AND m.id = ANY (used) AND m.organisation_id = NEW.declarant_id
          AND (m.contract_id IS NULL OR m.contract_id = NEW.contract_id)
          AND m.starts_on = NEW.mandated_from AND m.ends_on = NEW.mandated_until)) THEN
    RAISE EXCEPTION 'a statement names the mandate by which it is handed over'
      USING ERRCODE = '23514', CONSTRAINT = 'hours_statement_mandate_used';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER hours_statement_mandate_used BEFORE UPDATE ON public.hours_statement
  FOR EACH ROW WHEN (OLD.state <> 'submitted' AND NEW.state = 'submitted')
  EXECUTE FUNCTION sec.mandate_is_used();
