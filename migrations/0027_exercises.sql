CREATE TABLE `exercise_answers` (
	`exercise_id` text NOT NULL,
	`position` integer NOT NULL,
	`post` text NOT NULL,
	`words` text,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	PRIMARY KEY(`exercise_id`, `position`, `post`),
	FOREIGN KEY (`exercise_id`) REFERENCES `exercises`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `exercise_events` (
	`exercise_id` text NOT NULL,
	`position` integer NOT NULL,
	`after_ms` integer NOT NULL,
	`what` text NOT NULL,
	`place_id` text,
	`sent_at` integer,
	`alert_id` text,
	PRIMARY KEY(`exercise_id`, `position`),
	FOREIGN KEY (`exercise_id`) REFERENCES `exercises`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `exercise_lessons` (
	`id` text PRIMARY KEY NOT NULL,
	`exercise_id` text NOT NULL,
	`text` text,
	`owner` text NOT NULL,
	`due_at` integer NOT NULL,
	FOREIGN KEY (`exercise_id`) REFERENCES `exercises`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `exercise_lessons_exercise` ON `exercise_lessons` (`exercise_id`);--> statement-breakpoint
CREATE TABLE `exercises` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`holder` text NOT NULL,
	`audience` text NOT NULL,
	`posts` text NOT NULL,
	`baseline_id` text,
	`state` text NOT NULL,
	`made_by` text NOT NULL,
	`made_at` integer NOT NULL,
	`started_at` integer,
	`ended_at` integer,
	`worked` text,
	`failed` text,
	`no_lesson` text,
	`reviewed_at` integer,
	`request_key` text,
	FOREIGN KEY (`made_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `exercises_code_unique` ON `exercises` (`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `exercises_request_key_unique` ON `exercises` (`request_key`);