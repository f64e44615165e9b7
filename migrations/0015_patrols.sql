CREATE TABLE `patrols` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`unit` text NOT NULL,
	`base` text,
	`place` text NOT NULL,
	`lat` real NOT NULL,
	`lon` real NOT NULL,
	`imported_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `patrols_lat` ON `patrols` (`lat`,`at`);--> statement-breakpoint
CREATE INDEX `patrols_imported` ON `patrols` (`imported_at`);