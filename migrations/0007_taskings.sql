CREATE TABLE `reminders` (
	`id` text PRIMARY KEY NOT NULL,
	`record_kind` text NOT NULL,
	`record_id` text NOT NULL,
	`person_id` text NOT NULL,
	`active` integer DEFAULT true NOT NULL,
	`next_due_at` integer,
	`last_planned` integer,
	`fired` integer DEFAULT 0 NOT NULL,
	`snoozed_until` integer,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reminders_record` ON `reminders` (`record_kind`,`record_id`,`person_id`);--> statement-breakpoint
CREATE INDEX `reminders_person` ON `reminders` (`person_id`,`next_due_at`);--> statement-breakpoint
CREATE TABLE `tasking_acts` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`tasking_id` text NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`by_person` text NOT NULL,
	`role` text,
	`means` text NOT NULL,
	`before` text NOT NULL,
	`after` text NOT NULL,
	`accountable` text,
	`words` text,
	FOREIGN KEY (`tasking_id`) REFERENCES `taskings`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tasking_acts_id_unique` ON `tasking_acts` (`id`);--> statement-breakpoint
CREATE INDEX `tasking_acts_tasking` ON `tasking_acts` (`tasking_id`,`seq`);--> statement-breakpoint
CREATE INDEX `tasking_acts_at` ON `tasking_acts` (`recorded_at`);--> statement-breakpoint
CREATE TABLE `tasking_steps` (
	`tasking_id` text NOT NULL,
	`position` integer NOT NULL,
	`what` text NOT NULL,
	`after` text NOT NULL,
	`done_at` integer,
	`done_by` text,
	PRIMARY KEY(`tasking_id`, `position`),
	FOREIGN KEY (`tasking_id`) REFERENCES `taskings`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `taskings` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`code` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`exercise` integer DEFAULT false NOT NULL,
	`kind` text NOT NULL,
	`origin_kind` text NOT NULL,
	`origin_id` text,
	`holder` text NOT NULL,
	`audience` text NOT NULL,
	`layer` text,
	`tlp` text,
	`result` text NOT NULL,
	`tier` integer NOT NULL,
	`sector` text,
	`place_id` text,
	`place_said` text,
	`due_at` integer NOT NULL,
	`due_zone` text NOT NULL,
	`urgent` integer DEFAULT false NOT NULL,
	`asked_by` text NOT NULL,
	`asked_at` integer NOT NULL,
	`asked_role` text NOT NULL,
	`to_constituency` text NOT NULL,
	`to_role` text,
	`to_organisation` text,
	`accountable` text,
	`state` text NOT NULL,
	`state_at` integer NOT NULL,
	`reason` text,
	`outcome` text,
	`climbed_to` text,
	`overdue_rung` integer DEFAULT 0 NOT NULL,
	`request_key` text,
	FOREIGN KEY (`asked_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`accountable`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `taskings_id_unique` ON `taskings` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `taskings_code_unique` ON `taskings` (`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `taskings_request_key_unique` ON `taskings` (`request_key`);--> statement-breakpoint
CREATE INDEX `taskings_state` ON `taskings` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `taskings_accountable` ON `taskings` (`accountable`,`state`);--> statement-breakpoint
CREATE INDEX `taskings_origin` ON `taskings` (`origin_kind`,`origin_id`);--> statement-breakpoint
CREATE INDEX `taskings_asked` ON `taskings` (`asked_at`);