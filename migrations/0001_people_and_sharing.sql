CREATE TABLE `alert_sources` (
	`alert_id` text NOT NULL,
	`source_id` text NOT NULL,
	`reliability` text NOT NULL,
	`credibility` integer NOT NULL,
	`independent` integer DEFAULT true NOT NULL,
	`recorded_at` integer NOT NULL,
	PRIMARY KEY(`alert_id`, `source_id`),
	FOREIGN KEY (`alert_id`) REFERENCES `alerts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `alert_sources_source` ON `alert_sources` (`source_id`);--> statement-breakpoint
CREATE TABLE `sources` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`sealed` text,
	`wrapped_key` text,
	`key_id` text,
	`recorder` text NOT NULL,
	`deputy` text,
	`do_not_contact` integer,
	`created_at` integer NOT NULL,
	`erased_at` integer,
	FOREIGN KEY (`recorder`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`deputy`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sources_code_unique` ON `sources` (`code`);--> statement-breakpoint
CREATE INDEX `sources_recorder` ON `sources` (`recorder`);--> statement-breakpoint
CREATE INDEX `sources_deputy` ON `sources` (`deputy`);--> statement-breakpoint
ALTER TABLE `access_log` ADD `reason` text;--> statement-breakpoint
CREATE INDEX `access_log_at` ON `access_log` (`at`);