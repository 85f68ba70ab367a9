-- Hours of these persons in these months on every contract, whoever declared them: numbers, for persons we may know.
-- Names no other structure. Used by the monthly ceiling of the controls, for one line as for a file of a hundred thousand.
CREATE OR REPLACE FUNCTION sec.hours_of_persons(people bigint[], months date[])
RETURNS TABLE (person_id bigint, month date, hours numeric)
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT p.participant_id, l.month, sum(l.hours)
    FROM public.participants_participant q
    JOIN public.placements_placement p ON p.participant_id = q.id
    JOIN public.hours_hoursline l ON l.placement_id = p.id
   WHERE q.id IN (SELECT unnest(people))
     AND (q.owner_org_id = (SELECT sec.organisation()) OR q.id IN (SELECT unnest(sec.persons())))
     AND l.month IN (SELECT unnest(months)) AND l.state IN ('declared', 'reserved', 'validated')
   GROUP BY p.participant_id, l.month
$$;
DROP FUNCTION IF EXISTS sec.hours_of_person(bigint, date);
GRANT EXECUTE ON FUNCTION sec.hours_of_persons(bigint[], date[]) TO clausette_app;

-- The sum of the lines of a work contract in a month never exceeds the hours worked in that month: checked at commit, lines
-- and totals written in any order, once for all the lines of a statement of SQL. A statement leaves one row here with the
-- months that it touched; the check that waits is on this row, which goes with it. Nobody but these functions writes here.
CREATE TABLE IF NOT EXISTS sec.months_touched (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, months bigint[] NOT NULL
);
REVOKE ALL ON sec.months_touched FROM PUBLIC;

CREATE OR REPLACE FUNCTION sec.touch_months() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF TG_TABLE_NAME = 'hours_workedmonth' THEN
    INSERT INTO sec.months_touched (months) SELECT array_agg(id) FROM touched HAVING count(*) > 0;
  ELSE
    INSERT INTO sec.months_touched (months) SELECT array_agg(DISTINCT worked_month_id) FROM touched HAVING count(*) > 0;
  END IF;
  RETURN NULL;
END $$;

-- The check itself is sec.lines_within_worked_month (sec_within.sql).
DROP TRIGGER IF EXISTS hours_line_within_worked ON public.hours_hoursline;
DROP TRIGGER IF EXISTS hours_worked_holds_lines ON public.hours_workedmonth;
CREATE CONSTRAINT TRIGGER hours_line_within_worked AFTER INSERT ON sec.months_touched
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sec.lines_within_worked_month();
CREATE TRIGGER hours_line_within_worked AFTER INSERT ON public.hours_hoursline REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION sec.touch_months();
CREATE TRIGGER hours_line_still_within AFTER UPDATE ON public.hours_hoursline REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION sec.touch_months();
CREATE TRIGGER hours_worked_holds_lines AFTER UPDATE ON public.hours_workedmonth REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION sec.touch_months();
