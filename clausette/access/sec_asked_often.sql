-- The context of rights, asked hundreds of times for one page: the same answers, at half the cost (ADR 0023).
-- One function each, in place of three that called each other, every one with its own search_path to set and to give back.
DO $do$
DECLARE one text[];
BEGIN
  FOREACH one SLICE 1 IN ARRAY ARRAY[['account', '1'], ['organisation', '2']]
  LOOP
    EXECUTE format($create$
      CREATE OR REPLACE FUNCTION sec.%I() RETURNS bigint
      LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
      DECLARE
        given text := current_setting('app.ctx', true);
        a text[];
        secret bytea;
      BEGIN
        IF given IS NULL OR given = '' THEN
          RAISE EXCEPTION 'rights are not open in this transaction' USING ERRCODE = '42501';
        END IF;
        a := string_to_array(given, '|');
        SELECT key INTO secret FROM sec.k;
        -- as sec.sign signs: forged or replayed, no rights
        IF a[3] = encode(sha256(secret || convert_to(a[1] || '|' || a[2] || '|' || pg_backend_pid() || '|'
                  || extract(epoch FROM transaction_timestamp())::text, 'UTF8') || secret), 'hex') THEN
          RETURN a[%s]::bigint;
        END IF;
        RETURN NULL;
      END $$ $create$, one[1], one[2]);
  END LOOP;
END $do$;

-- Part of the context: 1 account, 2 organisation.
CREATE OR REPLACE FUNCTION sec.part(n int) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT CASE n WHEN 1 THEN sec.account() WHEN 2 THEN sec.organisation() END
$$;

-- Nothing here that its caller may not call: PostgreSQL writes these in the place of their call. Their words are read once,
-- when they are made: no search_path changes what they mean.
CREATE OR REPLACE FUNCTION sec.today() RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE SECURITY INVOKER
RETURN (pg_catalog.transaction_timestamp() AT TIME ZONE 'Europe/Paris')::date;
ALTER FUNCTION sec.today() RESET search_path;

CREATE OR REPLACE FUNCTION sec.firm() RETURNS bigint
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY INVOKER
RETURN pg_catalog.abs(sec.organisation());
ALTER FUNCTION sec.firm() RESET search_path;
