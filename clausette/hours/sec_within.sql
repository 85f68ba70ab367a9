-- The lines of a work contract in a month, those of a training before hiring left out, never exceed the hours worked.
-- Month by month, by the index: joined as two tables, what PostgreSQL takes for a small one may be read again for each row
-- of the other. It takes for small a table that had a large file, lost it (a file undone), and receives it again: minutes.
CREATE OR REPLACE FUNCTION sec.lines_within_worked_month() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  -- One writer at a time for a worked month: two lines written at once cannot each believe there is room left.
  PERFORM FROM public.hours_workedmonth WHERE id = ANY (NEW.months) ORDER BY placement_id, month FOR NO KEY UPDATE;
  IF EXISTS (
    SELECT FROM public.hours_workedmonth w,
           LATERAL (SELECT sum(l.hours) AS hours FROM public.hours_hoursline l
                     WHERE l.worked_month_id = w.id AND l.state <> 'refused' AND l.kind <> 'before') AS credited
     WHERE w.id = ANY (NEW.months) AND credited.hours > w.hours) THEN
    RAISE EXCEPTION 'credited hours exceed worked hours' USING ERRCODE = '23514', CONSTRAINT = 'hours_line_within_worked';
  END IF;
  DELETE FROM sec.months_touched WHERE id = NEW.id;
  RETURN NULL;
END $$;
