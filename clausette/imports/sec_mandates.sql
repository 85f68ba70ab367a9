-- Files of hours sent by a « mandat de déclaration » (docs/adr/0022): of the firm, read and handled by who holds the mandate
-- as long as it runs.

-- Those sent by the mandates by which the context acts; none for a member, nor in a deposit.
CREATE OR REPLACE FUNCTION sec.mandated_files() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT CASE WHEN sec.organisation() < 0
              THEN ARRAY(SELECT f.id FROM public.imports_hoursfile f WHERE f.mandate_id = ANY (sec.mandates_used()))
              ELSE '{}'::bigint[] END
$$;

-- All the mandates that the firm gave to the same holders, ended ones included: what they said of their files (columns,
-- matches) is remembered from one mandate to the next. None unless one runs.
CREATE OR REPLACE FUNCTION sec.mandates_alike() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT CASE WHEN sec.organisation() < 0 THEN ARRAY(
    SELECT m.id FROM public.procurement_mandate m
     WHERE m.organisation_id = sec.firm()
       AND EXISTS (SELECT FROM public.procurement_mandate u
                    WHERE u.id = ANY (sec.mandates_used()) AND (u.holder_id = m.holder_id OR u.account_id = m.account_id)))
              ELSE '{}'::bigint[] END
$$;

-- Were these lines sent for the firm already, by whomever? Nothing more is said of a file that the context does not see.
CREATE OR REPLACE FUNCTION sec.hours_file_sent(mark text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT EXISTS (SELECT FROM public.imports_hoursfile f
                  WHERE f.owner_org_id = sec.firm() AND f.declarant_id = sec.firm() AND f.fingerprint = mark
                    AND f.state NOT IN ('cancelled', 'undone'))
$$;

-- A file names a mandate only when the one who sends it acts by it, with its days; who acts by a mandate always names one.
CREATE OR REPLACE FUNCTION sec.file_mandate_is_used() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE used bigint[] := sec.mandates_used();
BEGIN
  IF (NEW.mandate_id IS NULL AND cardinality(used) > 0)
     OR (NEW.mandate_id IS NOT NULL AND NOT EXISTS (
       SELECT FROM public.procurement_mandate m
        WHERE m.id = NEW.mandate_id AND m.id = ANY (used) AND m.organisation_id = NEW.owner_org_id
          AND m.starts_on = NEW.mandated_from AND m.ends_on = NEW.mandated_until)) THEN
    RAISE EXCEPTION 'a file names the mandate by which it is sent'
      USING ERRCODE = '23514', CONSTRAINT = 'imports_hoursfile_mandate_used';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER imports_hoursfile_mandate_used BEFORE INSERT ON public.imports_hoursfile
  FOR EACH ROW WHEN (current_user <> 'clausette_owner') EXECUTE FUNCTION sec.file_mandate_is_used();

-- In whose name it was sent does not change.
CREATE OR REPLACE FUNCTION sec.file_mandate_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION 'the mandate of a file does not change'
    USING ERRCODE = '23514', CONSTRAINT = 'imports_hoursfile_mandate_stays';
END $$;
CREATE OR REPLACE TRIGGER imports_hoursfile_mandate_stays BEFORE UPDATE ON public.imports_hoursfile
  FOR EACH ROW WHEN ((OLD.owner_org_id, OLD.declarant_id, OLD.mandate_id, OLD.mandated_name, OLD.mandated_from,
                      OLD.mandated_until)
    IS DISTINCT FROM (NEW.owner_org_id, NEW.declarant_id, NEW.mandate_id, NEW.mandated_name, NEW.mandated_from,
                      NEW.mandated_until))
  EXECUTE FUNCTION sec.file_mandate_stays();

GRANT EXECUTE ON FUNCTION sec.mandated_files(), sec.mandates_alike(), sec.hours_file_sent(text) TO clausette_app;
