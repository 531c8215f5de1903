CREATE TABLE "lock_pins" (
	"id" uuid PRIMARY KEY NOT NULL,
	"lock_id" bigint NOT NULL,
	"name" text NOT NULL,
	"slot" integer,
	"valid_from" timestamp (3) with time zone,
	"valid_until" timestamp (3) with time zone,
	"weekdays" smallint,
	"from_minute" smallint,
	"until_minute" smallint,
	"state" text NOT NULL,
	"error" text,
	"created_by_kind" text NOT NULL,
	"created_by_id" text NOT NULL,
	"created_by_name" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"set_at" timestamp (3) with time zone,
	"removed_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "hubs" ADD COLUMN "pin_key" text;--> statement-breakpoint
ALTER TABLE "lock_key_commands" ADD COLUMN "wanted" jsonb;--> statement-breakpoint
ALTER TABLE "lock_key_commands" ADD COLUMN "sealed_pin" jsonb;--> statement-breakpoint
ALTER TABLE "locks" ADD COLUMN "keypad" jsonb;--> statement-breakpoint
ALTER TABLE "lock_pins" ADD CONSTRAINT "lock_pins_lock_id_locks_id_fk" FOREIGN KEY ("lock_id") REFERENCES "public"."locks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "lock_pins_lock" ON "lock_pins" USING btree ("lock_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "lock_key_commands_pin" ON "lock_key_commands" USING btree ("lock_id") WHERE kind in ('set-pin','clear-pin') and status <> 'queued' and withdrawn_at is null;