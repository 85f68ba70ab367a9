-- A validated month changes again only through a request that ended well: by a second person, or after its delay.

-- The statement was reopened, and nothing was written in it since: its lines follow. As far as the caller sees it.
CREATE OR REPLACE FUNCTION sec.just_reopened(which bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
  SELECT EXISTS (SELECT FROM public.hours_statement s JOIN public.hours_reopening r ON r.statement_id = s.id
                  WHERE s.id = which AND s.state = 'submitted' AND r.state = 'done'
                    AND r.reopened_version = s.version - 1)
$$;

-- One use of one request: the version it names is the one that the statement leaves.
CREATE OR REPLACE FUNCTION sec.validated_statement_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF NEW.state <> 'submitted' OR NEW.version <> OLD.version + 1
     OR NOT EXISTS (SELECT FROM public.hours_reopening r
                     WHERE r.statement_id = OLD.id AND r.state = 'done' AND r.reopened_version = OLD.version) THEN
    RAISE EXCEPTION 'a validated statement is reopened by a request'
      USING ERRCODE = '23514', CONSTRAINT = 'hours_statement_validated_stays';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER hours_statement_validated_stays BEFORE UPDATE ON public.hours_statement
  FOR EACH ROW WHEN (OLD.state = 'validated' AND NEW.state IS DISTINCT FROM OLD.state)
  EXECUTE FUNCTION sec.validated_statement_stays();

-- Who asks signs for oneself, and leaves the decision to a colleague where there is one; who decides signs too.
CREATE OR REPLACE FUNCTION sec.reopening_signed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE free text[] := ARRAY['state', 'ended_at', 'ended_by_id', 'end_reason', 'reopened_version'];
        known text; colleague boolean;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT state INTO known FROM public.hours_statement WHERE id = NEW.statement_id FOR SHARE;
    IF known IS DISTINCT FROM 'validated' OR NEW.state <> 'waiting' OR NEW.asked_by_id <> sec.account()
       OR NEW.asked_org_id <> sec.organisation() THEN
      RAISE EXCEPTION 'not a request of one''s own' USING ERRCODE = '23514', CONSTRAINT = 'hours_reopening_signed';
    END IF;
    SELECT EXISTS (SELECT FROM public.access_membership m JOIN public.access_account a ON a.id = m.account_id
                    WHERE m.organisation_id = NEW.asked_org_id AND m.account_id <> NEW.asked_by_id AND a.is_active
                      AND m.revoked_at IS NULL AND m.valid_from <= sec.today()
                      AND (m.valid_to IS NULL OR m.valid_to >= sec.today())) INTO colleague;
    IF colleague = (NEW.effective_at IS NOT NULL) THEN
      RAISE EXCEPTION 'a colleague decides' USING ERRCODE = '23514', CONSTRAINT = 'hours_reopening_colleague';
    END IF;
  ELSIF OLD.state <> 'waiting' OR to_jsonb(NEW) - free IS DISTINCT FROM to_jsonb(OLD) - free
     OR (NEW.ended_by_id IS NOT NULL AND NEW.ended_by_id <> sec.account()) THEN
    RAISE EXCEPTION 'a request ends once' USING ERRCODE = '23514', CONSTRAINT = 'hours_reopening_signed';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER hours_reopening_signed BEFORE INSERT OR UPDATE ON public.hours_reopening
  FOR EACH ROW WHEN (current_user <> 'clausette_owner') EXECUTE FUNCTION sec.reopening_signed();

-- Requests whose delay is over, and the seat whose rights apply them: who asked, else an administrator, else anyone of
-- the structure.
CREATE OR REPLACE FUNCTION sec.reopenings_due(until timestamptz)
RETURNS TABLE (account_id bigint, organisation_id bigint, uid uuid)
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT seat.account_id, r.asked_org_id, r.uid
    FROM public.hours_reopening r
    CROSS JOIN LATERAL (
      SELECT m.account_id FROM public.access_membership m JOIN public.access_account a ON a.id = m.account_id
       WHERE m.organisation_id = r.asked_org_id AND a.is_active AND m.revoked_at IS NULL
         AND m.valid_from <= sec.today() AND (m.valid_to IS NULL OR m.valid_to >= sec.today())
       ORDER BY (m.account_id = r.asked_by_id) DESC, (m.role = 'admin') DESC, m.id LIMIT 1) seat
   WHERE r.state = 'waiting' AND r.effective_at <= until
   ORDER BY r.effective_at, r.id
$$;

-- Who is told at once of a request without a second person: the administrators of the structure that asks, and of the
-- structure référente of the contract.
CREATE OR REPLACE FUNCTION sec.reopening_recipients(which uuid) RETURNS TABLE (email text, full_name text, slug text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT DISTINCT ON (a.id) a.email::text, a.full_name::text, o.slug::text
    FROM public.hours_reopening r
    JOIN public.access_organisation o ON o.id = r.asked_org_id OR o.id IN (
      SELECT p.organisation_id FROM public.procurement_contractparty p
       WHERE p.contract_id = r.contract_id AND p.role = 'pilot' AND p.revoked_at IS NULL
         AND p.valid_from <= sec.today() AND (p.valid_to IS NULL OR p.valid_to >= sec.today()))
    JOIN public.access_membership m ON m.organisation_id = o.id
    JOIN public.access_account a ON a.id = m.account_id
   WHERE r.uid = which AND r.state = 'waiting' AND m.role = 'admin' AND a.is_active AND m.revoked_at IS NULL
     AND m.valid_from <= sec.today() AND (m.valid_to IS NULL OR m.valid_to >= sec.today())
   ORDER BY a.id, (o.id = r.asked_org_id) DESC
$$;

GRANT EXECUTE ON FUNCTION sec.just_reopened(bigint) TO clausette_app;
GRANT EXECUTE ON FUNCTION sec.reopenings_due(timestamptz), sec.reopening_recipients(uuid) TO clausette_worker;
