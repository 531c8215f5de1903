ALTER TABLE "hubs" ADD COLUMN "address" text;--> statement-breakpoint
ALTER TABLE "locks" ADD COLUMN "remote_gesture" text;