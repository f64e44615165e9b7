CREATE TABLE `authority_decisions` (
	`alert_id` text NOT NULL,
	`decider` text NOT NULL,
	`allows` integer NOT NULL,
	`by_person` text NOT NULL,
	`role` text NOT NULL,
	`at` integer NOT NULL,
	`why` text,
	PRIMARY KEY(`alert_id`, `decider`),
	FOREIGN KEY (`alert_id`) REFERENCES `alerts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by_person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `authority_tellings` (
	`id` text PRIMARY KEY NOT NULL,
	`alert_id` text NOT NULL,
	`at` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`recorded_by` text NOT NULL,
	`role` text NOT NULL,
	`told` text NOT NULL,
	`words` text,
	`means` text NOT NULL,
	`request_key` text,
	FOREIGN KEY (`alert_id`) REFERENCES `alerts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`recorded_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `authority_tellings_request_key_unique` ON `authority_tellings` (`request_key`);--> statement-breakpoint
CREATE INDEX `authority_tellings_alert` ON `authority_tellings` (`alert_id`,`at`);--> statement-breakpoint
CREATE TABLE `community_feedback` (
	`id` text PRIMARY KEY NOT NULL,
	`alert_id` text NOT NULL,
	`asked_at` integer NOT NULL,
	`reminders` integer DEFAULT 0 NOT NULL,
	`state` text NOT NULL,
	`answered_by` text,
	`answered_at` integer,
	`role` text,
	`words` text,
	FOREIGN KEY (`alert_id`) REFERENCES `alerts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `community_feedback_alert_id_unique` ON `community_feedback` (`alert_id`);--> statement-breakpoint
CREATE INDEX `community_feedback_open` ON `community_feedback` (`asked_at`) WHERE state = 'open';--> statement-breakpoint
CREATE TABLE `reprisal_checks` (
	`id` text PRIMARY KEY NOT NULL,
	`alert_id` text NOT NULL,
	`after_ms` integer NOT NULL,
	`asked_at` integer NOT NULL,
	`answer` text,
	`answered_by` text,
	`answered_at` integer,
	`words` text,
	FOREIGN KEY (`alert_id`) REFERENCES `alerts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reprisal_checks_round` ON `reprisal_checks` (`alert_id`,`after_ms`);