-- A valuation rule says what hours of a month followed: it is withdrawn or followed by another, never changed.
CREATE OR REPLACE FUNCTION sec.valued_rule_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF OLD.withdrawn_on IS NOT NULL
     OR (to_jsonb(NEW) - 'withdrawn_on' - 'withdrawn_reason') <> (to_jsonb(OLD) - 'withdrawn_on' - 'withdrawn_reason')
  THEN
    RAISE EXCEPTION 'a valuation rule never changes' USING ERRCODE = '23514', CONSTRAINT = 'commitments_valuedrule_stays';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER commitments_valuedrule_stays BEFORE UPDATE ON public.commitments_valuedrule
  FOR EACH ROW EXECUTE FUNCTION sec.valued_rule_stays();
