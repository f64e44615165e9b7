DROP TABLE `hotspot_lines`;--> statement-breakpoint
ALTER TABLE `taskings` ADD `unarmed_mode` text;