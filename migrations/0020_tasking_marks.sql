ALTER TABLE `drawdown_items` ADD `handed_at` integer;--> statement-breakpoint
ALTER TABLE `drawdown_items` ADD `handed_by` text;--> statement-breakpoint
ALTER TABLE `drawdown_items` ADD `verified_at` integer;--> statement-breakpoint
ALTER TABLE `gates` ADD `exercise` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `gates` ADD `priority` text;--> statement-breakpoint
ALTER TABLE `taskings` ADD `sensitivity` text;--> statement-breakpoint
ALTER TABLE `taskings` ADD `activity` text DEFAULT 'protection' NOT NULL;