-- Hours are confirmed while their statement waits: the row of the statement is held, so that an answer and a validation
-- never cross. The titulaire answers, the structures in charge decide; nobody writes for the other side.
CREATE OR REPLACE FUNCTION sec.confirmation_waits() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE known text; wrong boolean;
BEGIN
  SELECT state INTO known FROM public.hours_statement WHERE id = NEW.statement_id FOR SHARE;
  IF known IS DISTINCT FROM 'submitted' THEN
    RAISE EXCEPTION 'the statement does not wait' USING ERRCODE = '23514', CONSTRAINT = 'hours_confirmation_waits';
  END IF;
  IF NEW.state IN ('confirmed', 'contested') THEN
    wrong := NEW.contractor_id <> sec.organisation();
  ELSE
    wrong := NOT NEW.contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[]);
  END IF;
  IF wrong THEN
    RAISE EXCEPTION 'an answer of the other side' USING ERRCODE = '23514', CONSTRAINT = 'hours_confirmation_side';
  END IF;
  IF NOT EXISTS (SELECT FROM public.commitments_commitment
                  WHERE id = NEW.commitment_id AND contractor_id = NEW.contractor_id) THEN
    RAISE EXCEPTION 'not the titulaire' USING ERRCODE = '23514', CONSTRAINT = 'hours_confirmation_side';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER hours_confirmation_waits BEFORE INSERT OR UPDATE ON public.hours_confirmation
  FOR EACH ROW WHEN (current_user <> 'clausette_owner') EXECUTE FUNCTION sec.confirmation_waits();
