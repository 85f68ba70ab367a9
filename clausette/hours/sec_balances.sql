-- A line is worked where it is credited, and reported by the structure in charge, unless it says otherwise.
CREATE OR REPLACE FUNCTION sec.hours_by_default() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF NEW.reporting_org_id IS NULL THEN
    SELECT owner_org_id INTO NEW.reporting_org_id FROM public.procurement_contract WHERE id = NEW.contract_id;
  END IF;
  IF TG_TABLE_NAME = 'hours_hoursline' THEN
    NEW.worked_contract_id := coalesce(NEW.worked_contract_id, NEW.contract_id);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER hours_line_by_default BEFORE INSERT ON public.hours_hoursline
  FOR EACH ROW EXECUTE FUNCTION sec.hours_by_default();
CREATE TRIGGER hours_collective_by_default BEFORE INSERT ON public.hours_collectivehours
  FOR EACH ROW EXECUTE FUNCTION sec.hours_by_default();

-- Validated or refused, hours without names never change either.
CREATE TRIGGER hours_collective_validated_stays BEFORE UPDATE ON public.hours_collectivehours
  FOR EACH ROW WHEN (OLD.state IN ('validated', 'refused')) EXECUTE FUNCTION sec.validated_line_stays();

-- Hours retained under reserve: the reserve is lifted or the hours are not retained; nothing else changes.
CREATE OR REPLACE FUNCTION sec.reserved_line_settles() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF NEW.state NOT IN ('validated', 'refused')
     OR to_jsonb(NEW) - '{state,reason}'::text[] IS DISTINCT FROM to_jsonb(OLD) - '{state,reason}'::text[] THEN
    RAISE EXCEPTION 'a reserved line is only settled'
      USING ERRCODE = '23514', CONSTRAINT = 'hours_line_reserved_settles';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER hours_line_reserved_settles BEFORE UPDATE ON public.hours_hoursline
  FOR EACH ROW WHEN (OLD.state = 'reserved') EXECUTE FUNCTION sec.reserved_line_settles();

-- The years of an opening balance never make more than the balance.
CREATE OR REPLACE FUNCTION sec.years_within_opening() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE whole numeric; last_year integer; detailed numeric; latest integer;
BEGIN
  SELECT hours, extract(year FROM as_of) INTO whole, last_year
    FROM public.hours_openingbalance WHERE id = NEW.balance_id FOR NO KEY UPDATE;
  SELECT sum(hours), max(year) INTO detailed, latest FROM public.hours_openingbalanceyear WHERE balance_id = NEW.balance_id;
  IF detailed > whole OR latest > last_year THEN
    RAISE EXCEPTION 'the years exceed the balance' USING ERRCODE = '23514', CONSTRAINT = 'hours_openingyear_within';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER hours_openingyear_within AFTER INSERT ON public.hours_openingbalanceyear
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sec.years_within_opening();

-- An opening balance is withdrawn, never changed.
CREATE OR REPLACE FUNCTION sec.opening_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF OLD.withdrawn_at IS NOT NULL OR to_jsonb(NEW) - '{withdrawn_at,withdrawn_reason}'::text[]
     IS DISTINCT FROM to_jsonb(OLD) - '{withdrawn_at,withdrawn_reason}'::text[] THEN
    RAISE EXCEPTION 'an opening balance never changes' USING ERRCODE = '23514', CONSTRAINT = 'hours_opening_stays';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER hours_opening_stays BEFORE UPDATE ON public.hours_openingbalance
  FOR EACH ROW EXECUTE FUNCTION sec.opening_stays();

-- Hours retained under reserve are hours of the person too.
CREATE OR REPLACE FUNCTION sec.hours_of_person(person bigint, which date) RETURNS numeric
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT coalesce(sum(l.hours), 0)
    FROM public.hours_hoursline l JOIN public.placements_placement p ON p.id = l.placement_id
   WHERE p.participant_id = person AND l.month = which AND l.state IN ('declared', 'reserved', 'validated')
     AND (person = ANY ((SELECT sec.persons())::bigint[])
          OR EXISTS (SELECT FROM public.participants_participant q
                      WHERE q.id = person AND q.owner_org_id = (SELECT sec.organisation())))
$$;
