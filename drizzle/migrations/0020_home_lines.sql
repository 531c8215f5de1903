ALTER TABLE "home_events" DROP CONSTRAINT "home_events_home_id_homes_id_fk";--> statement-breakpoint
-- Lines are written by whoever holds the home's row: a home that is being deleted waits for them, and then they go with it.
CREATE FUNCTION "delete_home_lines"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	DELETE FROM "home_events" WHERE "home_id" = OLD."id";
	RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER "homes_take_their_lines" AFTER DELETE ON "homes" FOR EACH ROW EXECUTE FUNCTION "delete_home_lines"();
