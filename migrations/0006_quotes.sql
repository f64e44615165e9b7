CREATE TABLE `quotes` (
	`id` text PRIMARY KEY NOT NULL,
	`alert_id` text NOT NULL,
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
	FOREIGN KEY (`author_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`put_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `quotes_message` ON `quotes` (`channel`,`ts`);--> statement-breakpoint
CREATE INDEX `quotes_alert` ON `quotes` (`alert_id`,`said_at`);