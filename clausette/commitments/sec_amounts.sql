-- Orders and invoices behind the hours of engagements « selon le montant », for whoever may know these engagements:
-- the amount alone, so that the hours due are the same for all who read them. Entries of the cotraitants count for
-- the titulaire they are with; an entry without lot counts for its only engagement; orders recorded as contracts of
-- an accord-cadre count from their notification.
CREATE OR REPLACE FUNCTION sec.amounts_owed(asked bigint[])
RETURNS TABLE (commitment_id bigint, kind text, on_day date, amount_ht numeric)
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
  WITH known AS (
    SELECT id, contract_id, lot_id, contractor_id, starts_on FROM public.commitments_commitment
     WHERE id = ANY (asked) AND kind = 'per_amount'
       AND (contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot', 'buyer'))::bigint[])
            OR id = ANY ((SELECT sec.commitments())::bigint[]))
  )
  SELECT c.id, e.kind::text, e."on", e.amount_ht
    FROM known c JOIN public.procurement_amountentry e ON e.contract_id = c.contract_id AND e.withdrawn_at IS NULL
   WHERE (c.lot_id IS NULL OR e.lot_id = c.lot_id OR (e.lot_id IS NULL AND NOT EXISTS (
           SELECT FROM public.commitments_commitment o
            WHERE o.contract_id = c.contract_id AND o.contractor_id = c.contractor_id AND o.kind = 'per_amount'
              AND o.id <> c.id)))
     AND (e.contractor_id = c.contractor_id OR (e."on" >= c.starts_on AND EXISTS (
           SELECT FROM public.procurement_contractparty p
            WHERE p.contract_id = c.contract_id AND p.role = 'group_member' AND p.revoked_at IS NULL
              AND p.organisation_id = e.contractor_id AND p.head_id = c.contractor_id
              AND (p.lot_id IS NULL OR c.lot_id IS NULL OR p.lot_id = c.lot_id))))
  UNION ALL
  SELECT c.id, 'ordered', coalesce(o.notified_on, o.starts_on), o.amount_ht
    FROM known c JOIN public.procurement_contract o ON o.framework_id = c.contract_id
   WHERE o.amount_ht IS NOT NULL AND coalesce(o.notified_on, o.starts_on) IS NOT NULL
     AND (c.lot_id IS NULL OR o.framework_lot_id = c.lot_id)
     AND EXISTS (SELECT FROM public.procurement_award a
                  WHERE a.contract_id = o.id AND a.contractor_id = c.contractor_id)
$$;

GRANT EXECUTE ON FUNCTION sec.amounts_owed(bigint[]) TO clausette_app;
