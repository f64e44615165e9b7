/**
 * The tables, by noun. Times are epoch milliseconds UTC. Every record carries its holder and its audience from the
 * first migration. No foreign key cascades: what is erased is erased on purpose.
 */
export * from './schema/alerts.ts'
export * from './schema/channels.ts'
export * from './schema/delivery.ts'
export * from './schema/duty.ts'
export * from './schema/files.ts'
export * from './schema/hotspots.ts'
export * from './schema/inquiries.ts'
export * from './schema/intake.ts'
export * from './schema/people.ts'
export * from './schema/postings.ts'
export * from './schema/quotes.ts'
export * from './schema/registrations.ts'
export * from './schema/releases.ts'
export * from './schema/reminders.ts'
export * from './schema/reports.ts'
export * from './schema/responses.ts'
export * from './schema/sources.ts'
export * from './schema/taskings.ts'
export * from './schema/trail.ts'
