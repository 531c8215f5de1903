CREATE INDEX "webhook_deliveries_project" ON "webhook_deliveries" USING btree ("project_id","created_at","status");--> statement-breakpoint
CREATE INDEX "push_messages_created" ON "push_messages" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "openings_created" ON "openings" USING brin ("created_at");