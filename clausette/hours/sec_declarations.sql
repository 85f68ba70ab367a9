-- What a statement declares on an engagement, for a structure déclarante: one row for all the lines that say so. The keys of
-- statement, engagement and structure are checked here once; a line has one key, to its row (ADR 0028). The row is made with
-- the first line, and goes with its statement or its engagement, which cannot go while a line is left. Nobody reads it.
CREATE TABLE IF NOT EXISTS sec.declarations (
  statement_id bigint NOT NULL, worked_contract_id bigint NOT NULL, declarant_id bigint NOT NULL, month date NOT NULL,
  commitment_id bigint NOT NULL, contract_id bigint NOT NULL, reporting_org_id bigint NOT NULL,
  CONSTRAINT declarations_once PRIMARY KEY
    (statement_id, commitment_id, reporting_org_id, worked_contract_id, contract_id, declarant_id, month),
  CONSTRAINT hours_hoursline_statement_id_same_scope
    FOREIGN KEY (statement_id, worked_contract_id, declarant_id, month)
    REFERENCES public.hours_statement (id, contract_id, declarant_id, month)
    ON UPDATE CASCADE ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT hours_hoursline_commitment_id_same_scope
    FOREIGN KEY (commitment_id, contract_id) REFERENCES public.commitments_commitment (id, contract_id)
    ON UPDATE CASCADE ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT hours_hoursline_reporting_org_is_there
    FOREIGN KEY (reporting_org_id) REFERENCES public.access_organisation (id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX IF NOT EXISTS declarations_commitment_ix ON sec.declarations (commitment_id);
CREATE INDEX IF NOT EXISTS declarations_reporting_org_ix ON sec.declarations (reporting_org_id);
REVOKE ALL ON sec.declarations FROM PUBLIC;

-- In the order of the key: two writers of the same rows wait for one another, never each for the other.
CREATE OR REPLACE FUNCTION sec.keep_declarations() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  INSERT INTO sec.declarations
    (statement_id, commitment_id, reporting_org_id, worked_contract_id, contract_id, declarant_id, month)
  SELECT DISTINCT statement_id, commitment_id, reporting_org_id, worked_contract_id, contract_id, declarant_id, month
    FROM touched
   ORDER BY 1, 2, 3, 4, 5, 6, 7
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER hours_line_declared AFTER INSERT ON public.hours_hoursline REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION sec.keep_declarations();
CREATE OR REPLACE TRIGGER hours_line_still_declared AFTER UPDATE ON public.hours_hoursline REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION sec.keep_declarations();
