import type { Timer } from '../db/timers.ts'
import { digestDay, digestWindow, nextDigestAt, OWN_SECTIONS, weekday } from '../domain/digest.ts'
import type { Language } from '../domain/mission.ts'
import type { PersonSettings } from '../domain/settings.ts'
import { isSubscriptionMeans } from '../domain/subscription.ts'
import { TocsinError } from '../errors.ts'
import { mayKeepRecord } from './alert/chain.ts'
import type { AlertFacts } from './alert/facts.ts'
import { seesWholeMission } from './alert/figures.ts'
import { personReader } from './channel.ts'
import { type Ctx, inTransaction, type Open, type Person } from './context.ts'
import { digestOf, LATE_AFTER_MS } from './digest/make.ts'
import { type Common, type Digest, readOnce } from './digest.ts'
import { INDICATORS_FILE } from './indicators.ts'
import { registeredPerson } from './permission.ts'
import { canText, changeMeans } from './subscription.ts'
import { lineAt, note, personTarget } from './telling.ts'

/** As a form gives them; empty: as Slack and the mission have it. Times as HH:mm. */
export interface SettingsInput {
  language?: string | null
  quietFrom?: string | null
  quietTo?: string | null
  digestAt?: string | null
  means?: string | null
}

/** What a person chose, and what they can choose. */
export interface Settings {
  settings: PersonSettings
  /** A telephone is kept to which texts can go. */
  canText: boolean
}

/** The acting person's settings. @throws TocsinError `not_registered`. */
export async function readSettings(ctx: Ctx): Promise<Settings> {
  const person = registeredPerson(ctx)
  return { settings: person.settings ?? {}, canText: await canText(ctx, person) }
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/

/**
 * Keeps what the acting person chose for themselves, and moves their own digest to its hour. Another means than before
 * holds for what they have subscribed to already, too.
 *
 * @throws TocsinError `not_registered`, `unknown_term` for a language the mission does not speak or what is no time or
 *   means, `no_phone` for texts without a telephone, `quiet_incomplete` where one end of the quiet hours is missing.
 */
export async function changeSettings(ctx: Ctx, input: SettingsInput): Promise<PersonSettings> {
  const person = registeredPerson(ctx)
  const language = ctx.mission.languages.find(each => each === input.language)
  if (input.language && !language)
    throw new TocsinError('unknown_term', { field: 'language', details: { value: input.language } })
  const from = knownTime(input.quietFrom, 'quietFrom')
  const to = knownTime(input.quietTo, 'quietTo')
  if ((from === null) !== (to === null))
    throw new TocsinError('quiet_incomplete', { field: from === null ? 'quietFrom' : 'quietTo' })
  const digestAt = knownTime(input.digestAt, 'digestAt')
  const { means = null } = input
  if (means !== null && !isSubscriptionMeans(means))
    throw new TocsinError('unknown_term', { field: 'means', details: { value: means } })
  const settings: PersonSettings = {
    ...(language ? { language } : {}),
    ...(from !== null && to !== null ? { quiet: { from, to } } : {}),
    ...(digestAt !== null ? { digestAt } : {}),
    ...(means !== null ? { means } : {}),
  }
  return inTransaction(ctx, async (repos, open) => {
    if (means === 'sms' && !(await canText(open, person)))
      throw new TocsinError('no_phone', { field: 'means' })
    await repos.people.update(person.id, { settings, ...(language ? { locale: localeOf(language) } : {}) })
    await note(open, { kind: 'person', id: person.id }, 'person.settings', { ...settings })
    await armOwnDigest(open, { ...person, settings })
    if (means !== null && means !== (person.settings?.means ?? 'direct'))
      await changeMeans(open, person, means)
    return settings
  })
}

const localeOf = (language: Language): string => language

function knownTime(value: string | null | undefined, field: string): string | null {
  if (!value) return null
  if (!TIME.test(value)) throw new TocsinError('unknown_term', { field, details: { value } })
  return value
}

async function armOwnDigest(open: Open, person: Person): Promise<void> {
  const key = `digest.own:${person.id}`
  const dueAt = nextOwnDigest(open, person)
  if (dueAt === null) await open.tx.timers.cancel(key)
  else await open.tx.timers.arm({ key, kind: 'digest.own', recordId: person.id, dueAt })
}

function nextOwnDigest(ctx: Ctx, { settings, zone }: Person): number | null {
  const at = settings?.digestAt
  return at ? nextDigestAt(ctx.clock.now(), at, zone ?? ctx.mission.zone) : null
}

/**
 * A person's own digest is due: it goes out once a day of theirs; after an outage once, late, and says so. What they
 * subscribed to for a list comes with it.
 */
export function runOwnDigest(ctx: Ctx, timer: Pick<Timer, 'recordId' | 'dueAt'>): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const person = await repos.people.byId(timer.recordId)
    if (!person?.settings?.digestAt || person.closedAt !== null || person.constituency === null) return
    const now = open.clock.now()
    const target = personTarget(person.id)
    const late = now - timer.dueAt > LATE_AFTER_MS
    const last = await repos.digests.last(target, 'own')
    const day = digestDay(timer.dueAt, person.zone ?? open.mission.zone)
    const run = { channelId: target, kind: 'own' as const, day, dueAt: timer.dueAt, at: now, late }
    if (await repos.digests.claim(run)) {
      const listed = (await repos.subscriptions.waiting(person.id)).map(({ alertId }) => alertId)
      await repos.subscriptions.listed(person.id, now)
      await lineAt(open, 'digest.own', `digest.own:${person.id}`, target, {
        window: digestWindow(now, last?.at ?? null, 'own'),
        dueAt: late ? timer.dueAt : null,
        listed,
      })
      const roles = await repos.roles.rolesOf(person.id, now)
      if (tellsWeek({ ...open, actor: { kind: 'person', person, roles } }, now))
        await lineAt(open, 'indicators', INDICATORS_FILE, target, { form: 'picture' })
    }
    await armOwnDigest(open, person)
  })
}

/** What a person's own digest says; null for somebody who is gone or whose access was closed. */
export async function ownDigest(
  ctx: Ctx,
  personId: string,
  window: { from: number; to: number },
  dueAt: number | null,
  listed: readonly string[],
  common: Common = readOnce(),
): Promise<Digest | null> {
  const repos = ctx.store.read
  const now = ctx.clock.now()
  const person = await repos.people.byId(personId)
  if (!person || person.closedAt !== null || person.constituency === null) return null
  const roles = await repos.roles.rolesOf(person.id, now)
  const acting: Ctx = { ...ctx, actor: { kind: 'person', person, roles } }
  const scope = {
    ctx: acting,
    reader: await personReader(repos, person, now),
    sector: null,
    window,
    zone: person.zone ?? ctx.mission.zone,
    listed,
    decides: (facts: AlertFacts) => mayKeepRecord(acting, facts),
    common,
  }
  const order = tellsWeek(acting, window.to) ? [...OWN_SECTIONS, 'trends' as const] : OWN_SECTIONS
  return digestOf(scope, order, { kind: 'own', dueAt })
}

/** Whether the acting person's digest of that moment tells how the week went: on its day, who answers for the whole. */
function tellsWeek(ctx: Ctx, at: number): boolean {
  const { weekly, zone } = ctx.mission.digest
  return weekly !== null && weekday(at, zone) === weekly.day && seesWholeMission(ctx)
}
