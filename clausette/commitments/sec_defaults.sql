-- Default rules say what hours of a month followed: they are withdrawn or followed by others, never changed.
CREATE OR REPLACE FUNCTION sec.defaults_stay() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF OLD.withdrawn_on IS NOT NULL
     OR (to_jsonb(NEW) - 'withdrawn_on' - 'withdrawn_reason') <> (to_jsonb(OLD) - 'withdrawn_on' - 'withdrawn_reason')
  THEN
    RAISE EXCEPTION 'default rules never change' USING ERRCODE = '23514', CONSTRAINT = 'commitments_defaults_stay';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER commitments_defaults_stay BEFORE UPDATE ON public.commitments_structuredefaults
  FOR EACH ROW EXECUTE FUNCTION sec.defaults_stay();
