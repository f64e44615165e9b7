DROP INDEX `posture_items_record`;--> statement-breakpoint
CREATE UNIQUE INDEX `posture_items_record` ON `posture_items` (`posture_id`,`record_kind`,`record_id`,`asked`);--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_quotes` (
	`id` text PRIMARY KEY NOT NULL,
	`alert_id` text,
	`team_id` text,
	`channel` text NOT NULL,
	`ts` text NOT NULL,
	`author_id` text NOT NULL,
	`author_role` text,
	`constituency` text,
	`said_at` integer NOT NULL,
	`text` text,
	`permalink` text NOT NULL,
	`state` text NOT NULL,
	`agreed` integer NOT NULL,
	`how` text NOT NULL,
	`put_by` text NOT NULL,
	`put_at` integer NOT NULL,
	`edited_ts` text,
	`edited_at` integer,
	`withdrawn_at` integer,
	FOREIGN KEY (`alert_id`) REFERENCES `alerts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`author_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`put_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_quotes`("id", "alert_id", "team_id", "channel", "ts", "author_id", "author_role", "constituency", "said_at", "text", "permalink", "state", "agreed", "how", "put_by", "put_at", "edited_ts", "edited_at", "withdrawn_at") SELECT "id", "alert_id", null, "channel", "ts", "author_id", "author_role", "constituency", "said_at", "text", "permalink", "state", "agreed", "how", "put_by", "put_at", "edited_ts", "edited_at", "withdrawn_at" FROM `quotes`;--> statement-breakpoint
DROP TABLE `quotes`;--> statement-breakpoint
ALTER TABLE `__new_quotes` RENAME TO `quotes`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `quotes_message` ON `quotes` (`channel`,`ts`);--> statement-breakpoint
CREATE INDEX `quotes_alert` ON `quotes` (`alert_id`,`said_at`);--> statement-breakpoint
CREATE INDEX `quotes_team` ON `quotes` (`team_id`,`said_at`);