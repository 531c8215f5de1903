CREATE TABLE "device_classes" (
	"project_id" bigint NOT NULL,
	"class_id" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "device_classes_project_id_class_id_pk" PRIMARY KEY("project_id","class_id")
);
--> statement-breakpoint
CREATE TABLE "device_connections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"device_id" bigint NOT NULL,
	"node" text NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"leased_until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "device_values" (
	"device_id" bigint NOT NULL,
	"key" text NOT NULL,
	"value" text NOT NULL,
	"modified_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "device_values_device_id_key_pk" PRIMARY KEY("device_id","key")
);
--> statement-breakpoint
CREATE TABLE "devices" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "devices_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"project_id" bigint NOT NULL,
	"home_id" bigint,
	"device_class" text NOT NULL,
	"name" text,
	"tag" text,
	"key_hash" "bytea" NOT NULL,
	"claim_hash" "bytea",
	"sealed_claim_code" "bytea",
	"is_on_demand" boolean DEFAULT false NOT NULL,
	"claim_time" timestamp (3) with time zone,
	"claim_expiration_time" timestamp (3) with time zone,
	"is_connected" boolean DEFAULT false NOT NULL,
	"last_connect_time" timestamp (3) with time zone,
	"last_disconnect_time" timestamp (3) with time zone,
	"last_command_time" timestamp (3) with time zone,
	"last_event_time" timestamp (3) with time zone,
	"kv_revision" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "devices_key_hash_unique" UNIQUE("key_hash")
);
--> statement-breakpoint
CREATE TABLE "home_values" (
	"home_id" bigint NOT NULL,
	"key" text NOT NULL,
	"value" text NOT NULL,
	"modified_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "home_values_home_id_key_pk" PRIMARY KEY("home_id","key")
);
--> statement-breakpoint
CREATE TABLE "provisioning_tokens" (
	"token_hash" "bytea" PRIMARY KEY NOT NULL,
	"home_id" bigint NOT NULL,
	"device_class" text NOT NULL,
	"device_tag" text,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "smart_modules" (
	"project_id" bigint NOT NULL,
	"module_id" text NOT NULL,
	"module_type" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"suspended" boolean DEFAULT false NOT NULL,
	"event_url" text,
	"command_url" text,
	"sealed_key" "bytea",
	"subscribed_events" json,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "smart_modules_project_id_module_id_pk" PRIMARY KEY("project_id","module_id")
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "webhook_deliveries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"project_id" bigint NOT NULL,
	"module_id" text NOT NULL,
	"kind" text NOT NULL,
	"home_id" bigint,
	"url" text NOT NULL,
	"body" text NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp (3) with time zone NOT NULL,
	"leased_until" timestamp (3) with time zone,
	"last_status" integer,
	"last_error" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "home_events" ADD COLUMN "body" text;--> statement-breakpoint
ALTER TABLE "device_classes" ADD CONSTRAINT "device_classes_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_connections" ADD CONSTRAINT "device_connections_device_id_devices_id_fk" FOREIGN KEY ("device_id") REFERENCES "public"."devices"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_values" ADD CONSTRAINT "device_values_device_id_devices_id_fk" FOREIGN KEY ("device_id") REFERENCES "public"."devices"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "devices" ADD CONSTRAINT "devices_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "devices" ADD CONSTRAINT "devices_home_id_homes_id_fk" FOREIGN KEY ("home_id") REFERENCES "public"."homes"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "home_values" ADD CONSTRAINT "home_values_home_id_homes_id_fk" FOREIGN KEY ("home_id") REFERENCES "public"."homes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provisioning_tokens" ADD CONSTRAINT "provisioning_tokens_home_id_homes_id_fk" FOREIGN KEY ("home_id") REFERENCES "public"."homes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "smart_modules" ADD CONSTRAINT "smart_modules_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "device_connections_device" ON "device_connections" USING btree ("device_id");--> statement-breakpoint
CREATE INDEX "device_connections_lease" ON "device_connections" USING btree ("leased_until");--> statement-breakpoint
CREATE INDEX "devices_home" ON "devices" USING btree ("home_id");--> statement-breakpoint
CREATE UNIQUE INDEX "devices_claim" ON "devices" USING btree ("project_id","claim_hash");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_due" ON "webhook_deliveries" USING btree ("status","next_attempt_at");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_module" ON "webhook_deliveries" USING btree ("project_id","module_id","id");