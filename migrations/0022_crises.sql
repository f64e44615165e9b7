CREATE TABLE `crises` (
	`forum_id` text PRIMARY KEY NOT NULL,
	`meeting_id` text NOT NULL,
	`lead` text NOT NULL,
	`lead_since` integer NOT NULL,
	`next_at` integer,
	`stood_down_at` integer,
	`stood_down_by` text,
	`stood_down_why` text,
	`review_due_at` integer,
	`worked` text,
	`failed` text,
	`no_lesson` text,
	`reviewed_at` integer,
	`reviewed_by` text,
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `crisis_calls` (
	`forum_id` text NOT NULL,
	`post` text NOT NULL,
	`person_id` text,
	`called_at` integer NOT NULL,
	`answer` text,
	`answered_at` integer,
	`answered_by` text,
	PRIMARY KEY(`forum_id`, `post`),
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `crisis_lessons` (
	`id` text PRIMARY KEY NOT NULL,
	`forum_id` text NOT NULL,
	`text` text,
	`owner` text NOT NULL,
	`due_at` integer NOT NULL,
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `crisis_lessons_forum` ON `crisis_lessons` (`forum_id`,`due_at`);--> statement-breakpoint
CREATE TABLE `crisis_shifts` (
	`id` text PRIMARY KEY NOT NULL,
	`forum_id` text NOT NULL,
	`from_person` text NOT NULL,
	`to_person` text NOT NULL,
	`note` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`forum_id`) REFERENCES `forums`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `crisis_shifts_forum` ON `crisis_shifts` (`forum_id`,`at`);