CREATE TABLE `hotspot_contacts` (
	`hotspot_id` text NOT NULL,
	`side` text NOT NULL,
	`purpose` text NOT NULL,
	`post` text NOT NULL,
	`by_person` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`hotspot_id`, `side`, `purpose`),
	FOREIGN KEY (`hotspot_id`) REFERENCES `hotspots`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `hotspot_coverage` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`hotspot_id` text NOT NULL,
	`coverage` text NOT NULL,
	`every_days` integer,
	`at` integer NOT NULL,
	`by_person` text NOT NULL,
	FOREIGN KEY (`hotspot_id`) REFERENCES `hotspots`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `hotspot_coverage_hotspot` ON `hotspot_coverage` (`hotspot_id`,`seq`);--> statement-breakpoint
CREATE TABLE `hotspot_links` (
	`hotspot_id` text NOT NULL,
	`kind` text NOT NULL,
	`record_id` text NOT NULL,
	`lane` text,
	`by_person` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`hotspot_id`, `kind`, `record_id`),
	FOREIGN KEY (`hotspot_id`) REFERENCES `hotspots`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `hotspot_links_record` ON `hotspot_links` (`kind`,`record_id`);--> statement-breakpoint
CREATE TABLE `hotspot_visits` (
	`id` text PRIMARY KEY NOT NULL,
	`hotspot_id` text NOT NULL,
	`constituency` text NOT NULL,
	`section` text,
	`from_at` integer NOT NULL,
	`to_at` integer NOT NULL,
	`by_person` text NOT NULL,
	`recorded_at` integer NOT NULL,
	FOREIGN KEY (`hotspot_id`) REFERENCES `hotspots`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `hotspot_visits_hotspot` ON `hotspot_visits` (`hotspot_id`,`to_at`);--> statement-breakpoint
CREATE TABLE `hotspots` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`exercise` integer DEFAULT false NOT NULL,
	`holder` text NOT NULL,
	`audience` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`place_id` text,
	`place_said` text NOT NULL,
	`lat` real,
	`lon` real,
	`radius_km` real,
	`sector` text,
	`season_from` integer,
	`season_to` integer,
	`threats` text NOT NULL,
	`at_risk` text,
	`perpetrators` text NOT NULL,
	`vulnerability` integer,
	`capacity` text NOT NULL,
	`intent` text NOT NULL,
	`phase` text NOT NULL,
	`state` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`request_key` text,
	FOREIGN KEY (`created_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `hotspots_code_unique` ON `hotspots` (`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `hotspots_request_key_unique` ON `hotspots` (`request_key`);--> statement-breakpoint
CREATE INDEX `hotspots_state` ON `hotspots` (`state`,`sector`);