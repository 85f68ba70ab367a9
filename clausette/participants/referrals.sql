-- Structures that work today with the prescriber of the context: it reads their needs and proposes candidates to them.
CREATE OR REPLACE FUNCTION sec.tied_structures() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  SELECT coalesce(array_agg(owner_org_id), '{}')
    FROM public.participants_prescribertie
   WHERE prescriber_id = (SELECT sec.organisation()) AND (SELECT sec.capable('prescriber'))
     AND starts_on <= sec.today() AND (ends_on IS NULL OR ends_on > sec.today())
$$;
GRANT EXECUTE ON FUNCTION sec.tied_structures() TO clausette_app;

-- Each side changes what is its own: the prescriber what it says of the person, while no answer is given; the structure
-- its answer and the person it leads to. Neither moves a referral to another body.
CREATE OR REPLACE FUNCTION sec.referral_sides() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE free text[]; road text := OLD.state || ' ' || NEW.state;
BEGIN
  IF current_user NOT IN ('clausette_app', 'clausette_worker') THEN  -- erasing, reuniting: inside functions of the owner
    RETURN NEW;
  END IF;
  IF OLD.owner_org_id = sec.organisation() THEN
    free := ARRAY['state', 'answered_on', 'answered_by_id', 'answer', 'participant_id'];
    IF road !~ '^(proposed|in_review) (in_review|returned|accepted|refused)$' THEN
      free := '{}';
    END IF;
  ELSE
    free := ARRAY['state', 'sent_on', 'first_name', 'last_name', 'birth_date', 'sex', 'commune_name', 'phone', 'email',
                  'sort_key', 'wanted', 'opinion', 'consent_on', 'consent_means', 'consent_withdrawn_on'];
    IF road = 'returned proposed' AND NEW.answered_on IS NULL AND NEW.answered_by_id IS NULL AND NEW.answer = '' THEN
      free := free || ARRAY['answered_on', 'answered_by_id', 'answer'];
    ELSIF road ~ '^(proposed|in_review|returned) withdrawn$' AND NEW.answer IN ('', OLD.answer) THEN
      free := free || ARRAY['answer'];
    ELSE
      free := '{}';
    END IF;
  END IF;
  IF to_jsonb(NEW) - free IS DISTINCT FROM to_jsonb(OLD) - free THEN
    RAISE EXCEPTION 'a referral is changed by its own side' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
