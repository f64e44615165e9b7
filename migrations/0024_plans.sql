CREATE TABLE `plan_steps` (
	`plan_id` text NOT NULL,
	`position` integer NOT NULL,
	`what` text NOT NULL,
	`post` text NOT NULL,
	`person_id` text,
	`after` text NOT NULL,
	`from_at` integer NOT NULL,
	`to_at` integer NOT NULL,
	`tier` integer NOT NULL,
	`kind` text NOT NULL,
	`lane` text,
	`district` text,
	`tasking_id` text,
	`ready_at` integer,
	PRIMARY KEY(`plan_id`, `position`),
	FOREIGN KEY (`plan_id`) REFERENCES `plans`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `plan_steps_district` ON `plan_steps` (`district`,`from_at`);--> statement-breakpoint
CREATE TABLE `plan_voices` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`plan_id` text NOT NULL,
	`revision` integer NOT NULL,
	`post` text,
	`constituency` text,
	`answer` text NOT NULL,
	`words` text,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	FOREIGN KEY (`plan_id`) REFERENCES `plans`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `plan_voices_plan` ON `plan_voices` (`plan_id`,`seq`);--> statement-breakpoint
CREATE TABLE `plans` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`exercise` integer DEFAULT false NOT NULL,
	`forum_id` text NOT NULL,
	`meeting_id` text,
	`holder` text NOT NULL,
	`audience` text NOT NULL,
	`goal` text NOT NULL,
	`state` text NOT NULL,
	`state_at` integer NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	`made_by` text NOT NULL,
	`made_at` integer NOT NULL,
	`outcome` text,
	`request_key` text,
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`made_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `plans_code_unique` ON `plans` (`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `plans_request_key_unique` ON `plans` (`request_key`);--> statement-breakpoint
CREATE INDEX `plans_forum` ON `plans` (`forum_id`);--> statement-breakpoint
CREATE INDEX `plans_state` ON `plans` (`state`);