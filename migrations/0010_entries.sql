CREATE TABLE `entries` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`alert_id` text NOT NULL,
	`kind` text NOT NULL,
	`holder` text NOT NULL,
	`author` text NOT NULL,
	`role` text,
	`at` integer NOT NULL,
	`withdrawn_at` integer,
	`request_key` text,
	FOREIGN KEY (`alert_id`) REFERENCES `alerts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`author`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `entries_code_unique` ON `entries` (`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `entries_request_key_unique` ON `entries` (`request_key`);--> statement-breakpoint
CREATE INDEX `entries_alert` ON `entries` (`alert_id`,`at`);--> statement-breakpoint
CREATE TABLE `entry_versions` (
	`entry_id` text NOT NULL,
	`version` integer NOT NULL,
	`at` integer NOT NULL,
	`text` text,
	PRIMARY KEY(`entry_id`, `version`),
	FOREIGN KEY (`entry_id`) REFERENCES `entries`(`id`) ON UPDATE no action ON DELETE no action
);
