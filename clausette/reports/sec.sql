-- An issued document never changes, whoever asks: not even the owner of the tables.
CREATE OR REPLACE FUNCTION sec.keep_document() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION 'Un document établi ne change plus : établissez une correction.' USING ERRCODE = '23000';
END $$;

CREATE OR REPLACE TRIGGER reports_report_stays BEFORE UPDATE OR DELETE ON public.reports_report
  FOR EACH ROW EXECUTE FUNCTION sec.keep_document();
CREATE OR REPLACE TRIGGER reports_reportfile_stays BEFORE UPDATE OR DELETE ON public.reports_reportfile
  FOR EACH ROW EXECUTE FUNCTION sec.keep_document();
