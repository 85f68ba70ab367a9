-- So are the default rules of a structure (sec_valuing.sql).
CREATE OR REPLACE TRIGGER commitments_defaults_stay BEFORE UPDATE ON public.commitments_structuredefaults
  FOR EACH ROW EXECUTE FUNCTION sec.dated_rule_stays();
