CREATE UNLOGGED TABLE "allowances" (
	"subject" text PRIMARY KEY NOT NULL,
	"tokens" double precision NOT NULL,
	"granted" double precision NOT NULL,
	"most" double precision NOT NULL,
	"per_second" double precision NOT NULL,
	"filled_at" timestamp (3) with time zone NOT NULL
);
