CREATE TABLE `alert_responses` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`alert_id` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`responder` text NOT NULL,
	`holder` text NOT NULL,
	`audience` text NOT NULL,
	`naming` text NOT NULL,
	`organisation` text,
	`tier` integer NOT NULL,
	`who` text,
	`started_at` integer NOT NULL,
	`arrived_at` integer,
	`ended_at` integer,
	`did` text,
	`result` text,
	`result_note` text,
	`act_id` text,
	`recorded_by` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`role` text,
	`means` text NOT NULL,
	`withdrawn_at` integer,
	`withdrawn_by` text,
	`request_key` text,
	FOREIGN KEY (`alert_id`) REFERENCES `alerts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`recorded_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `alert_responses_id_unique` ON `alert_responses` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `alert_responses_request_key_unique` ON `alert_responses` (`request_key`);--> statement-breakpoint
CREATE INDEX `alert_responses_alert` ON `alert_responses` (`alert_id`,`seq`);--> statement-breakpoint
CREATE UNIQUE INDEX `alert_responses_act` ON `alert_responses` (`act_id`) WHERE withdrawn_at is null;