-- A line is reported by the structure that the latest decision names for its month, else by the structure référente of
-- its engagement, unless it says otherwise.
CREATE OR REPLACE FUNCTION sec.hours_by_default() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF NEW.reporting_org_id IS NULL THEN
    SELECT reporting_org_id INTO NEW.reporting_org_id FROM public.hours_reportingchange
     WHERE commitment_id = NEW.commitment_id AND from_month <= NEW.month ORDER BY id DESC LIMIT 1;
  END IF;
  IF NEW.reporting_org_id IS NULL THEN
    SELECT lead_org_id INTO NEW.reporting_org_id FROM public.commitments_commitment WHERE id = NEW.commitment_id;
  END IF;
  IF TG_TABLE_NAME = 'hours_hoursline' THEN
    NEW.worked_contract_id := coalesce(NEW.worked_contract_id, NEW.contract_id);
  END IF;
  RETURN NEW;
END $$;

-- Hours written are reported by another structure by a decision only: of their engagement (hours credited by an act: the
-- one where they were worked), for their month or an earlier one.
CREATE OR REPLACE FUNCTION sec.reporting_decided() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE owed bigint := NEW.commitment_id;
BEGIN
  IF TG_TABLE_NAME = 'hours_hoursline' AND (to_jsonb(NEW) ->> 'act_id') IS NOT NULL THEN
    SELECT from_commitment_id INTO owed FROM public.commitments_commitmentact
     WHERE id = (to_jsonb(NEW) ->> 'act_id')::bigint;
  END IF;
  IF NEW.reporting_org_id IS DISTINCT FROM
     (SELECT reporting_org_id FROM public.hours_reportingchange
       WHERE commitment_id = owed AND from_month <= NEW.month ORDER BY id DESC LIMIT 1) THEN
    RAISE EXCEPTION 'reported by another without a decision'
      USING ERRCODE = '23514', CONSTRAINT = 'hours_reporting_decided';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER hours_line_reporting_decided BEFORE UPDATE OF reporting_org_id ON public.hours_hoursline
  FOR EACH ROW WHEN (OLD.reporting_org_id IS DISTINCT FROM NEW.reporting_org_id)
  EXECUTE FUNCTION sec.reporting_decided();
CREATE TRIGGER hours_collective_reporting_decided BEFORE UPDATE OF reporting_org_id ON public.hours_collectivehours
  FOR EACH ROW WHEN (OLD.reporting_org_id IS DISTINCT FROM NEW.reporting_org_id)
  EXECUTE FUNCTION sec.reporting_decided();

-- A validated or refused line never changes, except for who reports it.
CREATE OR REPLACE FUNCTION sec.validated_line_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF to_jsonb(NEW) - 'reporting_org_id' IS DISTINCT FROM to_jsonb(OLD) - 'reporting_org_id' THEN
    RAISE EXCEPTION 'a validated line never changes' USING ERRCODE = '23514', CONSTRAINT = 'hours_line_validated_stays';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION sec.reserved_line_settles() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF to_jsonb(NEW) - 'reporting_org_id' IS NOT DISTINCT FROM to_jsonb(OLD) - 'reporting_org_id' THEN
    RETURN NEW;
  END IF;
  IF NEW.state NOT IN ('validated', 'refused')
     OR to_jsonb(NEW) - '{state,reason}'::text[] IS DISTINCT FROM to_jsonb(OLD) - '{state,reason}'::text[] THEN
    RAISE EXCEPTION 'a reserved line is only settled'
      USING ERRCODE = '23514', CONSTRAINT = 'hours_line_reserved_settles';
  END IF;
  RETURN NEW;
END $$;

-- Only a structure in charge of the contract reports its hours; a decision is never changed: another one follows it.
CREATE OR REPLACE FUNCTION sec.reporting_in_charge() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM public.procurement_contractparty
                  WHERE contract_id = NEW.contract_id AND organisation_id = NEW.reporting_org_id
                    AND role IN ('pilot', 'copilot') AND revoked_at IS NULL) THEN
    RAISE EXCEPTION 'not in charge of the contract'
      USING ERRCODE = '23514', CONSTRAINT = 'hours_reporting_in_charge';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER hours_reporting_in_charge BEFORE INSERT ON public.hours_reportingchange
  FOR EACH ROW EXECUTE FUNCTION sec.reporting_in_charge();
