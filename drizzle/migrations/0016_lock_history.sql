CREATE TABLE "lock_history" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "lock_history_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"lock_id" bigint NOT NULL,
	"home_id" bigint,
	"at" timestamp (3) with time zone NOT NULL,
	"kind" text NOT NULL,
	"value" jsonb NOT NULL,
	"is_told" boolean NOT NULL,
	"mark" text
);
--> statement-breakpoint
ALTER TABLE "locks" ADD COLUMN "alarm" text;--> statement-breakpoint
ALTER TABLE "locks" ADD COLUMN "last_operation" jsonb;--> statement-breakpoint
ALTER TABLE "locks" ADD COLUMN "features" jsonb;--> statement-breakpoint
ALTER TABLE "locks" ADD COLUMN "attestation" text;--> statement-breakpoint
ALTER TABLE "lock_history" ADD CONSTRAINT "lock_history_lock_id_locks_id_fk" FOREIGN KEY ("lock_id") REFERENCES "public"."locks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "lock_history_lock" ON "lock_history" USING btree ("lock_id","at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "lock_history_told" ON "lock_history" USING btree ("lock_id","at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE is_told;--> statement-breakpoint
CREATE INDEX "lock_history_home" ON "lock_history" USING btree ("home_id","at" DESC NULLS LAST) WHERE is_told;--> statement-breakpoint
CREATE UNIQUE INDEX "lock_history_mark" ON "lock_history" USING btree ("lock_id","mark") WHERE mark is not null;--> statement-breakpoint
CREATE INDEX "lock_history_at" ON "lock_history" USING brin ("at");