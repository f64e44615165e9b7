import type { Callback } from '../../db/callbacks.ts'
import type { Contact } from '../../db/contacts.ts'
import type { Vault } from '../../db/vault.ts'
import { dueFrom, TELL_AGAIN_MS } from '../../domain/callback.ts'
import { type Inbound, isSkewed, type Parsed, parseForm, parseText } from '../../domain/intake.ts'
import { phoneNumber, readSender } from '../../domain/phone.ts'
import { TocsinError } from '../../errors.ts'
import { armCallback, noteCallback, refreshCallback, tellPerson, tellRung } from '../callback/tell.ts'
import { freeCode } from '../code.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { answeredByText } from '../sms/answer.ts'
import { requireVault } from '../source/vault.ts'
import { optionalText } from '../text.ts'
import { enterContact, messageSealId, reachOf } from './contact.ts'

/** What is sealed of one call, text or form. */
export interface Said {
  text: string | null
  fields: Inbound['fields'] | null
}

/** How long a text may be; a form's answers together may be as long. */
const TEXT_MAX = 10_000
const DAY_MS = 24 * 3_600_000
const MINUTE_MS = 60_000

export interface Received {
  /** It had come before: nothing was recorded a second time. */
  repeated: boolean
  /** The call back it belongs to; null for a repetition, and for an owner's answer. */
  callbackId: string | null
}

/**
 * Takes in one call, text or form from the field. When this returns it is on disk, whoever must call back is being
 * told, and the clock runs. What came before is recognised by the gateway's id, else by sender, words and minute. An
 * owner's answer to a text of ours acknowledges their alert. For the gateways alone.
 *
 * @throws TocsinError `not_allowed` for a person, `no_vault_key`, `text_too_long`, `not_stored`.
 */
export async function receive(ctx: Ctx, inbound: Inbound): Promise<Received> {
  if (ctx.actor.kind !== 'system') throw new TocsinError('not_allowed')
  const vault = requireVault(ctx)
  const sender = readSender(inbound.from, ctx.mission.intake.country)
  const text = optionalText(inbound.text, 'text', TEXT_MAX)
  const said: Said = { text, fields: inbound.fields ?? null }
  if (JSON.stringify(said).length > 4 * TEXT_MAX)
    throw new TocsinError('text_too_long', { field: 'text', details: { max: TEXT_MAX } })

  return inTransaction(ctx, async (repos, open) => {
    const now = open.clock.now()
    const reach = reachOf(sender)
    const marks = marksOf(vault, inbound, JSON.stringify([reach, said]), now)
    const repeated = await repos.callbacks.seen(marks.before)
    await repos.callbacks.see(marks.now, now)
    if (repeated) return { repeated, callbackId: null }
    if (sender.kind === 'number' && text !== null && (await answeredByText(open, sender.number, text)))
      return { repeated, callbackId: null }
    const contact = reach ? await enterContact(open, reach) : null
    const place = baseOf(open, inbound)
    const waiting = contact ? await repos.callbacks.openOf(contact.id) : null
    const parsed = parsedOf(open, said, waiting?.sector ?? place.sector)
    const callback = waiting
      ? await joinWaiting(open, waiting, parsed)
      : await begin(open, inbound, contact, place, parsed)
    const id = open.ids.id()
    await repos.callbacks.addMessage({
      id,
      callbackId: callback.id,
      gateway: inbound.gateway,
      kind: inbound.kind,
      receivedAt: now,
      sentAt: inbound.sentAt,
      skewed: isSkewed(inbound.kind, inbound.sentAt, now),
      ...vault.seal(messageSealId(id), said),
    })
    if (contact && inbound.kind === 'text' && sender.kind === 'number') await reply(open, contact, id)
    return { repeated, callbackId: callback.id }
  })
}

/** What a text or a form says in the mission's agreed words; nothing for any other. */
export function parsedOf(ctx: Ctx, { text, fields }: Said, sector: string | null): Parsed | null {
  const { mission, gazetteer } = ctx
  if (fields) return parseForm(fields, mission.intake, gazetteer, sector, mission.taxonomy.threats)
  return text === null ? null : parseText(text, mission.intake, gazetteer, sector)
}

/**
 * By what a repetition is recognised: the gateway's id, and sender, words and minute. Without an id the minute before
 * counts too, so that what is sent again and again stays one however the minutes fall.
 */
function marksOf(vault: Vault, { gateway, id, kind, sentAt }: Inbound, content: string, now: number) {
  const minute = Math.floor((sentAt ?? now) / MINUTE_MS)
  const inMinute = (which: number) => vault.digests('seen', JSON.stringify([gateway, kind, content, which]))
  const own = id === null ? null : vault.digests('seen', JSON.stringify([gateway, id]))
  return {
    before: [...(own ?? []), ...inMinute(minute), ...(own === null ? inMinute(minute - 1) : [])],
    now: [...(own ? [own[0]] : []), inMinute(minute)[0]],
  }
}

function baseOf({ mission }: Ctx, { to, fields }: Inbound): { base: string | null; sector: string | null } {
  const dialled = to === null ? null : phoneNumber(to.replace(/^tel:/i, ''), mission.intake.country)
  const id = mission.intake.numbers.find(({ number }) => number === dialled)?.base ?? fields?.base
  const base = mission.bases.find(each => each.id === id)
  return { base: base?.id ?? null, sector: base?.sector ?? null }
}

async function begin(
  open: Open,
  { kind }: Inbound,
  contact: Contact | null,
  { base, sector }: { base: string | null; sector: string | null },
  parsed: Parsed | null,
): Promise<Callback> {
  const now = open.clock.now()
  const urgency = parsed?.urgency ?? null
  const place = parsed?.placeId ? open.gazetteer.byId(parsed.placeId) : undefined
  const callback: Callback = {
    id: open.ids.id(),
    code: await freeCode(open.ids, 'C', code => open.tx.callbacks.byCode(code)),
    contactId: contact?.id ?? null,
    base,
    // What no number of the mission says, the place does.
    sector: sector ?? place?.sector ?? null,
    kind,
    urgency,
    receivedAt: now,
    lastAt: now,
    count: 1,
    state: 'open',
    rung: 0,
    dueAt: dueFrom(now, urgency, open.mission.intake.due),
    tryAt: null,
    tries: 0,
    toldAt: now,
    alertId: null,
    reason: null,
    decidedBy: null,
    decidedAt: null,
  }
  await open.tx.callbacks.insert(callback)
  await noteCallback(open, callback, 'received', { kind, base, verdict: contact?.verdict ?? 'unknown' })
  const { rung, person } = await tellRung(open, callback, 0)
  if (person) await tellPerson(open, callback, person.id)
  await armCallback(open, callback, callback.dueAt)
  return { ...callback, rung }
}

/** Whoever waits already rang or wrote again: the card counts it, and a line says so, not more often than is read. */
async function joinWaiting(open: Open, waiting: Callback, parsed: Parsed | null): Promise<Callback> {
  const now = open.clock.now()
  const urgency = waiting.urgency ?? parsed?.urgency ?? null
  const sooner = Math.min(waiting.dueAt, dueFrom(now, urgency, open.mission.intake.due))
  const awaited = waiting.tryAt !== null || (waiting.rung === 0 && sooner < waiting.dueAt)
  const patch = {
    lastAt: now,
    count: waiting.count + 1,
    urgency,
    // Who calls again can be reached now: the time set to try again is overtaken.
    ...(awaited
      ? { tryAt: null, dueAt: sooner > now ? sooner : dueFrom(now, urgency, open.mission.intake.due) }
      : {}),
  }
  const telling = now - waiting.toldAt >= TELL_AGAIN_MS || waiting.tryAt !== null
  await open.tx.callbacks.update(waiting.id, { ...patch, ...(telling ? { toldAt: now } : {}) })
  const after = { ...waiting, ...patch }
  if (awaited) await armCallback(open, after, after.dueAt)
  await noteCallback(open, waiting, 'again', { count: patch.count })
  const last = (await open.tx.callbacks.told(waiting.id)).at(-1)
  await refreshCallback(open, waiting)
  if (telling && last) await tellPerson(open, after, last.personId, 'again')
  return after
}

/** One agreed word, to a source that agreed to it, once for each text and so often a day at most. Nothing else is ever sent. */
async function reply(open: Open, contact: Contact, messageId: string): Promise<void> {
  const { reply: agreed } = open.mission.intake
  const source = contact.sourceId ? await open.tx.sources.byId(contact.sourceId) : null
  if (!agreed || !source || source.replyAgreed === null) return
  if (source.doNotContact !== null || source.erasedAt !== null) return
  const now = open.clock.now()
  if ((await open.tx.callbacks.repliesSince(contact.id, now - DAY_MS)) >= agreed.perDay) return
  await open.tx.callbacks.replied(messageId, now)
  await open.tx.outbox.add({
    id: open.ids.id(),
    kind: 'intake.reply',
    recordId: messageId,
    target: `contact:${contact.id}`,
    data: {},
    urgent: false,
  })
}

/**
 * What a gateway says became of a text of ours; nothing for one that is not ours. For the gateways alone.
 *
 * @throws TocsinError `not_allowed` for a person.
 */
export async function reportText(ctx: Ctx, input: { gatewayId: string; status: string }): Promise<void> {
  if (ctx.actor.kind !== 'system') throw new TocsinError('not_allowed')
  await inTransaction(ctx, async repos => {
    await repos.texts.report(input.gatewayId, input.status)
  })
}
