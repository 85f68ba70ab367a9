-- What was certified does not change while the statement is handed over or validated: it goes with the statement only
-- when this one goes back to its declarant.
CREATE OR REPLACE FUNCTION sec.certification_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION 'a certification never changes'
    USING ERRCODE = '23514', CONSTRAINT = 'hours_statement_certified_stays';
END $$;
CREATE OR REPLACE TRIGGER hours_statement_certified_stays BEFORE UPDATE ON public.hours_statement
  FOR EACH ROW WHEN (OLD.state IN ('submitted', 'validated') AND NEW.state IN ('submitted', 'validated')
    AND (OLD.certified_name, OLD.certified_as, OLD.certified_on, OLD.certified_hours)
        IS DISTINCT FROM (NEW.certified_name, NEW.certified_as, NEW.certified_on, NEW.certified_hours))
  EXECUTE FUNCTION sec.certification_stays();
