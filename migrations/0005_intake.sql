CREATE TABLE `callback_told` (
	`callback_id` text NOT NULL,
	`person_id` text NOT NULL,
	`rung` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`callback_id`, `person_id`),
	FOREIGN KEY (`callback_id`) REFERENCES `callbacks`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `callbacks` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`contact_id` text,
	`base` text,
	`sector` text,
	`kind` text NOT NULL,
	`urgency` text,
	`received_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	`count` integer NOT NULL,
	`state` text NOT NULL,
	`rung` integer NOT NULL,
	`due_at` integer NOT NULL,
	`try_at` integer,
	`tries` integer DEFAULT 0 NOT NULL,
	`told_at` integer NOT NULL,
	`alert_id` text,
	`reason` text,
	`decided_by` text,
	`decided_at` integer,
	FOREIGN KEY (`contact_id`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`alert_id`) REFERENCES `alerts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `callbacks_code_unique` ON `callbacks` (`code`);--> statement-breakpoint
CREATE INDEX `callbacks_open` ON `callbacks` (`due_at`) WHERE state = 'open';--> statement-breakpoint
CREATE INDEX `callbacks_contact` ON `callbacks` (`contact_id`,`received_at`);--> statement-breakpoint
CREATE INDEX `callbacks_alert` ON `callbacks` (`alert_id`);--> statement-breakpoint
CREATE TABLE `contacts` (
	`id` text PRIMARY KEY NOT NULL,
	`digest` text,
	`sealed` text,
	`wrapped_key` text,
	`key_id` text,
	`verdict` text NOT NULL,
	`source_id` text,
	`decided_by` text,
	`decided_at` integer,
	`created_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `contacts_digest_unique` ON `contacts` (`digest`);--> statement-breakpoint
CREATE INDEX `contacts_source` ON `contacts` (`source_id`);--> statement-breakpoint
CREATE INDEX `contacts_last` ON `contacts` (`last_at`);--> statement-breakpoint
CREATE TABLE `inbound_messages` (
	`id` text PRIMARY KEY NOT NULL,
	`callback_id` text NOT NULL,
	`gateway` text NOT NULL,
	`kind` text NOT NULL,
	`received_at` integer NOT NULL,
	`sent_at` integer,
	`skewed` integer NOT NULL,
	`sealed` text,
	`wrapped_key` text,
	`key_id` text,
	`replied_at` integer,
	FOREIGN KEY (`callback_id`) REFERENCES `callbacks`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `inbound_messages_callback` ON `inbound_messages` (`callback_id`,`received_at`);--> statement-breakpoint
CREATE TABLE `inbound_seen` (
	`digest` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `phones` (
	`person_id` text PRIMARY KEY NOT NULL,
	`digest` text NOT NULL,
	`sealed` text NOT NULL,
	`wrapped_key` text NOT NULL,
	`key_id` text NOT NULL,
	`set_at` integer NOT NULL,
	`wrong` integer DEFAULT 0 NOT NULL,
	`wrong_since` integer,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `phones_digest` ON `phones` (`digest`);--> statement-breakpoint
CREATE TABLE `texts` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`alert_id` text NOT NULL,
	`slot` text NOT NULL,
	`rung` integer NOT NULL,
	`asks` integer NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`sent_at` integer,
	`gateway_id` text,
	`status` text,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`alert_id`) REFERENCES `alerts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `texts_open` ON `texts` (`person_id`,`expires_at`) WHERE used_at is null;--> statement-breakpoint
CREATE INDEX `texts_gateway` ON `texts` (`gateway_id`);--> statement-breakpoint
CREATE INDEX `texts_alert` ON `texts` (`alert_id`);--> statement-breakpoint
ALTER TABLE `sources` ADD `reply_agreed` integer;