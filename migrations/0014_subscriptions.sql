CREATE TABLE `subscription_told` (
	`person_id` text NOT NULL,
	`alert_id` text NOT NULL,
	`urgency` text NOT NULL,
	`means` text NOT NULL,
	`at` integer NOT NULL,
	`listed_at` integer,
	PRIMARY KEY(`person_id`, `alert_id`, `urgency`),
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`alert_id`) REFERENCES `alerts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `subscription_told_waiting` ON `subscription_told` (`person_id`,`means`,`listed_at`);--> statement-breakpoint
CREATE TABLE `subscriptions` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`sector` text,
	`component` text,
	`threat` text,
	`means` text NOT NULL,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `subscriptions_person` ON `subscriptions` (`person_id`,`ended_at`);--> statement-breakpoint
ALTER TABLE `alerts` ADD `precision` text;