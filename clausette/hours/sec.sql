-- The sum of the lines of a work contract in a month never exceeds the hours worked in that month.
-- Deferred to commit: lines and total may be written in any order inside one transaction.
CREATE OR REPLACE FUNCTION sec.lines_within_worked_month() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE month_id bigint; worked numeric; credited numeric;
BEGIN
  IF TG_TABLE_NAME = 'hours_workedmonth' THEN month_id := NEW.id; ELSE month_id := NEW.worked_month_id; END IF;
  -- One writer at a time for a worked month: two lines written at once cannot each believe there is room left.
  SELECT hours INTO worked FROM public.hours_workedmonth WHERE id = month_id FOR NO KEY UPDATE;
  SELECT coalesce(sum(hours), 0) INTO credited FROM public.hours_hoursline
   WHERE worked_month_id = month_id AND state <> 'refused';
  IF credited > worked THEN
    RAISE EXCEPTION 'credited hours exceed worked hours' USING ERRCODE = '23514', CONSTRAINT = 'hours_line_within_worked';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER hours_line_within_worked AFTER INSERT OR UPDATE ON public.hours_hoursline
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sec.lines_within_worked_month();
CREATE CONSTRAINT TRIGGER hours_worked_holds_lines AFTER UPDATE ON public.hours_workedmonth
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sec.lines_within_worked_month();

-- A validated or refused line never changes: it is corrected by a new line.
CREATE OR REPLACE FUNCTION sec.validated_line_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION 'a validated line never changes' USING ERRCODE = '23514', CONSTRAINT = 'hours_line_validated_stays';
END $$;
CREATE TRIGGER hours_line_validated_stays BEFORE UPDATE ON public.hours_hoursline
  FOR EACH ROW WHEN (OLD.state IN ('validated', 'refused')) EXECUTE FUNCTION sec.validated_line_stays();

-- Hours of the month of one person on every contract, whoever declared them: a number, for a person we may know.
-- Names no other structure. Used by the monthly ceiling of the controls.
CREATE OR REPLACE FUNCTION sec.hours_of_person(person bigint, which date) RETURNS numeric
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT coalesce(sum(l.hours), 0)
    FROM public.hours_hoursline l JOIN public.placements_placement p ON p.id = l.placement_id
   WHERE p.participant_id = person AND l.month = which AND l.state IN ('declared', 'validated')
     AND (person = ANY ((SELECT sec.persons())::bigint[])
          OR EXISTS (SELECT FROM public.participants_participant q
                      WHERE q.id = person AND q.owner_org_id = (SELECT sec.organisation())))
$$;

GRANT EXECUTE ON FUNCTION sec.hours_of_person(bigint, date) TO clausette_app;
