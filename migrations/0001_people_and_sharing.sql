CREATE TABLE `alert_layers` (
	`alert_id` text NOT NULL,
	`layer` text NOT NULL,
	`district` text,
	`week` text NOT NULL,
	`body` text,
	`recorded_by` text NOT NULL,
	`recorded_at` integer NOT NULL,
	PRIMARY KEY(`alert_id`, `layer`),
	FOREIGN KEY (`alert_id`) REFERENCES `alerts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `posted_files` (
	`file_id` text PRIMARY KEY NOT NULL,
	`record_id` text NOT NULL,
	`target` text NOT NULL,
	`posted_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `posted_files_record` ON `posted_files` (`record_id`,`target`);--> statement-breakpoint
CREATE TABLE `inquiries` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`holder` text NOT NULL,
	`side` text NOT NULL,
	`asked_by` text NOT NULL,
	`asked_at` integer NOT NULL,
	`what` text NOT NULL,
	`why` text NOT NULL,
	`wanted_by` text,
	`state` text NOT NULL,
	`answered_by` text,
	`answered_at` integer,
	`reason` text,
	`release_id` text,
	`request_key` text,
	FOREIGN KEY (`asked_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `inquiries_code_unique` ON `inquiries` (`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `inquiries_request_key_unique` ON `inquiries` (`request_key`);--> statement-breakpoint
CREATE INDEX `inquiries_state` ON `inquiries` (`state`,`asked_at`);--> statement-breakpoint
CREATE TABLE `postings` (
	`channel` text NOT NULL,
	`ts` text NOT NULL,
	`target` text NOT NULL,
	`kind` text NOT NULL,
	`record_id` text NOT NULL,
	`holds` text NOT NULL,
	`posted_at` integer NOT NULL,
	`withdrawn_at` integer,
	`removed_at` integer,
	PRIMARY KEY(`channel`, `ts`)
);
--> statement-breakpoint
CREATE INDEX `postings_target` ON `postings` (`target`,`posted_at`);--> statement-breakpoint
CREATE INDEX `postings_record` ON `postings` (`record_id`);--> statement-breakpoint
CREATE TABLE `closures` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`at` integer NOT NULL,
	`closed_by` text NOT NULL,
	`base` text,
	`constituency` text,
	`roles` text NOT NULL,
	`readable` text NOT NULL,
	`channels` text NOT NULL,
	`sources` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `closures_person` ON `closures` (`person_id`,`at`);--> statement-breakpoint
CREATE TABLE `handover_items` (
	`id` text PRIMARY KEY NOT NULL,
	`handover_id` text NOT NULL,
	`kind` text NOT NULL,
	`ref` text NOT NULL,
	`successor` text,
	`state` text NOT NULL,
	`answered_at` integer,
	FOREIGN KEY (`handover_id`) REFERENCES `handovers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`successor`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `handover_items_ref` ON `handover_items` (`handover_id`,`kind`,`ref`);--> statement-breakpoint
CREATE INDEX `handover_items_successor` ON `handover_items` (`successor`,`state`);--> statement-breakpoint
CREATE INDEX `handover_items_followed` ON `handover_items` (`kind`,`ref`) WHERE state = 'accepted';--> statement-breakpoint
CREATE TABLE `handovers` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`begun_by` text NOT NULL,
	`begun_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`state` text NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `handovers_open` ON `handovers` (`person_id`) WHERE state = 'open';--> statement-breakpoint
CREATE TABLE `reach_checks` (
	`id` text NOT NULL,
	`person_id` text NOT NULL,
	`asked_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`answered_at` integer,
	PRIMARY KEY(`person_id`, `asked_at`),
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reach_checks_id_unique` ON `reach_checks` (`id`);--> statement-breakpoint
CREATE TABLE `registrations` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`constituency` text NOT NULL,
	`organisation` text,
	`section` text,
	`base` text,
	`location` text NOT NULL,
	`national` integer,
	`asked_at` integer NOT NULL,
	`state` text NOT NULL,
	`decided_at` integer,
	`decided_by` text,
	`reason` text,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `registrations_waiting` ON `registrations` (`person_id`) WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX `registrations_person` ON `registrations` (`person_id`,`asked_at`);--> statement-breakpoint
CREATE TABLE `releases` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`alert_id` text NOT NULL,
	`holder` text NOT NULL,
	`what` text NOT NULL,
	`summary` text NOT NULL,
	`constituencies` text NOT NULL,
	`channels` text NOT NULL,
	`people` text NOT NULL,
	`why` text NOT NULL,
	`sensitivity` text NOT NULL,
	`tlp` text NOT NULL,
	`proposed_by` text NOT NULL,
	`proposed_at` integer NOT NULL,
	`state` text NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	`reason` text,
	`narrowed_by` text,
	`narrowed_at` integer,
	`request_key` text,
	FOREIGN KEY (`alert_id`) REFERENCES `alerts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`proposed_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `releases_code_unique` ON `releases` (`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `releases_request_key_unique` ON `releases` (`request_key`);--> statement-breakpoint
CREATE INDEX `releases_alert` ON `releases` (`alert_id`,`proposed_at`);--> statement-breakpoint
CREATE INDEX `releases_standing` ON `releases` (`decided_at`) WHERE state = 'released';--> statement-breakpoint
CREATE TABLE `alert_sources` (
	`alert_id` text NOT NULL,
	`source_id` text NOT NULL,
	`reliability` text NOT NULL,
	`credibility` integer NOT NULL,
	`independent` integer DEFAULT true NOT NULL,
	`recorded_at` integer NOT NULL,
	PRIMARY KEY(`alert_id`, `source_id`),
	FOREIGN KEY (`alert_id`) REFERENCES `alerts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `alert_sources_source` ON `alert_sources` (`source_id`);--> statement-breakpoint
CREATE TABLE `sources` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`sealed` text,
	`wrapped_key` text,
	`key_id` text,
	`recorder` text NOT NULL,
	`deputy` text,
	`do_not_contact` integer,
	`created_at` integer NOT NULL,
	`erased_at` integer,
	FOREIGN KEY (`recorder`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`deputy`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sources_code_unique` ON `sources` (`code`);--> statement-breakpoint
CREATE INDEX `sources_recorder` ON `sources` (`recorder`);--> statement-breakpoint
CREATE INDEX `sources_deputy` ON `sources` (`deputy`);--> statement-breakpoint
CREATE TABLE `duty_periods` (
	`id` text PRIMARY KEY NOT NULL,
	`role` text NOT NULL,
	`sector` text DEFAULT '' NOT NULL,
	`person_id` text NOT NULL,
	`since` integer NOT NULL,
	`until` integer,
	`note` text,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `duty_periods_now` ON `duty_periods` (`role`,`sector`) WHERE until is null;--> statement-breakpoint
CREATE INDEX `duty_periods_person` ON `duty_periods` (`person_id`,`since`);--> statement-breakpoint
CREATE INDEX `duty_periods_ended` ON `duty_periods` (`role`,`sector`,`until`);--> statement-breakpoint
CREATE TABLE `duty_tests` (
	`id` text PRIMARY KEY NOT NULL,
	`role` text NOT NULL,
	`sector` text DEFAULT '' NOT NULL,
	`person_id` text NOT NULL,
	`asked_at` integer NOT NULL,
	`confirmed_at` integer,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `rota_shifts` (
	`id` text PRIMARY KEY NOT NULL,
	`role` text NOT NULL,
	`sector` text DEFAULT '' NOT NULL,
	`person_id` text NOT NULL,
	`from_at` integer NOT NULL,
	`to_at` integer NOT NULL,
	`entered_by` text NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rota_shifts_seat` ON `rota_shifts` (`role`,`sector`,`from_at`,`person_id`);--> statement-breakpoint
CREATE INDEX `rota_shifts_person` ON `rota_shifts` (`person_id`,`to_at`);--> statement-breakpoint
CREATE INDEX `rota_shifts_end` ON `rota_shifts` (`to_at`);--> statement-breakpoint
CREATE TABLE `vacancies` (
	`role` text NOT NULL,
	`sector` text DEFAULT '' NOT NULL,
	`since` integer NOT NULL,
	`reported_at` integer,
	PRIMARY KEY(`role`, `sector`)
);
--> statement-breakpoint
ALTER TABLE `access_log` ADD `reason` text;--> statement-breakpoint
CREATE INDEX `access_log_at` ON `access_log` (`at`);--> statement-breakpoint
ALTER TABLE `alert_attributions` ADD `said_by` text;--> statement-breakpoint
ALTER TABLE `alert_attributions` ADD `confidence` text;--> statement-breakpoint
ALTER TABLE `alerts` ADD `naming` text DEFAULT 'partner' NOT NULL;--> statement-breakpoint
ALTER TABLE `alerts` ADD `tlp` text;--> statement-breakpoint
ALTER TABLE `alerts` ADD `sensitivity` text;--> statement-breakpoint
ALTER TABLE `channels` ADD `registered_by` text;--> statement-breakpoint
ALTER TABLE `channels` ADD `shared_with` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `channels` ADD `exposed_since` integer;--> statement-breakpoint
ALTER TABLE `people` ADD `organisation` text;--> statement-breakpoint
ALTER TABLE `people` ADD `name` text;--> statement-breakpoint
ALTER TABLE `people` ADD `closed_at` integer;