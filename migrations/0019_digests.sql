PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_digest_runs` (
	`channel_id` text NOT NULL,
	`kind` text DEFAULT 'daily' NOT NULL,
	`day` text NOT NULL,
	`due_at` integer NOT NULL,
	`at` integer NOT NULL,
	`late` integer NOT NULL,
	PRIMARY KEY(`channel_id`, `kind`, `day`)
);
--> statement-breakpoint
INSERT INTO `__new_digest_runs`("channel_id", "kind", "day", "due_at", "at", "late") SELECT "channel_id", 'daily', "day", "due_at", "at", "late" FROM `digest_runs`;--> statement-breakpoint
DROP TABLE `digest_runs`;--> statement-breakpoint
ALTER TABLE `__new_digest_runs` RENAME TO `digest_runs`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
ALTER TABLE `people` ADD `settings` text;