ALTER TABLE `people` ADD `reference` text;--> statement-breakpoint
CREATE UNIQUE INDEX `people_reference_unique` ON `people` (`reference`);--> statement-breakpoint
ALTER TABLE `registrations` ADD `reference` text;