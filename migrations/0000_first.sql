CREATE TABLE `access_log` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`person_id` text NOT NULL,
	`layer` text NOT NULL,
	`record_kind` text NOT NULL,
	`record_id` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `access_log_record` ON `access_log` (`record_kind`,`record_id`);--> statement-breakpoint
CREATE TABLE `alert_acts` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`alert_id` text NOT NULL,
	`slot` text,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`by_person` text NOT NULL,
	`role` text,
	`means` text NOT NULL,
	`reason` text,
	`until` integer,
	`who` text,
	`note` text,
	FOREIGN KEY (`alert_id`) REFERENCES `alerts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `alert_acts_id_unique` ON `alert_acts` (`id`);--> statement-breakpoint
CREATE INDEX `alert_acts_alert` ON `alert_acts` (`alert_id`,`seq`);--> statement-breakpoint
CREATE INDEX `alert_acts_ended` ON `alert_acts` (`recorded_at`,`alert_id`) WHERE kind in ('close', 'withdraw');--> statement-breakpoint
CREATE TABLE `alert_attributions` (
	`alert_id` text PRIMARY KEY NOT NULL,
	`group` text NOT NULL,
	`recorded_by` text NOT NULL,
	`recorded_at` integer NOT NULL,
	FOREIGN KEY (`alert_id`) REFERENCES `alerts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `alert_owners` (
	`alert_id` text NOT NULL,
	`slot` text NOT NULL,
	`ladder` text NOT NULL,
	`rung` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`alert_id`, `slot`),
	FOREIGN KEY (`alert_id`) REFERENCES `alerts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `alert_rungs` (
	`alert_id` text NOT NULL,
	`slot` text NOT NULL,
	`step` text NOT NULL,
	`rung` integer NOT NULL,
	`round` integer NOT NULL,
	`due_at` integer NOT NULL,
	`at` integer NOT NULL,
	`outcome` text NOT NULL,
	`people` text NOT NULL,
	`means` text NOT NULL,
	`late` integer NOT NULL,
	PRIMARY KEY(`alert_id`, `slot`, `step`, `round`, `rung`),
	FOREIGN KEY (`alert_id`) REFERENCES `alerts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `alerts` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`code` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`exercise` integer DEFAULT false NOT NULL,
	`holder` text NOT NULL,
	`audience` text NOT NULL,
	`raised_by` text NOT NULL,
	`raised_at` integer NOT NULL,
	`raised_in` text,
	`what` text NOT NULL,
	`urgency` text NOT NULL,
	`place_id` text,
	`place_said` text NOT NULL,
	`place_how` text,
	`lat` real,
	`lon` real,
	`sector` text,
	`triage` integer DEFAULT false NOT NULL,
	`threat` text,
	`came_by` text,
	`at_risk` text,
	`perpetrator` text,
	`asked_for` text,
	`lifecycle` text NOT NULL,
	`outcome` text,
	`request_key` text,
	FOREIGN KEY (`raised_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `alerts_id_unique` ON `alerts` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `alerts_code_unique` ON `alerts` (`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `alerts_request_key_unique` ON `alerts` (`request_key`);--> statement-breakpoint
CREATE INDEX `alerts_lifecycle` ON `alerts` (`lifecycle`,`raised_at`);--> statement-breakpoint
CREATE INDEX `alerts_sector` ON `alerts` (`sector`,`raised_at`);--> statement-breakpoint
CREATE INDEX `alerts_raised` ON `alerts` (`raised_at`);--> statement-breakpoint
CREATE TABLE `cards` (
	`record_id` text NOT NULL,
	`target` text NOT NULL,
	`channel` text NOT NULL,
	`ts` text NOT NULL,
	`posted_at` integer NOT NULL,
	PRIMARY KEY(`record_id`, `target`)
);
--> statement-breakpoint
CREATE INDEX `cards_ts` ON `cards` (`channel`,`ts`);--> statement-breakpoint
CREATE TABLE `channel_members` (
	`channel_id` text NOT NULL,
	`team_id` text NOT NULL,
	`user_id` text NOT NULL,
	PRIMARY KEY(`channel_id`, `team_id`, `user_id`)
);
--> statement-breakpoint
CREATE TABLE `channels` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`purpose` text NOT NULL,
	`sector` text,
	`language` text NOT NULL,
	`digest` integer NOT NULL,
	`is_public` integer DEFAULT false NOT NULL,
	`members_at` integer,
	`registered_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `digest_runs` (
	`channel_id` text NOT NULL,
	`day` text NOT NULL,
	`due_at` integer NOT NULL,
	`at` integer NOT NULL,
	`late` integer NOT NULL,
	PRIMARY KEY(`channel_id`, `day`)
);
--> statement-breakpoint
CREATE TABLE `event_details` (
	`seq` integer PRIMARY KEY NOT NULL,
	`salt` text NOT NULL,
	`body` text,
	FOREIGN KEY (`seq`) REFERENCES `events`(`seq`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `events` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`actor` text NOT NULL,
	`kind` text NOT NULL,
	`record_kind` text NOT NULL,
	`record_id` text NOT NULL,
	`data` text NOT NULL,
	`detail` text,
	`previous` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `events_record` ON `events` (`record_kind`,`record_id`,`seq`);--> statement-breakpoint
CREATE INDEX `events_recorded` ON `events` (`recorded_at`);--> statement-breakpoint
CREATE TABLE `inbox` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`body` text,
	`received_at` integer NOT NULL,
	`state` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`error` text
);
--> statement-breakpoint
CREATE INDEX `inbox_waiting` ON `inbox` (`received_at`) WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX `inbox_received` ON `inbox` (`received_at`);--> statement-breakpoint
CREATE TABLE `meta` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `outages` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`from_at` integer NOT NULL,
	`to_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`record_id` text NOT NULL,
	`target` text NOT NULL,
	`data` text NOT NULL,
	`urgent` integer NOT NULL,
	`state` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`not_before` integer NOT NULL,
	`claimed_at` integer,
	`created_at` integer NOT NULL,
	`sent_at` integer,
	`channel` text,
	`ts` text,
	`error` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_id_unique` ON `outbox` (`id`);--> statement-breakpoint
CREATE INDEX `outbox_waiting` ON `outbox` (`urgent`,`not_before`,`seq`) WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX `outbox_order` ON `outbox` (`target`,`record_id`,`seq`) WHERE state = 'waiting' or state = 'claimed';--> statement-breakpoint
CREATE INDEX `outbox_claimed` ON `outbox` (`claimed_at`) WHERE state = 'claimed';--> statement-breakpoint
CREATE INDEX `outbox_parked` ON `outbox` (`seq`) WHERE state = 'parked';--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`user_id` text NOT NULL,
	`constituency` text,
	`section` text,
	`location` text,
	`national` integer DEFAULT false NOT NULL,
	`locale` text,
	`zone` text,
	`unreachable_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `people_user` ON `people` (`team_id`,`user_id`);--> statement-breakpoint
CREATE TABLE `role_holders` (
	`id` text PRIMARY KEY NOT NULL,
	`role` text NOT NULL,
	`sector` text DEFAULT '' NOT NULL,
	`person_id` text NOT NULL,
	`rank` integer NOT NULL,
	`since` integer NOT NULL,
	`until` integer,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `role_holders_seat` ON `role_holders` (`role`,`sector`,`rank`,`since`);--> statement-breakpoint
CREATE INDEX `role_holders_person` ON `role_holders` (`person_id`);--> statement-breakpoint
CREATE TABLE `timers` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`kind` text NOT NULL,
	`record_id` text NOT NULL,
	`slot` text,
	`due_at` integer NOT NULL,
	`arming` integer DEFAULT 1 NOT NULL,
	`state` text NOT NULL,
	`fired_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `timers_key_unique` ON `timers` (`key`);--> statement-breakpoint
CREATE INDEX `timers_armed` ON `timers` (`due_at`) WHERE state = 'armed';