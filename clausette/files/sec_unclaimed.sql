-- Of these hashes, those that no row of any organisation points to any more: what the sweeper may take off the disk.
CREATE OR REPLACE FUNCTION sec.unclaimed(hashes text[]) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT coalesce(array_agg(one), '{}') FROM unnest(hashes) AS one
   WHERE NOT EXISTS (SELECT FROM public.files_storedfile f WHERE f.sha256 = one AND f.bytes_gone_on IS NULL)
$$;

GRANT EXECUTE ON FUNCTION sec.unclaimed(text[]) TO clausette_worker;
