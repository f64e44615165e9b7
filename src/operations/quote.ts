import {
  afterEvent,
  asksConsent,
  plainWords,
  type Quote,
  type QuotedRecord,
  type QuoteEvent,
  type QuoteHow,
  quotedRecord,
} from '../domain/quote.ts'
import { TocsinError } from '../errors.ts'
import type { WrittenMessage } from '../ports.ts'
import { type Ctx, inTransaction, type Open, type Person } from './context.ts'
import { actingPerson, registeredPerson, roleKey } from './permission.ts'
import { type QuoteContext, quoteContext, requireOpenRecord, requireQuotable } from './quote/record.ts'
import { cardAt, note, personTarget, refreshCardsOf } from './telling.ts'

export { type QuoteContext, quoteContext, recordOfThread } from './quote/record.ts'

export interface PutInput {
  /** On whose record. */
  about: QuotedRecord
  message: WrittenMessage
  how: QuoteHow
  /** Whether the author is answered beside the message, for a direct message would not reach their workspace. */
  whispered?: boolean
}

/** A message's standing after somebody put it on record; `isNew` false where nothing changed. */
export interface Put {
  quote: Quote
  author: Person
  isNew: boolean
}

/**
 * Puts a message of Slack on the record of an open alert or of a team, once. Words of the mission's own enter with a notice to their
 * author; those of humanitarians, human rights officers and people nobody has confirmed only when they agree: until
 * then none of them are held.
 *
 * @throws TocsinError `not_registered`, `not_found`, `already_ended`, `with_specialist`, `team_over`,
 *   `message_of_app`.
 */
export async function putOnRecord(ctx: Ctx, input: PutInput): Promise<Put> {
  const person = registeredPerson(ctx)
  const { about, message, how } = input
  if (message.fromApp) throw new TocsinError('message_of_app')
  return inTransaction(ctx, async (repos, open) => {
    await requireQuotable(open, about)
    const author = await authorOf(open, message)
    const earlier = await repos.quotes.byMessage(message.channel, message.ts)
    const state = afterEvent(earlier?.state ?? null, 'put', asksConsent(author.constituency))
    if (state === null) return { quote: earlier as Quote, author, isNew: false }
    const now = open.clock.now()
    const [role] = await repos.roles.rolesOf(author.id, now)
    const quote: Quote = {
      id: earlier?.id ?? open.ids.id(),
      alertId: about.kind === 'alert' ? about.id : null,
      teamId: about.kind === 'team' ? about.id : null,
      channel: message.channel,
      ts: message.ts,
      authorId: author.id,
      authorRole: role ? roleKey(role) : null,
      constituency: author.constituency,
      saidAt: Math.round(Number(message.ts) * 1000),
      text: state === 'stands' ? plainWords(message.text) : null,
      permalink: message.permalink,
      state,
      agreed: state === 'stands',
      how,
      putBy: person.id,
      putAt: now,
      editedTs: message.editedTs,
      editedAt: null,
      withdrawnAt: null,
    }
    if (earlier) await repos.quotes.update(earlier.id, quote)
    else await repos.quotes.insert(quote)
    await noted(open, quote, state === 'asked' ? 'quote.asked' : 'quote.recorded')
    // Nobody is told of what they did themselves, but everybody is asked before words that are not the mission's enter.
    if (!input.whispered && (author.id !== person.id || state === 'asked'))
      await cardAt(open, of(quote), personTarget(author.id))
    return { quote, author, isNew: true }
  })
}

/** A quote for its author. @throws TocsinError `not_found` for everybody else. */
export async function readOwnQuote(ctx: Ctx, quoteId: string): Promise<Quote> {
  const person = actingPerson(ctx)
  const quote = await (ctx.tx ?? ctx.store.read).quotes.byId(quoteId)
  if (!quote || quote.authorId !== person.id) throw new TocsinError('not_found')
  return quote
}

/** Messages of the acting person that somebody wants on record and they have not answered about. */
export async function askedQuotes(ctx: Ctx): Promise<{ quote: Quote; about: QuoteContext }[]> {
  const person = actingPerson(ctx)
  const quotes = await ctx.store.read.quotes.askedOf(person.id)
  return Promise.all(quotes.map(async quote => ({ quote, about: await quoteContext(ctx, quote) })))
}

/**
 * Its author agrees: the words enter as they stand in Slack now. Null for a message that is gone: nothing enters.
 *
 * @throws TocsinError `not_found`, `already_done`, `already_ended`, `with_specialist`, `team_over`.
 */
export async function agreeToQuote(
  ctx: Ctx,
  input: { quoteId: string; message: WrittenMessage | null },
): Promise<Quote> {
  actingPerson(ctx)
  return inTransaction(ctx, async (_, open) => {
    const quote = await readOwnQuote(open, input.quoteId)
    if (input.message === null) return moved(open, quote, 'deleted')
    await requireOpenRecord(open, quotedRecord(quote))
    return moved(open, quote, 'agreed', {
      text: plainWords(input.message.text),
      editedTs: input.message.editedTs,
    })
  })
}

/**
 * Its author says no, or takes their yes back: the words are erased, and the same message is not asked for again.
 *
 * @throws TocsinError `not_found`, `already_done`.
 */
export async function refuseQuote(ctx: Ctx, quoteId: string): Promise<Quote> {
  actingPerson(ctx)
  return inTransaction(ctx, async (_, open) => moved(open, await readOwnQuote(open, quoteId), 'refused'))
}

/**
 * Whoever put a message on record takes it back. Anybody else's taking back changes nothing.
 *
 * @returns the quote as it then is; null where there was nothing of theirs to take back.
 * @throws TocsinError `not_registered`.
 */
export async function takeBackQuote(
  ctx: Ctx,
  message: { channel: string; ts: string },
): Promise<Quote | null> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const quote = await repos.quotes.byMessage(message.channel, message.ts)
    if (!quote || quote.putBy !== person.id) return null
    if (afterEvent(quote.state, 'unput', asksConsent(quote.constituency)) === null) return null
    return moved(open, quote, 'unput')
  })
}

/**
 * A message on record was edited in Slack: the record shows the new words, and that they were edited. An older edit
 * that comes late changes nothing, nor does a change of anything but the words.
 */
export async function followEdit(
  ctx: Ctx,
  message: { channel: string; ts: string; text: string; editedTs: string | null },
): Promise<void> {
  await inTransaction(ctx, async (repos, open) => {
    const quote = await repos.quotes.byMessage(message.channel, message.ts)
    if (quote?.state !== 'stands' || quote.text === null) return
    if (Number(message.editedTs ?? 0) <= Number(quote.editedTs ?? 0)) return
    const text = plainWords(message.text)
    if (text === quote.text) return
    const change = { text, editedTs: message.editedTs, editedAt: open.clock.now() }
    await repos.quotes.update(quote.id, change)
    await noted(open, { ...quote, ...change }, 'quote.edited')
    await refreshCardsOf(open, of(quote))
  })
}

/** A message on record was deleted in Slack: its words leave the record, which says so. */
export async function followDeletion(ctx: Ctx, message: { channel: string; ts: string }): Promise<void> {
  await inTransaction(ctx, async (repos, open) => {
    const quote = await repos.quotes.byMessage(message.channel, message.ts)
    if (quote && afterEvent(quote.state, 'deleted', false)) await moved(open, quote, 'deleted')
  })
}

/**
 * Asks that a message be put on an alert's record once it has been read from Slack: on disk now, done soon. Asked for
 * twice by the same form it is done once.
 *
 * @throws TocsinError `not_registered`.
 */
export async function wantQuote(
  ctx: Ctx,
  input: { alertId: string; channel: string; ts: string; requestKey: string },
): Promise<void> {
  const { teamId, userId } = registeredPerson(ctx)
  const { alertId, channel, ts, requestKey } = input
  await inTransaction(ctx, async (repos, open) => {
    await repos.inbox.add({
      id: `quote:${requestKey}`,
      kind: QUOTE_WANTED,
      body: { event: { type: QUOTE_WANTED, user: userId, alertId, channel, ts }, team_id: teamId },
      receivedAt: open.clock.now(),
    })
  })
}

/** The bot's own entry of the inbox, beside Slack's events. */
export const QUOTE_WANTED = 'quote.wanted'

const KIND_OF_EVENT: Record<QuoteEvent, string> = {
  put: 'quote.recorded',
  agreed: 'quote.recorded',
  refused: 'quote.declined',
  deleted: 'quote.withdrawn',
  unput: 'quote.taken_back',
}

/** @throws TocsinError `already_done` where the event no longer changes anything. */
async function moved(
  open: Open,
  quote: Quote,
  event: QuoteEvent,
  words: Partial<Pick<Quote, 'text' | 'editedTs'>> = { text: null },
): Promise<Quote> {
  const state = afterEvent(quote.state, event, asksConsent(quote.constituency))
  if (state === null) throw new TocsinError('already_done')
  const change = {
    ...words,
    state,
    agreed: quote.agreed || state === 'stands',
    withdrawnAt: state === 'withdrawn' ? open.clock.now() : quote.withdrawnAt,
  }
  await open.tx.quotes.update(quote.id, change)
  const after = { ...quote, ...change }
  if (after.text === null) await eraseWords(open, quote)
  await noted(open, after, KIND_OF_EVENT[event])
  await refreshCardsOf(open, of(quote))
  return after
}

/** What the trail holds of a quote's words goes with them. */
async function eraseWords(open: Open, quote: Quote): Promise<void> {
  for (const event of await recordEvents(open, quote))
    if (event.data.quote === quote.id && event.detail !== null) await open.tx.events.erase(event.seq)
}

function recordEvents(open: Open, quote: Quote) {
  const { kind, id } = quotedRecord(quote)
  return open.tx.events.ofRecord(kind, id)
}

async function noted(open: Open, quote: Quote, kind: string): Promise<void> {
  const words = quote.text === null ? undefined : { text: quote.text }
  const about = quotedRecord(quote)
  await note(open, about, kind, { quote: quote.id, how: quote.how }, words)
  // A team's card says how many messages stand on its record; an alert's timeline is opened.
  if (about.kind === 'team') await refreshCardsOf(open, about)
}

/** Whoever wrote a message, entered where the bot does not know them yet. For operations that hold the permission. */
export async function authorOf(open: Open, { teamId, userId }: WrittenMessage): Promise<Person> {
  const { people } = open.tx
  const named = teamId === null ? null : await people.byUser(teamId, userId)
  const known = named ?? (await people.ofUser(userId))[0]
  if (known) return known
  const id = open.ids.id()
  await people.insert({ id, teamId: teamId ?? '', userId, createdAt: open.clock.now() })
  const entered = await people.byId(id)
  if (!entered) throw new Error('a person just entered is not there')
  return entered
}

const of = ({ id }: Pick<Quote, 'id'>) => ({ kind: 'quote', id })
