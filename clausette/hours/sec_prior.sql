-- The lines of a training never exceed the hours that its certificate says, and are of months that it touches.
CREATE OR REPLACE FUNCTION sec.lines_within_prior() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE training public.hours_priortraining; credited numeric; astray boolean;
BEGIN
  -- one writer at a time for a training: two months written at once cannot each believe there are hours left
  SELECT * INTO training FROM public.hours_priortraining WHERE id = NEW.prior_id FOR NO KEY UPDATE;
  SELECT coalesce(sum(hours), 0),
         coalesce(bool_or(month < date_trunc('month', training.starts_on)::date OR month > training.ends_on), false)
    INTO credited, astray
    FROM public.hours_hoursline WHERE prior_id = NEW.prior_id AND state <> 'refused';
  IF astray OR credited > training.hours THEN
    RAISE EXCEPTION 'hours beyond the training' USING ERRCODE = '23514', CONSTRAINT = 'hours_line_within_prior';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER hours_line_within_prior AFTER INSERT OR UPDATE ON public.hours_hoursline
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.prior_id IS NOT NULL)
  EXECUTE FUNCTION sec.lines_within_prior();
