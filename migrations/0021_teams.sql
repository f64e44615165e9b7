CREATE TABLE `person_profiles` (
	`person_id` text PRIMARY KEY NOT NULL,
	`gender` text,
	`languages` text NOT NULL,
	`skills` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `team_acts` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`team_id` text NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`by` text NOT NULL,
	`means` text NOT NULL,
	`words` text,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `team_acts_id_unique` ON `team_acts` (`id`);--> statement-breakpoint
CREATE INDEX `team_acts_team` ON `team_acts` (`team_id`,`seq`);--> statement-breakpoint
CREATE TABLE `team_lines` (
	`team_id` text NOT NULL,
	`line` text NOT NULL,
	`choice` text,
	`words` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`team_id`, `line`),
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `team_members` (
	`team_id` text NOT NULL,
	`person_id` text NOT NULL,
	`section` text,
	`guest` text,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`team_id`, `person_id`),
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `team_members_person` ON `team_members` (`person_id`);--> statement-breakpoint
CREATE TABLE `team_notes` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`person_id` text NOT NULL,
	`words` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `team_notes_team` ON `team_notes` (`team_id`);--> statement-breakpoint
CREATE TABLE `team_questions` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`kind` text NOT NULL,
	`days` integer NOT NULL,
	`asked_at` integer NOT NULL,
	`asked` text NOT NULL,
	`answer` text,
	`words` text,
	`answered_at` integer,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `team_questions_team` ON `team_questions` (`team_id`);--> statement-breakpoint
CREATE TABLE `team_recommendations` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`position` integer NOT NULL,
	`words` text NOT NULL,
	`refused_by` text,
	`refused_role` text,
	`refused_at` integer,
	`reason` text,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `team_recommendations_team` ON `team_recommendations` (`team_id`,`position`);--> statement-breakpoint
CREATE TABLE `team_reports` (
	`team_id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`situation` text NOT NULL,
	`needs` text,
	`threats` text,
	`actors` text,
	`capacity` text,
	`summary` text,
	`links` text,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `team_reviews` (
	`team_id` text NOT NULL,
	`person_id` text NOT NULL,
	`version` integer NOT NULL,
	`verdict` text NOT NULL,
	`words` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`team_id`, `person_id`),
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `team_sections` (
	`team_id` text NOT NULL,
	`section` text NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`by` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`team_id`, `section`),
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `team_waivers` (
	`team_id` text NOT NULL,
	`what` text NOT NULL,
	`reason` text NOT NULL,
	`by` text NOT NULL,
	`role` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`team_id`, `what`),
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `teams` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`exercise` integer DEFAULT false NOT NULL,
	`kind` text NOT NULL,
	`holder` text NOT NULL,
	`audience` text NOT NULL,
	`hotspot_id` text NOT NULL,
	`alert_id` text,
	`sector` text,
	`why` text NOT NULL,
	`questions` text,
	`answers` text NOT NULL,
	`from_at` integer NOT NULL,
	`to_at` integer NOT NULL,
	`skills` text NOT NULL,
	`languages` text NOT NULL,
	`proposed_by` text NOT NULL,
	`proposed_at` integer NOT NULL,
	`state` text NOT NULL,
	`state_at` integer NOT NULL,
	`reason` text,
	`lead` text,
	`depart_at` integer,
	`return_at` integer,
	`hours` text NOT NULL,
	`moved` integer DEFAULT 0 NOT NULL,
	`went_at` integer,
	`back_at` integer,
	`report_due_at` integer,
	`watched_at` integer,
	`watch_steps` integer DEFAULT 0 NOT NULL,
	`request_key` text,
	FOREIGN KEY (`hotspot_id`) REFERENCES `hotspots`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`alert_id`) REFERENCES `alerts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`proposed_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`lead`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `teams_code_unique` ON `teams` (`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `teams_request_key_unique` ON `teams` (`request_key`);--> statement-breakpoint
CREATE INDEX `teams_state` ON `teams` (`state`);--> statement-breakpoint
CREATE INDEX `teams_hotspot` ON `teams` (`hotspot_id`);