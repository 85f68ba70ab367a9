-- A piece leaves the quarantine once; its hash and size stay when none is given. Told whether it did: what was destroyed
-- meanwhile (purge, erasure) is not brought back. Worker only.
CREATE OR REPLACE FUNCTION sec.settle_file(
  file uuid, became text, hash text, bytes bigint, hidden text, gone_on date
) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  UPDATE public.files_storedfile f
     SET treatment = became, sha256 = coalesce(hash, sha256), size = coalesce(bytes, size), masked = hidden, bytes_gone_on = gone_on
   WHERE f.uid = file AND f.treatment = 'waiting' AND f.bytes_gone_on IS NULL;
  RETURN FOUND;
END $$;

GRANT EXECUTE ON FUNCTION sec.settle_file(uuid, text, text, bigint, text, date) TO clausette_worker;
