CREATE TABLE `hotspot_lines` (
	`hotspot_id` text NOT NULL,
	`tasking_id` text NOT NULL,
	`mode` text,
	`by_person` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`hotspot_id`, `tasking_id`),
	FOREIGN KEY (`hotspot_id`) REFERENCES `hotspots`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `hotspot_tiers` (
	`hotspot_id` text NOT NULL,
	`tier` integer NOT NULL,
	`reason` text NOT NULL,
	`by_person` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`hotspot_id`, `tier`),
	FOREIGN KEY (`hotspot_id`) REFERENCES `hotspots`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `matrix_dissents` (
	`id` text PRIMARY KEY NOT NULL,
	`round_id` text NOT NULL,
	`hotspot_id` text NOT NULL,
	`voice` text NOT NULL,
	`category` text NOT NULL,
	`reason` text NOT NULL,
	`by_person` text NOT NULL,
	`at` integer NOT NULL,
	`withdrawn_at` integer,
	FOREIGN KEY (`round_id`) REFERENCES `matrix_rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`hotspot_id`) REFERENCES `hotspots`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `matrix_dissents_round` ON `matrix_dissents` (`round_id`);--> statement-breakpoint
CREATE TABLE `matrix_entries` (
	`round_id` text NOT NULL,
	`hotspot_id` text NOT NULL,
	`speaker` text NOT NULL,
	`voice` text NOT NULL,
	`by_person` text NOT NULL,
	`how` text NOT NULL,
	`likelihood` integer NOT NULL,
	`impact` integer NOT NULL,
	`vulnerability` integer,
	`category` text NOT NULL,
	`rationale` text NOT NULL,
	`note` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`round_id`, `hotspot_id`, `speaker`),
	FOREIGN KEY (`round_id`) REFERENCES `matrix_rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`hotspot_id`) REFERENCES `hotspots`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `matrix_entries_speaker` ON `matrix_entries` (`speaker`,`hotspot_id`,`at`);--> statement-breakpoint
CREATE TABLE `matrix_nils` (
	`round_id` text NOT NULL,
	`voice` text NOT NULL,
	`by_person` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`round_id`, `voice`),
	FOREIGN KEY (`round_id`) REFERENCES `matrix_rounds`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `matrix_places` (
	`round_id` text NOT NULL,
	`hotspot_id` text NOT NULL,
	PRIMARY KEY(`round_id`, `hotspot_id`),
	FOREIGN KEY (`round_id`) REFERENCES `matrix_rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`hotspot_id`) REFERENCES `hotspots`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `matrix_proposals` (
	`round_id` text NOT NULL,
	`hotspot_id` text NOT NULL,
	`category` text NOT NULL,
	`reason` text NOT NULL,
	`by_person` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`round_id`, `hotspot_id`),
	FOREIGN KEY (`round_id`) REFERENCES `matrix_rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`hotspot_id`) REFERENCES `hotspots`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `matrix_rounds` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`exercise` integer DEFAULT false NOT NULL,
	`holder` text NOT NULL,
	`audience` text NOT NULL,
	`sector` text,
	`state` text NOT NULL,
	`channel` text NOT NULL,
	`opened_by` text NOT NULL,
	`opened_at` integer NOT NULL,
	`closes_at` integer NOT NULL,
	`revealed_at` integer,
	`units` integer,
	`units_by` text,
	`ended_at` integer,
	FOREIGN KEY (`opened_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `matrix_rounds_code_unique` ON `matrix_rounds` (`code`);--> statement-breakpoint
CREATE INDEX `matrix_rounds_state` ON `matrix_rounds` (`state`,`sector`);--> statement-breakpoint
CREATE TABLE `matrix_rows` (
	`version_id` text NOT NULL,
	`hotspot_id` text NOT NULL,
	`category` text NOT NULL,
	`likelihood` integer NOT NULL,
	`impact` integer NOT NULL,
	`rationale` text NOT NULL,
	`reason` text,
	`review_by` integer NOT NULL,
	PRIMARY KEY(`version_id`, `hotspot_id`),
	FOREIGN KEY (`version_id`) REFERENCES `matrix_versions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`hotspot_id`) REFERENCES `hotspots`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `matrix_rows_hotspot` ON `matrix_rows` (`hotspot_id`);--> statement-breakpoint
CREATE TABLE `matrix_versions` (
	`id` text PRIMARY KEY NOT NULL,
	`number` integer NOT NULL,
	`sector` text,
	`round_id` text NOT NULL,
	`adopted_by` text NOT NULL,
	`role` text NOT NULL,
	`adopted_at` integer NOT NULL,
	`took_part` text NOT NULL,
	FOREIGN KEY (`round_id`) REFERENCES `matrix_rounds`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `matrix_versions_sector` ON `matrix_versions` (`sector`,`number`);--> statement-breakpoint
CREATE TABLE `matrix_waivers` (
	`round_id` text NOT NULL,
	`finding` text NOT NULL,
	`reason` text NOT NULL,
	`by_person` text NOT NULL,
	`role` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`round_id`, `finding`),
	FOREIGN KEY (`round_id`) REFERENCES `matrix_rounds`(`id`) ON UPDATE no action ON DELETE no action
);
