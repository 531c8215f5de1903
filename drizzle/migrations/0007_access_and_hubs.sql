CREATE TABLE "guest_link_doors" (
	"id" uuid PRIMARY KEY NOT NULL,
	"link_uuid" uuid NOT NULL,
	"lock_id" bigint NOT NULL,
	"label" text,
	"access_method" text DEFAULT 'key' NOT NULL,
	"place" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "guest_links" (
	"uuid" uuid PRIMARY KEY NOT NULL,
	"project_id" bigint NOT NULL,
	"home_id" bigint,
	"token_hash" "bytea" NOT NULL,
	"access_mode" text DEFAULT 'public' NOT NULL,
	"allowed_user_ids" jsonb,
	"label" text,
	"description" text,
	"valid_from" timestamp (3) with time zone,
	"valid_until" timestamp (3) with time zone,
	"weekdays" smallint,
	"from_minute" smallint,
	"until_minute" smallint,
	"max_uses" integer,
	"used_count" integer DEFAULT 0 NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"created_by_kind" text NOT NULL,
	"created_by_id" text NOT NULL,
	"created_by_name" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "guest_pins" (
	"lock_id" bigint NOT NULL,
	"digest" "bytea" NOT NULL,
	"link_uuid" uuid NOT NULL,
	CONSTRAINT "guest_pins_lock_id_digest_pk" PRIMARY KEY("lock_id","digest")
);
--> statement-breakpoint
CREATE TABLE "lock_grants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"lock_id" bigint NOT NULL,
	"user_id" bigint NOT NULL,
	"valid_from" timestamp (3) with time zone,
	"valid_until" timestamp (3) with time zone,
	"weekdays" smallint,
	"from_minute" smallint,
	"until_minute" smallint,
	"note" text,
	"granted_by_kind" text NOT NULL,
	"granted_by_id" text NOT NULL,
	"granted_by_name" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "jwt_issuers" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "jwt_issuers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"project_id" bigint NOT NULL,
	"issuer" text NOT NULL,
	"audience" text NOT NULL,
	"jwks_url" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "commissionings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"hub_id" uuid NOT NULL,
	"home_id" bigint,
	"principal_kind" text NOT NULL,
	"principal_id" text NOT NULL,
	"principal_name" text NOT NULL,
	"code_kind" text NOT NULL,
	"vendor_id" integer,
	"product_id" integer,
	"status" text NOT NULL,
	"step" text,
	"error" text,
	"message" text,
	"device_id" text,
	"lock_id" bigint,
	"attestation" text,
	"shadow_version" integer,
	"created_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"accepted_at" timestamp (3) with time zone,
	"outcome_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"withdrawn_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "lock_keys" (
	"lock_id" bigint NOT NULL,
	"key_uuid" uuid NOT NULL,
	"index_number" integer,
	"user_id" bigint,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "lock_keys_lock_id_key_uuid_pk" PRIMARY KEY("lock_id","key_uuid")
);
--> statement-breakpoint
CREATE TABLE "lock_residents" (
	"lock_id" bigint NOT NULL,
	"user_id" bigint NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "lock_residents_lock_id_user_id_pk" PRIMARY KEY("lock_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "matter_devices" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" bigint,
	"hub_id" uuid NOT NULL,
	"lock_id" bigint,
	"thing_name" text NOT NULL,
	"device_type" text DEFAULT 'generic' NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "org_webhooks" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"project_id" bigint NOT NULL,
	"url" text NOT NULL,
	"events" jsonb NOT NULL,
	"header_name" text,
	"sealed_header" "bytea",
	"suspended" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "thing_certificates" (
	"fingerprint" "bytea" PRIMARY KEY NOT NULL,
	"thing" text NOT NULL,
	"serial_number" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "hubs" ALTER COLUMN "project_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "locks" ALTER COLUMN "project_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "things" ALTER COLUMN "project_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "hubs" ADD COLUMN "model" text DEFAULT 'generic' NOT NULL;--> statement-breakpoint
ALTER TABLE "hubs" ADD COLUMN "vendor_name" text;--> statement-breakpoint
ALTER TABLE "hubs" ADD COLUMN "thing_name" text;--> statement-breakpoint
UPDATE "hubs" SET "thing_name" = 'hub-' || "id";--> statement-breakpoint
ALTER TABLE "hubs" ALTER COLUMN "thing_name" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "hubs" ADD COLUMN "status" text DEFAULT 'provisioned' NOT NULL;--> statement-breakpoint
ALTER TABLE "hubs" ADD COLUMN "is_primary" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "hubs" ADD COLUMN "claim_hash" "bytea";--> statement-breakpoint
ALTER TABLE "hubs" ADD COLUMN "sealed_claim_code" "bytea";--> statement-breakpoint
ALTER TABLE "hubs" ADD COLUMN "claimed_by" text;--> statement-breakpoint
ALTER TABLE "hubs" ADD COLUMN "claimed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "hubs" ADD COLUMN "suspended_reason" text;--> statement-breakpoint
ALTER TABLE "hubs" ADD COLUMN "version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "hubs" ADD COLUMN "reachable" boolean;--> statement-breakpoint
ALTER TABLE "hubs" ADD COLUMN "reachable_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "hubs" ADD COLUMN "last_seen_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "hubs" ADD COLUMN "info" jsonb;--> statement-breakpoint
ALTER TABLE "locks" ADD COLUMN "owner_id" bigint;--> statement-breakpoint
ALTER TABLE "locks" ADD COLUMN "vendor_name" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "external_key" text;--> statement-breakpoint
ALTER TABLE "guest_link_doors" ADD CONSTRAINT "guest_link_doors_link_uuid_guest_links_uuid_fk" FOREIGN KEY ("link_uuid") REFERENCES "public"."guest_links"("uuid") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guest_link_doors" ADD CONSTRAINT "guest_link_doors_lock_id_locks_id_fk" FOREIGN KEY ("lock_id") REFERENCES "public"."locks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guest_links" ADD CONSTRAINT "guest_links_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guest_links" ADD CONSTRAINT "guest_links_home_id_homes_id_fk" FOREIGN KEY ("home_id") REFERENCES "public"."homes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guest_pins" ADD CONSTRAINT "guest_pins_lock_id_locks_id_fk" FOREIGN KEY ("lock_id") REFERENCES "public"."locks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guest_pins" ADD CONSTRAINT "guest_pins_link_uuid_guest_links_uuid_fk" FOREIGN KEY ("link_uuid") REFERENCES "public"."guest_links"("uuid") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lock_grants" ADD CONSTRAINT "lock_grants_lock_id_locks_id_fk" FOREIGN KEY ("lock_id") REFERENCES "public"."locks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lock_grants" ADD CONSTRAINT "lock_grants_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "jwt_issuers" ADD CONSTRAINT "jwt_issuers_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commissionings" ADD CONSTRAINT "commissionings_hub_id_hubs_id_fk" FOREIGN KEY ("hub_id") REFERENCES "public"."hubs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commissionings" ADD CONSTRAINT "commissionings_lock_id_locks_id_fk" FOREIGN KEY ("lock_id") REFERENCES "public"."locks"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lock_keys" ADD CONSTRAINT "lock_keys_lock_id_locks_id_fk" FOREIGN KEY ("lock_id") REFERENCES "public"."locks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lock_keys" ADD CONSTRAINT "lock_keys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lock_residents" ADD CONSTRAINT "lock_residents_lock_id_locks_id_fk" FOREIGN KEY ("lock_id") REFERENCES "public"."locks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lock_residents" ADD CONSTRAINT "lock_residents_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matter_devices" ADD CONSTRAINT "matter_devices_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matter_devices" ADD CONSTRAINT "matter_devices_hub_id_hubs_id_fk" FOREIGN KEY ("hub_id") REFERENCES "public"."hubs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matter_devices" ADD CONSTRAINT "matter_devices_lock_id_locks_id_fk" FOREIGN KEY ("lock_id") REFERENCES "public"."locks"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "org_webhooks" ADD CONSTRAINT "org_webhooks_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thing_certificates" ADD CONSTRAINT "thing_certificates_thing_things_name_fk" FOREIGN KEY ("thing") REFERENCES "public"."things"("name") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "guest_link_doors_door" ON "guest_link_doors" USING btree ("link_uuid","lock_id");--> statement-breakpoint
CREATE INDEX "guest_link_doors_lock" ON "guest_link_doors" USING btree ("lock_id");--> statement-breakpoint
CREATE UNIQUE INDEX "guest_links_token" ON "guest_links" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "guest_links_home" ON "guest_links" USING btree ("home_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "guest_links_project" ON "guest_links" USING btree ("project_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "guest_pins_link" ON "guest_pins" USING btree ("link_uuid");--> statement-breakpoint
CREATE INDEX "lock_grants_lock" ON "lock_grants" USING btree ("lock_id","user_id");--> statement-breakpoint
CREATE INDEX "lock_grants_user" ON "lock_grants" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "jwt_issuers_issuer" ON "jwt_issuers" USING btree ("issuer","audience");--> statement-breakpoint
CREATE UNIQUE INDEX "commissionings_running" ON "commissionings" USING btree ("hub_id") WHERE status in ('pending','sent','accepted','unresolved');--> statement-breakpoint
CREATE INDEX "commissionings_hub" ON "commissionings" USING btree ("hub_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "commissionings_to_withdraw" ON "commissionings" USING btree ("expires_at") WHERE withdrawn_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "lock_keys_index" ON "lock_keys" USING btree ("lock_id","index_number");--> statement-breakpoint
CREATE INDEX "lock_keys_user" ON "lock_keys" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "matter_devices_hub" ON "matter_devices" USING btree ("hub_id");--> statement-breakpoint
CREATE UNIQUE INDEX "matter_devices_thing" ON "matter_devices" USING btree ("thing_name");--> statement-breakpoint
CREATE INDEX "org_webhooks_project" ON "org_webhooks" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "thing_certificates_thing" ON "thing_certificates" USING btree ("thing");--> statement-breakpoint
ALTER TABLE "locks" ADD CONSTRAINT "locks_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "hubs_project" ON "hubs" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "hubs_serial" ON "hubs" USING btree ("serial");--> statement-breakpoint
CREATE UNIQUE INDEX "hubs_thing" ON "hubs" USING btree ("thing_name");--> statement-breakpoint
CREATE INDEX "locks_project" ON "locks" USING btree ("project_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_project_external" ON "users" USING btree ("project_id","external_key");