-- A mise à disposition is of one's own person, or of one known already: named otherwise, by its number alone, a work contract
-- of others would be seen from that moment. Changed too, it takes the structure of the work contract that it names.
CREATE OR REPLACE TRIGGER placements_allocation_whose BEFORE INSERT OR UPDATE OF placement_id, owner_org_id
  ON public.placements_allocation FOR EACH ROW EXECUTE FUNCTION sec.allocation_whose();
