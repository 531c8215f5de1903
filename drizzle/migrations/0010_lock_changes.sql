CREATE TABLE "lock_key_commands" (
	"id" uuid PRIMARY KEY NOT NULL,
	"lock_id" bigint NOT NULL,
	"instance_id" uuid,
	"kind" text NOT NULL,
	"key_uuid" uuid NOT NULL,
	"index_number" integer,
	"user_id" bigint,
	"principal_kind" text NOT NULL,
	"principal_id" text NOT NULL,
	"principal_name" text NOT NULL,
	"status" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"error" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"withdrawn_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "locks" ADD COLUMN "bolt_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "locks" ADD COLUMN "removed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "lock_key_commands" ADD CONSTRAINT "lock_key_commands_lock_id_locks_id_fk" FOREIGN KEY ("lock_id") REFERENCES "public"."locks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lock_key_commands" ADD CONSTRAINT "lock_key_commands_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "lock_key_commands_lock" ON "lock_key_commands" USING btree ("lock_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "lock_key_commands_pending" ON "lock_key_commands" USING btree ("lock_id","key_uuid") WHERE status = 'pending';--> statement-breakpoint
CREATE UNIQUE INDEX "lock_key_commands_pending_index" ON "lock_key_commands" USING btree ("lock_id","index_number") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "lock_key_commands_due" ON "lock_key_commands" USING btree ("due_at") WHERE status = 'queued';--> statement-breakpoint
CREATE INDEX "lock_key_commands_to_withdraw" ON "lock_key_commands" USING btree ("expires_at") WHERE status <> 'queued' and withdrawn_at is null;