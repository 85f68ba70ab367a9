-- A dated rule says what hours of a month followed: it is withdrawn or followed by another, never changed. The trigger
-- has the name of the constraint that it holds.
CREATE OR REPLACE FUNCTION sec.dated_rule_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF OLD.withdrawn_on IS NOT NULL
     OR (to_jsonb(NEW) - 'withdrawn_on' - 'withdrawn_reason') <> (to_jsonb(OLD) - 'withdrawn_on' - 'withdrawn_reason')
  THEN
    RAISE EXCEPTION 'a dated rule never changes' USING ERRCODE = '23514', CONSTRAINT = TG_NAME;
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER commitments_valuedrule_stays BEFORE UPDATE ON public.commitments_valuedrule
  FOR EACH ROW EXECUTE FUNCTION sec.dated_rule_stays();
