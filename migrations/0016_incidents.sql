CREATE TABLE `incident_alerts` (
	`incident_id` text NOT NULL,
	`alert_id` text NOT NULL,
	PRIMARY KEY(`incident_id`, `alert_id`),
	FOREIGN KEY (`incident_id`) REFERENCES `incidents`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`alert_id`) REFERENCES `alerts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `incident_alerts_alert` ON `incident_alerts` (`alert_id`);--> statement-breakpoint
CREATE TABLE `incident_attributions` (
	`incident_id` text PRIMARY KEY NOT NULL,
	`group` text NOT NULL,
	`said_by` text,
	`confidence` text,
	`recorded_by` text NOT NULL,
	`recorded_at` integer NOT NULL,
	FOREIGN KEY (`incident_id`) REFERENCES `incidents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `incidents` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`exercise` integer DEFAULT false NOT NULL,
	`holder` text NOT NULL,
	`audience` text NOT NULL,
	`sub_type` text NOT NULL,
	`at` integer NOT NULL,
	`precision` text NOT NULL,
	`place_id` text,
	`place_said` text NOT NULL,
	`lat` real,
	`lon` real,
	`sector` text,
	`what` text NOT NULL,
	`perpetrator` text,
	`harm` text NOT NULL,
	`groups` text NOT NULL,
	`recorded_by` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`role` text,
	`request_key` text,
	FOREIGN KEY (`recorded_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `incidents_code_unique` ON `incidents` (`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `incidents_request_key_unique` ON `incidents` (`request_key`);--> statement-breakpoint
CREATE INDEX `incidents_at` ON `incidents` (`at`);--> statement-breakpoint
CREATE INDEX `incidents_sector` ON `incidents` (`sector`,`at`);--> statement-breakpoint
DROP INDEX `reprisal_checks_round`;--> statement-breakpoint
CREATE INDEX `reprisal_checks_alert` ON `reprisal_checks` (`alert_id`,`after_ms`);