-- Who the hours that count were worked by, by the kinds of « objectifs particuliers » of one engagement: people and
-- hours, nobody named, for its structures, its buyer and the firm that owes it. « all »: the whole, always told.
-- A row is masked (NULL) when it holds, or leaves out, 1 to `mask_below` - 1 people, unless every person is in charge
-- of the organisation that asks: the rule of the documents (clausette/reports/rules.py, SEVERAL). Characteristics are
-- those frozen with the decision on which the entry rests, age and home: erasing a person changes no figure. Without
-- facts, the age is that of the first day of work here.
CREATE OR REPLACE FUNCTION sec.targets_reached(asked bigint, until date)
RETURNS TABLE (kind text, people bigint, hours numeric)
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  WITH known AS (
    SELECT id FROM public.commitments_commitment
     WHERE id = asked
       AND (contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot', 'buyer'))::bigint[])
            OR id = ANY ((SELECT sec.owed())::bigint[]))
  ), worked AS (
    SELECT p.participant_id AS person, p.work_contract AS kind, sum(l.hours) AS hours, min(p.starts_on) AS entered_on
      FROM known k JOIN public.hours_hoursline l ON l.commitment_id = k.id
      JOIN public.placements_placement p ON p.id = l.placement_id
     WHERE l.state IN ('validated', 'reserved') AND l.month <= until
     GROUP BY 1, 2
  ), persons AS (
    SELECT w.person, sum(w.hours) AS hours, min(w.entered_on) AS entered_on,
           coalesce(sum(w.hours) FILTER (WHERE w.kind IN ('apprenticeship', 'professionalisation')), 0) AS studying,
           coalesce(sum(w.hours) FILTER (WHERE w.kind IN ('cdi', 'cdi_inclusion', 'temp_cdi')), 0) AS lasting
      FROM worked w GROUP BY 1 HAVING sum(w.hours) > 0
  ), entered AS (
    SELECT s.*, q.sex, q.owner_org_id, coalesce(f.in_district, false) AS qpv,
           coalesce(f.age, extract(year FROM age(s.entered_on, q.birth_date))) < 26 AS young
      FROM persons s JOIN public.participants_participant q ON q.id = s.person
      LEFT JOIN LATERAL (
        SELECT c.id FROM public.participants_eligibilitycheck c
         WHERE c.participant_id = s.person AND c.state IN ('eligible', 'expired')
         ORDER BY (c.decided_on <= s.entered_on) DESC NULLS LAST,
                  CASE WHEN c.decided_on <= s.entered_on THEN c.decided_on END DESC NULLS LAST, c.decided_on, c.id
         LIMIT 1) r ON true
      LEFT JOIN public.participants_decisionfacts f ON f.check_made_id = r.id
  ), told AS (
    SELECT k.kind, count(*) FILTER (WHERE k.hours > 0) AS people, coalesce(sum(k.hours), 0) AS hours
      FROM entered e CROSS JOIN LATERAL (VALUES
             ('all', e.hours), ('women', CASE WHEN e.sex = 'f' THEN e.hours ELSE 0 END),
             ('under_26', CASE WHEN e.young THEN e.hours ELSE 0 END), ('qpv', CASE WHEN e.qpv THEN e.hours ELSE 0 END),
             ('work_study', e.studying), ('cdi', e.lasting)) AS k (kind, hours)
     GROUP BY 1
  ), whole AS (
    SELECT count(*) AS people, bool_and(e.owner_org_id = (SELECT sec.organisation())) AS own FROM entered e
  ), least AS (
    SELECT coalesce(max(value), 5) AS people FROM public.reference_datedparameter
     WHERE code = 'mask_below' AND zone = 'france' AND valid_from <= (SELECT sec.today())
       AND (valid_to IS NULL OR valid_to >= (SELECT sec.today()))
  )
  SELECT t.kind, CASE WHEN m.hidden THEN NULL ELSE t.people END, CASE WHEN m.hidden THEN NULL ELSE t.hours END
    FROM told t CROSS JOIN whole w CROSS JOIN least f CROSS JOIN LATERAL (
      SELECT t.kind <> 'all' AND NOT (w.own AND (SELECT sec.capable('facilitator')))
             AND ((t.people > 0 AND t.people < f.people)
                  OR (w.people - t.people > 0 AND w.people - t.people < f.people)) AS hidden) m
$$;

GRANT EXECUTE ON FUNCTION sec.targets_reached(bigint, date) TO clausette_app;
