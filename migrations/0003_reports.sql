CREATE TABLE `reports` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`code` text NOT NULL,
	`alert_id` text NOT NULL,
	`first_alert_id` text NOT NULL,
	`holder` text NOT NULL,
	`audience` text NOT NULL,
	`naming` text NOT NULL,
	`recorded_by` text NOT NULL,
	`received_at` integer NOT NULL,
	`what` text NOT NULL,
	`urgency` text NOT NULL,
	`place_id` text,
	`place_said` text,
	`lat` real,
	`lon` real,
	`came_by` text,
	`event_at` integer,
	`event_precision` text,
	`request_key` text,
	FOREIGN KEY (`alert_id`) REFERENCES `alerts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`first_alert_id`) REFERENCES `alerts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`recorded_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reports_id_unique` ON `reports` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `reports_code_unique` ON `reports` (`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `reports_request_key_unique` ON `reports` (`request_key`);--> statement-breakpoint
CREATE INDEX `reports_alert` ON `reports` (`alert_id`,`seq`);--> statement-breakpoint
CREATE INDEX `reports_first` ON `reports` (`first_alert_id`);--> statement-breakpoint
ALTER TABLE `alerts` ADD `event_at` integer;--> statement-breakpoint
ALTER TABLE `alerts` ADD `event_precision` text;--> statement-breakpoint
ALTER TABLE `alerts` ADD `scope` text;--> statement-breakpoint
ALTER TABLE `alerts` ADD `merged_into` text;--> statement-breakpoint
CREATE INDEX `alerts_merged` ON `alerts` (`merged_into`) WHERE merged_into is not null;--> statement-breakpoint
ALTER TABLE `alert_sources` ADD `report_id` text;--> statement-breakpoint
-- Every alert rests on a report: those raised before reports stood by themselves get theirs from the alert.
INSERT INTO reports (id, code, alert_id, first_alert_id, holder, audience, naming, recorded_by, received_at, what, urgency,
  place_id, place_said, lat, lon, came_by)
SELECT lower(hex(randomblob(16))), 'W-' || substr(code, 3), id, id, holder, audience, naming, raised_by, raised_at, what,
  urgency, place_id, nullif(place_said, ''), lat, lon, came_by
FROM alerts ORDER BY seq;--> statement-breakpoint
UPDATE alert_sources SET report_id = (SELECT reports.id FROM reports WHERE first_alert_id = alert_sources.alert_id);
