CREATE TABLE `forum_hostings` (
	`id` text PRIMARY KEY NOT NULL,
	`forum_id` text NOT NULL,
	`host_id` text NOT NULL,
	`why` text NOT NULL,
	`since` integer NOT NULL,
	`by` text NOT NULL,
	`back_at` integer,
	`back_by` text,
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`host_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `forum_hostings_host` ON `forum_hostings` (`host_id`,`since`);--> statement-breakpoint
CREATE INDEX `forum_hostings_forum` ON `forum_hostings` (`forum_id`);--> statement-breakpoint
CREATE TABLE `forum_invites` (
	`forum_id` text NOT NULL,
	`who` text NOT NULL,
	`state` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`forum_id`, `who`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `forums` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`exercise` integer DEFAULT false NOT NULL,
	`kind` text NOT NULL,
	`class` text NOT NULL,
	`name` text NOT NULL,
	`holder` text NOT NULL,
	`members_only` integer DEFAULT false NOT NULL,
	`sector` text,
	`parent_id` text,
	`chair` text NOT NULL,
	`members` text NOT NULL,
	`channel_id` text,
	`every_ms` integer,
	`omission` text,
	`alert_id` text,
	`situation` text,
	`state` text NOT NULL,
	`state_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`request_key` text,
	FOREIGN KEY (`created_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `forums_code_unique` ON `forums` (`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `forums_request_key_unique` ON `forums` (`request_key`);--> statement-breakpoint
CREATE INDEX `forums_state` ON `forums` (`state`,`created_at`);--> statement-breakpoint
CREATE TABLE `meeting_attendance` (
	`meeting_id` text NOT NULL,
	`post` text NOT NULL,
	`grade` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	PRIMARY KEY(`meeting_id`, `post`),
	FOREIGN KEY (`meeting_id`) REFERENCES `meetings`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `meeting_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`meeting_id` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`text` text,
	`author_id` text NOT NULL,
	`author_role` text,
	`constituency` text,
	`channel` text,
	`ts` text,
	`permalink` text,
	`edited_ts` text,
	`put_by` text NOT NULL,
	`at` integer NOT NULL,
	`decider` text,
	`due_at` integer,
	`done_at` integer,
	`done_by` text,
	`used` integer,
	FOREIGN KEY (`meeting_id`) REFERENCES `meetings`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `meeting_entries_message` ON `meeting_entries` (`channel`,`ts`);--> statement-breakpoint
CREATE INDEX `meeting_entries_meeting` ON `meeting_entries` (`meeting_id`,`at`);--> statement-breakpoint
CREATE INDEX `meeting_entries_open` ON `meeting_entries` (`kind`,`done_at`);--> statement-breakpoint
CREATE TABLE `meeting_reports` (
	`meeting_id` text NOT NULL,
	`post` text NOT NULL,
	`text` text,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`used` integer,
	PRIMARY KEY(`meeting_id`, `post`),
	FOREIGN KEY (`meeting_id`) REFERENCES `meetings`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `meetings` (
	`id` text PRIMARY KEY NOT NULL,
	`forum_id` text NOT NULL,
	`number` integer NOT NULL,
	`holder` text NOT NULL,
	`audience` text NOT NULL,
	`at` integer NOT NULL,
	`state` text NOT NULL,
	`planned_by` text NOT NULL,
	`opened_at` integer,
	`closed_at` integer,
	`closed_by` text,
	`because` text,
	`not_used` text,
	`minutes` text,
	`minutes_at` integer,
	`request_key` text,
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `meetings_request_key_unique` ON `meetings` (`request_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `meetings_number` ON `meetings` (`forum_id`,`number`);--> statement-breakpoint
CREATE INDEX `meetings_state` ON `meetings` (`state`,`at`);