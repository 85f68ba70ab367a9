-- Undoing a batch of the takeover: only what that batch made, only while nothing else is built on it.

-- Tables of which a batch may have made rows, from the last to be deleted to the first. Nothing else is ever deleted.
CREATE OR REPLACE FUNCTION sec.takeover_tables() RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
  SELECT ARRAY['hours_justification', 'hours_hoursline', 'hours_workedmonth', 'hours_statement',
               'hours_openingbalanceyear', 'hours_openingbalance', 'placements_allocation', 'placements_placement',
               'participants_home', 'participants_decisionfacts', 'participants_eligibilityreason', 'participants_eligibilitycheck', 'participants_personcontact',
               'participants_participant',
               'commitments_commitmentpart', 'commitments_commitmentversion', 'commitments_commitment',
               'procurement_award', 'procurement_contractstep', 'procurement_contractparty', 'procurement_lot',
               'procurement_contract', 'procurement_worksoperation', 'access_organisation']
$$;

-- Numbers of the rows of a table that a batch made. Called by the functions below only.
CREATE OR REPLACE FUNCTION sec.takeover_made(which bigint, what text) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT coalesce(array_agg(row_id), '{}') FROM public.imports_takeovermade
   WHERE batch_id = which AND table_name = what
$$;

-- What prevents undoing a batch of the organisation of the context: rows of others that point to what it made
-- (a table, how many), and rows it made that were touched since (« changed »). Names nobody.
CREATE OR REPLACE FUNCTION sec.takeover_blockers(which bigint)
RETURNS TABLE (table_name text, how text, rows bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE link record; counted bigint; own bigint := (SELECT sec.organisation()); uids uuid[];
BEGIN
  IF NOT EXISTS (SELECT FROM public.imports_takeoverbatch b WHERE b.id = which AND b.owner_org_id = own)
     OR NOT (SELECT sec.capable('facilitator')) THEN
    RETURN;
  END IF;
  FOR link IN
    SELECT l.child, l.col, sec.takeover_made(which, l.parent) AS parents, sec.takeover_made(which, l.child) AS children
      FROM (
        SELECT h.relname::text, a.attname::text, p.relname::text
          FROM pg_constraint c
          JOIN pg_class h ON h.oid = c.conrelid
          JOIN pg_class p ON p.oid = c.confrelid
          JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
          -- alone, or with the columns that keep it in its scope
          JOIN pg_attribute k ON k.attrelid = c.confrelid AND k.attnum = c.confkey[1] AND k.attname = 'id'
         WHERE c.contype = 'f' AND h.relnamespace = 'public'::regnamespace
        -- proved by way of another row: the declaration of the line, its worked month
        UNION VALUES ('hours_hoursline', 'statement_id', 'hours_statement'),
                     ('hours_hoursline', 'commitment_id', 'commitments_commitment'),
                     ('hours_hoursline', 'contract_id', 'procurement_contract'),
                     ('hours_hoursline', 'worked_contract_id', 'procurement_contract'),
                     ('hours_hoursline', 'placement_id', 'placements_placement')
      ) AS l (child, col, parent)
     WHERE l.parent = ANY (sec.takeover_tables()) AND l.parent <> 'access_organisation'
       -- pairs go with the persons who make them, readings kept with their engagement
       AND l.child NOT IN ('participants_resemblance', 'hours_keptprogress', 'hours_staleprogress')
  LOOP
    CONTINUE WHEN cardinality(link.parents) = 0;
    EXECUTE format(
      'SELECT count(*) FROM public.%I c WHERE c.%I = ANY ($1) AND NOT (c.id = ANY ($2))%s',
      link.child, link.col,
      -- a marché is born with its pilot: that row goes with it
      CASE WHEN link.child = 'procurement_contractparty' THEN ' AND NOT (c.role = ''pilot'' AND c.organisation_id = $3)'
           ELSE ' AND $3 IS NOT NULL' END)
      INTO counted USING link.parents, link.children, own;
    IF counted > 0 THEN
      table_name := link.child; how := 'built'; rows := counted;
      RETURN NEXT;
    END IF;
  END LOOP;
  SELECT array_agg(m.row_uid) INTO uids FROM public.imports_takeovermade m
   WHERE m.batch_id = which AND m.table_name NOT IN ('access_organisation', 'participants_resemblance');
  RETURN QUERY
    SELECT m.table_name::text, 'changed'::text, count(*)
      FROM public.imports_takeovermade m
      JOIN (SELECT e.subject_uid, count(*) AS n FROM public.journal_event e
             WHERE e.subject_uid = ANY (uids) GROUP BY e.subject_uid) AS told ON told.subject_uid = m.row_uid
     WHERE m.batch_id = which AND told.n > m.events AND m.table_name <> 'participants_resemblance'
     GROUP BY m.table_name;
END $$;

-- Take away all that a batch made; return how many rows of each table went. Bodies that serve elsewhere stay.
CREATE OR REPLACE FUNCTION sec.undo_takeover(which bigint) RETURNS TABLE (table_name text, rows bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE name text; link record; gone bigint; own bigint := (SELECT sec.organisation());
BEGIN
  PERFORM FROM public.imports_takeoverbatch b
    WHERE b.id = which AND b.owner_org_id = own AND b.state = 'applied' FOR UPDATE;
  IF NOT FOUND OR NOT (SELECT sec.capable('facilitator')) THEN
    RAISE EXCEPTION 'no such batch to undo' USING ERRCODE = '42501';
  END IF;
  IF EXISTS (SELECT FROM sec.takeover_blockers(which)) THEN
    RAISE EXCEPTION 'something is built on this batch' USING ERRCODE = '42501';
  END IF;
  -- totals of months that were there before lose what the batch added
  UPDATE public.hours_workedmonth w SET hours = w.hours - added.hours
    FROM (SELECT l.worked_month_id, sum(l.hours) AS hours FROM public.hours_hoursline l
           WHERE l.id IN (SELECT m.row_id FROM public.imports_takeovermade m
                           WHERE m.batch_id = which AND m.table_name = 'hours_hoursline')
           GROUP BY l.worked_month_id) AS added
   WHERE w.id = added.worked_month_id AND NOT w.is_stated
     AND NOT EXISTS (SELECT FROM public.imports_takeovermade m
                      WHERE m.batch_id = which AND m.table_name = 'hours_workedmonth' AND m.row_id = w.id);
  DELETE FROM public.procurement_contractparty p
   WHERE p.contract_id IN (SELECT m.row_id FROM public.imports_takeovermade m
                            WHERE m.batch_id = which AND m.table_name = 'procurement_contract')
     AND p.role = 'pilot' AND p.organisation_id = own;
  DELETE FROM public.participants_resemblance p
   WHERE EXISTS (SELECT FROM public.imports_takeovermade m
                  WHERE m.batch_id = which AND m.table_name = 'participants_participant'
                    AND m.row_id IN (p.first_id, p.second_id));
  FOREACH name IN ARRAY sec.takeover_tables() LOOP
    IF name = 'access_organisation' THEN
      CONTINUE;
    END IF;
    EXECUTE format(
      'DELETE FROM public.%I t USING public.imports_takeovermade m
        WHERE m.batch_id = $1 AND m.table_name = $2 AND t.id = m.row_id', name) USING which, name;
    GET DIAGNOSTICS gone = ROW_COUNT;
    IF gone > 0 THEN
      table_name := name; rows := gone;
      RETURN NEXT;
    END IF;
  END LOOP;
  -- what is kept beside engagements that are no more, and the marks that their going has just made
  DELETE FROM public.hours_keptprogress k
   WHERE NOT EXISTS (SELECT FROM public.commitments_commitment c WHERE c.id = k.commitment_id);
  DELETE FROM public.hours_staleprogress k
   WHERE NOT EXISTS (SELECT FROM public.commitments_commitment c WHERE c.id = k.commitment_id);
  gone := 0;
  FOR link IN SELECT m.row_id FROM public.imports_takeovermade m
               WHERE m.batch_id = which AND m.table_name = 'access_organisation' LOOP
    IF NOT sec.body_serves(link.row_id) THEN
      DELETE FROM public.access_organisation o WHERE o.id = link.row_id;
      gone := gone + 1;
    END IF;
  END LOOP;
  IF gone > 0 THEN
    table_name := 'access_organisation'; rows := gone;
    RETURN NEXT;
  END IF;
END $$;

-- Does anything point to this body? Called by the function above only.
CREATE OR REPLACE FUNCTION sec.body_serves(which bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE link record; found boolean;
BEGIN
  FOR link IN
    SELECT h.oid::regclass::text AS child, a.attname::text AS col
      FROM pg_constraint c JOIN pg_class h ON h.oid = c.conrelid JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
     WHERE c.contype = 'f' AND cardinality(c.conkey) = 1 AND c.confrelid = 'public.access_organisation'::regclass
  LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE %I = $1)', link.child, link.col) INTO found USING which;
    IF found THEN
      RETURN true;
    END IF;
  END LOOP;
  RETURN false;
END $$;

GRANT EXECUTE ON FUNCTION sec.takeover_blockers(bigint), sec.undo_takeover(bigint) TO clausette_app;
