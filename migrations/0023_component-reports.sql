CREATE TABLE `component_reports` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`component` text NOT NULL,
	`day` text NOT NULL,
	`due_at` integer NOT NULL,
	`holder` text NOT NULL,
	`audience` text NOT NULL,
	`state` text NOT NULL,
	`words` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	FOREIGN KEY (`by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `component_reports_day` ON `component_reports` (`component`,`day`);--> statement-breakpoint
CREATE INDEX `component_reports_due` ON `component_reports` (`due_at`);