-- Which structure reports the hours of these engagements in these months (pairs): the latest decision, else the structure
-- référente of the engagement. For the engagements of the actor's own marchés. What the trigger below says of one line.
CREATE OR REPLACE FUNCTION sec.reported_by(owed bigint[], months date[])
RETURNS TABLE (commitment_id bigint, month date, reporting_org_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT c.id, asked.month,
         coalesce((SELECT r.reporting_org_id FROM public.hours_reportingchange r
                    WHERE r.commitment_id = c.id AND r.from_month <= asked.month ORDER BY r.id DESC LIMIT 1), c.lead_org_id)
    FROM unnest(owed, months) AS asked (id, month) JOIN public.commitments_commitment c ON c.id = asked.id
   WHERE c.contract_id IN (SELECT unnest(sec.contracts()))
$$;
GRANT EXECUTE ON FUNCTION sec.reported_by(bigint[], date[]) TO clausette_app;

-- A line that says where it was worked and who reports it asks nothing.
CREATE OR REPLACE TRIGGER hours_line_by_default BEFORE INSERT ON public.hours_hoursline
  FOR EACH ROW WHEN (NEW.reporting_org_id IS NULL OR NEW.worked_contract_id IS NULL)
  EXECUTE FUNCTION sec.hours_by_default();
