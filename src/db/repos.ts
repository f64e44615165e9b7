import { accessRepo } from './access.ts'
import { alertsRepo } from './alerts.ts'
import { authoritiesRepo } from './authorities.ts'
import { callbacksRepo } from './callbacks.ts'
import { cardsRepo } from './cards.ts'
import { channelsRepo } from './channels.ts'
import { componentReportsRepo } from './component-reports.ts'
import { concernsRepo } from './concerns.ts'
import type { Connection } from './connection.ts'
import { contactsRepo } from './contacts.ts'
import { crisesRepo } from './crises.ts'
import { digestsRepo } from './digests.ts'
import { drawdownsRepo } from './drawdowns.ts'
import { dutiesRepo } from './duties.ts'
import { earlyWarningsRepo } from './early-warnings.ts'
import { endedRepo } from './ended.ts'
import { entriesRepo } from './entries.ts'
import { eventVerification } from './event-verify.ts'
import { eventsRepo } from './events.ts'
import { exportsRepo } from './exports.ts'
import { feedbackRepo } from './feedback.ts'
import { filesRepo } from './files.ts'
import { forumsRepo } from './forums.ts'
import { gatesRepo, suspensionsRepo } from './gates.ts'
import { handoversRepo } from './handovers.ts'
import { hotspotsRepo } from './hotspots.ts'
import { inboxRepo } from './inbox.ts'
import { incidentsRepo } from './incidents.ts'
import { inquiriesRepo } from './inquiries.ts'
import { matrixRepo } from './matrix.ts'
import { meetingsRepo } from './meetings.ts'
import { metaRepo } from './meta.ts'
import { noticesRepo } from './notices.ts'
import { outboxRepo } from './outbox.ts'
import { patrolsRepo } from './patrols.ts'
import { peopleRepo } from './people.ts'
import { plansRepo } from './plans.ts'
import { postingsRepo } from './postings.ts'
import { posturesRepo } from './postures.ts'
import { quotesRepo } from './quotes.ts'
import { reachRepo } from './reach.ts'
import { registrationsRepo } from './registrations.ts'
import { releasesRepo } from './releases.ts'
import { remindersRepo } from './reminders.ts'
import { reportsRepo } from './reports.ts'
import { responsesRepo } from './responses.ts'
import { retentionRepo } from './retention.ts'
import { rolesRepo } from './roles.ts'
import { sourcesRepo } from './sources.ts'
import { subscriptionsRepo } from './subscriptions.ts'
import { exercisesRepo } from './tabletops.ts'
import { taskingsRepo } from './taskings.ts'
import { teamsRepo } from './teams.ts'
import { textsRepo } from './texts.ts'
import { timersRepo } from './timers.ts'

/**
 * One repository per noun, with their statements prepared for this connection. All functions return promises, so
 * that another database can take SQLite's place.
 */
export function createRepos(db: Connection) {
  return {
    people: peopleRepo(db),
    roles: rolesRepo(db),
    registrations: registrationsRepo(db),
    handovers: handoversRepo(db),
    reach: reachRepo(db),
    duties: dutiesRepo(db),
    channels: channelsRepo(db),
    alerts: alertsRepo(db),
    timers: timersRepo(db),
    outbox: outboxRepo(db),
    cards: cardsRepo(db),
    postings: postingsRepo(db),
    files: filesRepo(db),
    quotes: quotesRepo(db),
    patrols: patrolsRepo(db),
    subscriptions: subscriptionsRepo(db),
    inbox: inboxRepo(db),
    events: { ...eventsRepo(db), ...eventVerification(db) },
    digests: digestsRepo(db),
    meta: metaRepo(db),
    access: accessRepo(db),
    sources: sourcesRepo(db),
    releases: releasesRepo(db),
    componentReports: componentReportsRepo(db),
    inquiries: inquiriesRepo(db),
    responses: responsesRepo(db),
    reports: reportsRepo(db),
    earlyWarnings: earlyWarningsRepo(db),
    hotspots: hotspotsRepo(db),
    taskings: taskingsRepo(db),
    reminders: remindersRepo(db),
    gates: gatesRepo(db),
    suspensions: suspensionsRepo(db),
    notices: noticesRepo(db),
    concerns: concernsRepo(db),
    postures: posturesRepo(db),
    drawdowns: drawdownsRepo(db),
    authorities: authoritiesRepo(db),
    feedback: feedbackRepo(db),
    incidents: incidentsRepo(db),
    matrix: matrixRepo(db),
    retention: retentionRepo(db),
    ended: endedRepo(db),
    exports: exportsRepo(db),
    entries: entriesRepo(db),
    forums: forumsRepo(db),
    meetings: meetingsRepo(db),
    crises: crisesRepo(db),
    exercises: exercisesRepo(db),
    plans: plansRepo(db),
    callbacks: callbacksRepo(db),
    contacts: contactsRepo(db),
    texts: textsRepo(db),
    teams: teamsRepo(db),
  }
}

export type Repos = ReturnType<typeof createRepos>
