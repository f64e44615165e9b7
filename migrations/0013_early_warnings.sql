CREATE TABLE `early_warning_alerts` (
	`warning_id` text NOT NULL,
	`alert_id` text NOT NULL,
	`added_at` integer NOT NULL,
	PRIMARY KEY(`warning_id`, `alert_id`),
	FOREIGN KEY (`warning_id`) REFERENCES `early_warnings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`alert_id`) REFERENCES `alerts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `early_warning_alerts_alert` ON `early_warning_alerts` (`alert_id`);--> statement-breakpoint
CREATE TABLE `early_warnings` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`exercise` integer DEFAULT false NOT NULL,
	`threat` text NOT NULL,
	`created_at` integer NOT NULL,
	`state` text NOT NULL,
	`asked_at` integer NOT NULL,
	`decided_by` text,
	`decided_role` text,
	`decided_at` integer,
	`until` integer,
	`reason` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `early_warnings_code_unique` ON `early_warnings` (`code`);--> statement-breakpoint
CREATE INDEX `early_warnings_state` ON `early_warnings` (`state`,`asked_at`);--> statement-breakpoint
CREATE INDEX `alerts_threat` ON `alerts` (`threat`,`raised_at`);