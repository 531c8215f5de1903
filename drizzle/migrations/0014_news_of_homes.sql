DROP INDEX "home_events_told";--> statement-breakpoint
ALTER TABLE "homes" ADD COLUMN "news_position" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "home_events_told" ON "home_events" USING btree ("home_id","position") WHERE topic not in ('event', 'kv');