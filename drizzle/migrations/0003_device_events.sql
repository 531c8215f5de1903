CREATE TABLE "device_events" (
	"home_id" bigint NOT NULL,
	"position" bigint NOT NULL,
	"device_id" bigint,
	"event_type" text NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
) PARTITION BY RANGE ("created_at");
--> statement-breakpoint
CREATE INDEX "device_events_home" ON "device_events" ("home_id", "position" DESC);
--> statement-breakpoint
CREATE INDEX "device_events_device" ON "device_events" ("device_id", "created_at" DESC, "position" DESC);
--> statement-breakpoint
CREATE TABLE "device_events_rest" PARTITION OF "device_events" DEFAULT;
--> statement-breakpoint
-- Makes the partitions of the months from the last one to `ahead` months from now; called at every migration.
CREATE FUNCTION "make_event_partitions"("ahead" integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	"month" date;
BEGIN
	FOR "month" IN SELECT generate_series(date_trunc('month', now()) - interval '1 month', date_trunc('month', now()) + make_interval(months => "ahead"), interval '1 month')::date LOOP
		EXECUTE format(
			'CREATE TABLE IF NOT EXISTS %I PARTITION OF "device_events" FOR VALUES FROM (%L) TO (%L)',
			'device_events_' || to_char("month", 'YYYY_MM'), "month", ("month" + interval '1 month')::date
		);
	END LOOP;
END $$;
--> statement-breakpoint
-- Drops the partitions of months that ended more than `keep` months ago; dropping is instant, deleting rows is not.
CREATE FUNCTION "drop_event_partitions"("keep" integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
	"part" text;
	"dropped" integer := 0;
BEGIN
	FOR "part" IN
		SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
		WHERE i.inhparent = '"device_events"'::regclass AND c.relname ~ '^device_events_\d{4}_\d{2}$'
			AND to_date(right(c.relname, 7), 'YYYY_MM') < date_trunc('month', now()) - make_interval(months => "keep")
	LOOP
		EXECUTE format('DROP TABLE %I', "part");
		"dropped" := "dropped" + 1;
	END LOOP;
	RETURN "dropped";
END $$;
--> statement-breakpoint
SELECT "make_event_partitions"(24);
