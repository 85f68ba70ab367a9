-- On no day do the shares of a group exceed the whole. Deferred to commit: shares may be rewritten in any order.
CREATE OR REPLACE FUNCTION sec.shares_within_whole() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  -- One writer at a time for an engagement: two shares written at once cannot each believe there is room left.
  PERFORM FROM public.commitments_commitment WHERE id = NEW.commitment_id FOR NO KEY UPDATE;
  IF EXISTS (
    SELECT FROM public.commitments_groupshare d JOIN public.commitments_groupshare s
        ON s.commitment_id = d.commitment_id AND s.starts_on <= d.starts_on
       AND (s.ends_on IS NULL OR s.ends_on >= d.starts_on)
     WHERE d.commitment_id = NEW.commitment_id
     GROUP BY d.id HAVING sum(s.share) > 1
  ) THEN
    RAISE EXCEPTION 'shares exceed the whole' USING ERRCODE = '23514', CONSTRAINT = 'commitments_groupshare_whole';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER commitments_groupshare_whole AFTER INSERT OR UPDATE ON public.commitments_groupshare
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sec.shares_within_whole();

-- Two declarations of hours worked never cover the same day of an engagement, unless one was withdrawn.
ALTER TABLE public.commitments_basehours ADD CONSTRAINT commitments_basehours_overlap EXCLUDE USING gist (
  int8range(commitment_id, commitment_id, '[]') WITH &&, daterange(starts_on, ends_on, '[]') WITH &&
) WHERE (withdrawn_on IS NULL) DEFERRABLE INITIALLY DEFERRED;
