CREATE TABLE "home_announcements" (
	"home_id" bigint PRIMARY KEY NOT NULL,
	"position" bigint NOT NULL
);
--> statement-breakpoint
DROP INDEX "home_events_unannounced";--> statement-breakpoint
ALTER TABLE "home_announcements" ADD CONSTRAINT "home_announcements_home_id_homes_id_fk" FOREIGN KEY ("home_id") REFERENCES "public"."homes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- A mark stands before the first line that was not carried; without one the whole log was.
INSERT INTO "home_announcements" ("home_id", "position")
SELECT "home_id", coalesce(min("position") FILTER (WHERE NOT "announced") - 1, max("position"))
FROM "home_events" GROUP BY "home_id";--> statement-breakpoint
ALTER TABLE "home_events" DROP COLUMN "announced";