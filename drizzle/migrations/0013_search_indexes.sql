-- Trusted extensions (PostgreSQL 13 and newer): the owner of the database may make them.
CREATE EXTENSION IF NOT EXISTS "pg_trgm";
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS "btree_gin";
--> statement-breakpoint
-- Small letters without accents: trigrams know ASCII alone where the database has no other locale, and people type names
-- as their keyboards have them.
CREATE FUNCTION "search_fold"("given" text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
	SELECT translate(replace(replace(lower("given"), 'æ', 'ae'), 'ß', 'ss'), 'åäáàâãøöóòôõéèêëíìîïúùûüýÿñçšžð', 'aaaaaaooooooeeeeiiiiuuuuyyncszd')
$$;
--> statement-breakpoint
CREATE TABLE "device_commands" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "device_commands_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"device_id" bigint NOT NULL,
	"home_id" bigint NOT NULL,
	"action" text NOT NULL,
	"principal_kind" text NOT NULL,
	"principal_id" text NOT NULL,
	"principal_name" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "device_commands" ADD CONSTRAINT "device_commands_home_id_homes_id_fk" FOREIGN KEY ("home_id") REFERENCES "public"."homes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "device_commands_home" ON "device_commands" USING btree ("home_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "device_commands_created" ON "device_commands" USING brin ("created_at");--> statement-breakpoint
CREATE INDEX "audit_entries_staff" ON "audit_entries" USING btree ("home_id","created_at" DESC NULLS LAST) WHERE actor_kind = 'staff';--> statement-breakpoint
CREATE INDEX "devices_search" ON "devices" USING gin ("project_id",search_fold(coalesce(name, '') || ' ' || coalesce(tag, '') || ' ' || device_class) gin_trgm_ops) WITH (gin_pending_list_limit=256);--> statement-breakpoint
CREATE INDEX "webhook_deliveries_home" ON "webhook_deliveries" USING btree ("home_id","created_at" DESC NULLS LAST) WHERE home_id is not null;--> statement-breakpoint
CREATE INDEX "home_events_told" ON "home_events" USING btree ("home_id","position") WHERE topic not in ('event', 'opening', 'kv');--> statement-breakpoint
CREATE INDEX "homes_search" ON "homes" USING gin ("project_id",search_fold(name) gin_trgm_ops) WITH (gin_pending_list_limit=256);--> statement-breakpoint
CREATE INDEX "org_keys_search" ON "org_keys" USING gin ("project_id",search_fold(id::text) gin_trgm_ops) WITH (gin_pending_list_limit=256);--> statement-breakpoint
CREATE INDEX "project_keys_search" ON "project_keys" USING gin ("project_id",search_fold(name) gin_trgm_ops) WITH (gin_pending_list_limit=256);--> statement-breakpoint
CREATE INDEX "hubs_search" ON "hubs" USING gin ("project_id",search_fold(serial || ' ' || id::text || ' ' || thing_name) gin_trgm_ops) WITH (gin_pending_list_limit=256);--> statement-breakpoint
CREATE INDEX "locks_search" ON "locks" USING gin ("project_id",search_fold(name || ' ' || uuid::text || ' ' || coalesce(serial_number, '')) gin_trgm_ops) WITH (gin_pending_list_limit=256);--> statement-breakpoint
CREATE INDEX "users_search" ON "users" USING gin ("project_id",search_fold(coalesce(name, '') || ' ' || coalesce(email, '') || ' ' || coalesce(phone_number, '')) gin_trgm_ops) WITH (gin_pending_list_limit=256);