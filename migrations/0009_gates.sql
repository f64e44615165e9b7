CREATE TABLE `concerns` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`holder` text NOT NULL,
	`about` text NOT NULL,
	`district` text,
	`words` text NOT NULL,
	`day` text NOT NULL,
	`told` integer NOT NULL,
	`taken_up_by` text,
	`taken_up_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `concerns_code_unique` ON `concerns` (`code`);--> statement-breakpoint
CREATE TABLE `drawdown_items` (
	`id` text PRIMARY KEY NOT NULL,
	`drawdown_id` text NOT NULL,
	`kind` text NOT NULL,
	`ref` text NOT NULL,
	`title` text,
	`receiver` text,
	`needed` text,
	`available` text,
	`state` text NOT NULL,
	`conditions` text,
	`answered_at` integer,
	`line` text,
	`line_text` text,
	`line_by` text,
	FOREIGN KEY (`drawdown_id`) REFERENCES `drawdowns`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `drawdown_items_ref` ON `drawdown_items` (`drawdown_id`,`kind`,`ref`);--> statement-breakpoint
CREATE INDEX `drawdown_items_receiver` ON `drawdown_items` (`receiver`,`state`);--> statement-breakpoint
CREATE TABLE `drawdowns` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`holder` text NOT NULL,
	`kind` text NOT NULL,
	`base` text,
	`sector` text,
	`day` text NOT NULL,
	`note` text,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`closed_by` text,
	`closed_at` integer,
	`request_key` text,
	FOREIGN KEY (`by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `drawdowns_code_unique` ON `drawdowns` (`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `drawdowns_request_key_unique` ON `drawdowns` (`request_key`);--> statement-breakpoint
CREATE TABLE `gate_acts` (
	`id` text PRIMARY KEY NOT NULL,
	`gate_id` text NOT NULL,
	`act` text NOT NULL,
	`by` text NOT NULL,
	`as` text,
	`at` integer NOT NULL,
	`reason` text,
	FOREIGN KEY (`gate_id`) REFERENCES `gates`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `gate_acts_gate` ON `gate_acts` (`gate_id`,`at`);--> statement-breakpoint
CREATE TABLE `gate_links` (
	`id` text PRIMARY KEY NOT NULL,
	`template` text NOT NULL,
	`gate_id` text,
	`record_kind` text NOT NULL,
	`record_id` text NOT NULL,
	`accountable` text,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`ground` text,
	`reason` text,
	FOREIGN KEY (`gate_id`) REFERENCES `gates`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `gate_links_record` ON `gate_links` (`record_kind`,`record_id`,`template`);--> statement-breakpoint
CREATE INDEX `gate_links_gate` ON `gate_links` (`gate_id`);--> statement-breakpoint
CREATE TABLE `gates` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`template` text NOT NULL,
	`kind` text NOT NULL,
	`holder` text NOT NULL,
	`state` text NOT NULL,
	`asked_by` text NOT NULL,
	`asked_at` integer NOT NULL,
	`about` text,
	`district` text,
	`sector` text,
	`days` integer,
	`from_day` text,
	`to_day` text,
	`tried` text NOT NULL,
	`words` text NOT NULL,
	`due_at` integer,
	`expires_at` integer,
	`unit` text,
	`request_key` text,
	FOREIGN KEY (`asked_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `gates_code_unique` ON `gates` (`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `gates_request_key_unique` ON `gates` (`request_key`);--> statement-breakpoint
CREATE INDEX `gates_state` ON `gates` (`kind`,`state`);--> statement-breakpoint
CREATE INDEX `gates_asked` ON `gates` (`asked_at`);--> statement-breakpoint
CREATE TABLE `suspensions` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`holder` text NOT NULL,
	`gate_id` text NOT NULL,
	`district` text NOT NULL,
	`sector` text,
	`by` text NOT NULL,
	`as` text,
	`at` integer NOT NULL,
	`what` text NOT NULL,
	`restart_day` text NOT NULL,
	`restarted_at` integer,
	`request_key` text,
	FOREIGN KEY (`by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `suspensions_code_unique` ON `suspensions` (`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `suspensions_request_key_unique` ON `suspensions` (`request_key`);--> statement-breakpoint
CREATE INDEX `suspensions_open` ON `suspensions` (`restarted_at`,`restart_day`);--> statement-breakpoint
CREATE TABLE `notices` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`holder` text NOT NULL,
	`reference` text NOT NULL,
	`kind` text NOT NULL,
	`district` text NOT NULL,
	`sector` text,
	`from_day` text NOT NULL,
	`to_day` text NOT NULL,
	`expires_at` integer NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`ended_at` integer,
	`request_key` text,
	FOREIGN KEY (`by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `notices_code_unique` ON `notices` (`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `notices_request_key_unique` ON `notices` (`request_key`);--> statement-breakpoint
CREATE INDEX `notices_open` ON `notices` (`ended_at`,`expires_at`);--> statement-breakpoint
CREATE TABLE `posture_items` (
	`id` text PRIMARY KEY NOT NULL,
	`posture_id` text NOT NULL,
	`record_kind` text NOT NULL,
	`record_id` text NOT NULL,
	`asked` text NOT NULL,
	`state` text NOT NULL,
	`answered_at` integer,
	FOREIGN KEY (`posture_id`) REFERENCES `postures`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `posture_items_record` ON `posture_items` (`posture_id`,`record_kind`,`record_id`);--> statement-breakpoint
CREATE INDEX `posture_items_of` ON `posture_items` (`record_kind`,`record_id`,`state`);--> statement-breakpoint
CREATE INDEX `posture_items_asked` ON `posture_items` (`asked`,`state`);--> statement-breakpoint
CREATE TABLE `postures` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`holder` text NOT NULL,
	`ground` text NOT NULL,
	`sector` text,
	`district` text,
	`until_day` text,
	`declared_by` text NOT NULL,
	`declared_as` text NOT NULL,
	`declared_at` integer NOT NULL,
	`note` text,
	`ended_at` integer,
	`request_key` text,
	FOREIGN KEY (`declared_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `postures_code_unique` ON `postures` (`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `postures_request_key_unique` ON `postures` (`request_key`);