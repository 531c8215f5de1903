-- The history is read in the order of the home's log, of a home, of a device and by type.
DROP INDEX "device_events_device";
--> statement-breakpoint
CREATE INDEX "device_events_device" ON "device_events" ("device_id", "position" DESC);
--> statement-breakpoint
CREATE INDEX "device_events_type" ON "device_events" ("home_id", "event_type", "position" DESC);
--> statement-breakpoint
-- Makes the partitions from last month to `ahead` months from now; called at every migration. Rows that a wrong clock
-- put into the default partition move into the new one, which could not be made beside them.
CREATE OR REPLACE FUNCTION "make_event_partitions"("ahead" integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	"first" date := (date_trunc('month', now()) - interval '1 month')::date;
	"month" date;
	"next" date;
	"part" text;
BEGIN
	FOR i IN 0 .. "ahead" + 1 LOOP
		"month" := ("first" + make_interval(months => i))::date;
		"next" := ("month" + interval '1 month')::date;
		"part" := 'device_events_' || to_char("month", 'YYYY_MM');
		CONTINUE WHEN to_regclass(format('%I', "part")) IS NOT NULL;
		IF EXISTS (SELECT FROM "device_events_rest" WHERE "created_at" >= "month" AND "created_at" < "next") THEN
			EXECUTE format('CREATE TABLE %I (LIKE "device_events" INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', "part");
			LOCK TABLE "device_events_rest" IN ACCESS EXCLUSIVE MODE;
			EXECUTE format(
				'WITH "moved" AS (DELETE FROM "device_events_rest" WHERE "created_at" >= %L AND "created_at" < %L RETURNING *) INSERT INTO %I SELECT * FROM "moved"',
				"month", "next", "part"
			);
			EXECUTE format(
				'ALTER TABLE "device_events" ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', "part", "month", "next"
			);
		ELSE
			EXECUTE format(
				'CREATE TABLE %I PARTITION OF "device_events" FOR VALUES FROM (%L) TO (%L)', "part", "month", "next"
			);
		END IF;
	END LOOP;
END $$;
--> statement-breakpoint
SELECT "make_event_partitions"(60);
