import { type Quote, type QuotedRecord, quotedRecord } from '../domain/quote.ts'
import { TocsinError } from '../errors.ts'
import { findAlerts, readAlert } from '../operations/alert.ts'
import {
  agreeToQuote,
  followDeletion,
  followEdit,
  type Put,
  putOnRecord,
  QUOTE_WANTED,
  quoteContext,
  readOwnQuote,
  recordOfThread,
  refuseQuote,
  takeBackQuote,
} from '../operations/quote.ts'
import { listTeams, readTeam } from '../operations/team.ts'
import type { WrittenMessage } from '../ports.ts'
import { saidModal } from '../views/alert/receipt.ts'
import { said, section } from '../views/blocks.ts'
import { addModal, alertOption, quoteCard, standsModal, teamOption } from '../views/quote.ts'
import type {
  ActionCall,
  Call,
  EventCall,
  Family,
  Option,
  OptionsCall,
  ShortcutCall,
  ViewAnswer,
  ViewCall,
} from './contract.ts'
import { readForm, readMetadata } from './form.ts'
import { viewContext } from './view-context.ts'

const OPTIONS = 20

interface At {
  channel: string
  ts: string
}

/** *Add to record* on a message. */
async function addPicked(call: ShortcutCall): Promise<void> {
  const { message } = call
  if (!message) return
  const at = { channel: message.channel, ts: message.ts }
  const standing = await call.ctx.store.read.quotes.byMessage(at.channel, at.ts)
  const theirs = standing?.putBy === call.person.id && ['asked', 'stands'].includes(standing.state)
  if (standing && theirs) {
    const code = await codeOf(call, quotedRecord(standing))
    return void (await call.ui.open(standsModal(viewContext(call), code, at)))
  }
  const own = await recordOfThread(call.ctx, message)
  await call.ui.open(addModal(viewContext(call), own && (await optionOf(call, own)), at))
}

/** The code of a record as the acting person may read it. */
async function codeOf({ ctx }: Pick<Call, 'ctx'>, { kind, id }: QuotedRecord): Promise<string> {
  return kind === 'alert' ? (await readAlert(ctx, id)).alert.code : (await readTeam(ctx, id)).facts.team.code
}

/** A record as an option; null where the person may not read it. */
async function optionOf(call: Call, { kind, id }: QuotedRecord): Promise<Option | null> {
  const view = viewContext(call)
  if (kind === 'alert') {
    const facts = await readable(() => readAlert(call.ctx, id))
    return facts && alertOption(view, facts)
  }
  const seen = await readable(() => readTeam(call.ctx, id))
  return seen && teamOption(view, seen.facts)
}

async function readable<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof TocsinError && error.code === 'not_found') return null
    throw error
  }
}

/** Open alerts, the newest where nothing was typed, and open teams, by code or words. */
async function recordOptions(call: OptionsCall): Promise<Option[]> {
  const view = viewContext(call)
  const query = call.query.trim()
  const found = query === '' ? await newest(call) : await findAlerts(call.ctx, query, OPTIONS, true)
  const alerts = found.filter(({ alert }) => alert.lifecycle === 'open')
  const teams = (await listTeams(call.ctx)).map(({ facts }) => teamOption(view, facts))
  return [
    ...alerts.map(facts => alertOption(view, facts)),
    ...teams.filter(({ text }) => text.toLowerCase().includes(query.toLowerCase())).slice(0, OPTIONS),
  ]
}

async function newest(call: OptionsCall) {
  const open = (await call.ctx.store.read.alerts.open()).slice(0, OPTIONS)
  const found = await Promise.all(open.map(({ id }) => readable(() => readAlert(call.ctx, id))))
  return found.filter(facts => facts !== null)
}

/** The record an option stands for. @throws TocsinError `text_missing` beside the field. */
function recordIn(value: string | null): QuotedRecord {
  const [kind = '', id = ''] = (value ?? '').split(':')
  if (kind !== 'alert' && kind !== 'team') throw new TocsinError('text_missing', { field: 'record' })
  return { kind, id }
}

async function addSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { channel = '', ts = '' } = readMetadata<At>(call.privateMetadata)
  const about = recordIn(readForm(call.values).choice('record'))
  const message = await call.messages.read(channel, ts)
  if (!message) throw new TocsinError('message_gone')
  const put = await putAndAsk(call, about, message, 'shortcut')
  const code = await codeOf(call, quotedRecord(put.quote))
  return { update: saidModal(viewContext(call), code, outcome(call, put, code)) }
}

/** *Take it back* in the answer to *Add to record*. */
async function takeBackPressed(call: ActionCall): Promise<void> {
  const { channel = '', ts = '' } = readMetadata<At>(call.view?.privateMetadata ?? '')
  const quote = await takeBackQuote(call.ctx, { channel, ts })
  if (!quote) throw new TocsinError('already_done')
  const { words } = call
  await call.ui.replace(
    saidModal(viewContext(call), words.t('quote.add.title'), words.t('quote.said.taken_back')),
  )
}

/** *Yes, put it on record*, by the author alone. */
async function yesPressed(call: ActionCall): Promise<void> {
  const { channel, ts } = await readOwnQuote(call.ctx, call.value)
  await call.ack()
  const message = await call.messages.read(channel, ts)
  await answered(call, await agreeToQuote(call.ctx, { quoteId: call.value, message }))
}

/** *No*, or the author's yes taken back. */
async function noPressed(call: ActionCall): Promise<void> {
  await answered(call, await refuseQuote(call.ctx, call.value))
}

/** A card that stands says so itself; an answer given beside the message is answered there. */
async function answered(call: ActionCall, quote: Quote): Promise<void> {
  const { cards } = call.ctx.store.read
  if (call.message && (await cards.byMessage(call.message.channel, call.message.ts))) return
  if (quote.state !== 'stands') {
    const text = call.words.t(`quote.said.${quote.state}`)
    return call.ui.tell({ text })
  }
  await call.ui.tell(await ownCard(call, quote))
}

/** Puts it on record and, where a direct message would not reach its author, asks or tells them beside it. */
async function putAndAsk(
  call: Call | EventCall,
  about: QuotedRecord,
  message: WrittenMessage,
  how: Quote['how'],
): Promise<Put> {
  const whispered = message.teamId !== null && message.teamId !== call.homeTeam
  const put = await putOnRecord(call.ctx, { about, message, how, whispered })
  const { quote, author, isNew } = put
  if (isNew && whispered && (quote.state === 'asked' || author.id !== quote.putBy)) {
    const to = { channel: message.channel, userId: message.userId, threadTs: message.threadTs }
    const words = call.wordsOf(author)
    await call.messages.whisper(to, await ownCard({ ctx: call.ctx, words }, quote))
  }
  return put
}

async function ownCard(call: Pick<Call, 'ctx' | 'words'>, quote: Quote) {
  return quoteCard(viewContext(call), quote, await quoteContext(call.ctx, quote))
}

function outcome({ words }: Pick<Call, 'words'>, { quote, isNew }: Put, code: string): string {
  if (isNew) return words.t(`quote.put.${quote.state === 'asked' ? 'asked' : 'stands'}`, { code })
  const key = { asked: 'waiting', stands: 'already', declined: 'declined' } as Record<string, string>
  return words.t(`quote.put.${key[quote.state] ?? 'withdrawn'}`, { code })
}

/** The record emoji on a message in the thread of an alert or a team. */
async function reactionAdded(call: EventCall): Promise<void> {
  const at = markedMessage(call)
  const { person } = call
  if (!at || !person) return
  const message = await call.messages.read(at.channel, at.ts)
  const about = message && (await recordOfThread(call.ctx, message))
  if (!message || !about || message.fromApp || !stillMarked(call, message, person.userId)) return
  await put(call, about, message, 'emoji')
}

/** A message somebody asked to have put on record, once it can be read. */
async function quoteWanted(call: EventCall): Promise<void> {
  const { channel, ts, alertId } = call.event as unknown as At & { alertId: string }
  const message = await call.messages.read(channel, ts)
  if (message) await put(call, { kind: 'alert', id: alertId }, message, 'raised')
}

/** Puts it on record; whoever asked hears privately of what is not so, or waits for the author. */
async function put(
  call: EventCall,
  about: QuotedRecord,
  message: WrittenMessage,
  how: Quote['how'],
): Promise<void> {
  const { channel, ts, threadTs } = message
  const userId = call.person?.userId ?? ''
  const tell = (text: string) =>
    call.messages.whisper({ channel, userId, threadTs }, { text, blocks: [section(text)] })
  try {
    const done = await putAndAsk(call, about, message, how)
    const code = await codeOf(call, about)
    const speaks = done.quote.state === 'asked' || done.quote.state === 'declined'
    if (speaks && done.author.id !== call.person?.id) await tell(outcome(call, done, code))
  } catch (error) {
    if (!(error instanceof TocsinError) || error.kind === 'failure') throw error
    await tell(said(call.refusal(error)))
    return
  }
  await catchUp(call, { channel, ts })
}

/** What was edited or deleted between reading and storing: only then was nobody listening for it. */
async function catchUp(call: EventCall, { channel, ts }: At): Promise<void> {
  const now = await call.messages.read(channel, ts)
  if (!now) return followDeletion(call.ctx, { channel, ts })
  await followEdit(call.ctx, now)
}

async function reactionRemoved(call: EventCall): Promise<void> {
  const at = markedMessage(call)
  const { person } = call
  if (at && person?.constituency && person.closedAt === null) await takeBackQuote(call.ctx, at)
}

/** The message that was marked with the mission's record emoji. */
function markedMessage({ event, ctx }: EventCall): At | null {
  const { reaction, item } = event as unknown as {
    reaction?: string
    item?: { type?: string; channel?: string; ts?: string }
  }
  const isMark = reaction?.split('::')[0] === ctx.mission.recordEmoji
  if (!isMark || item?.type !== 'message' || !item.channel || !item.ts) return null
  return { channel: item.channel, ts: item.ts }
}

/** A mark taken away before it was worked off puts nothing on record. */
function stillMarked({ ctx }: EventCall, message: WrittenMessage, userId: string): boolean {
  const mark = message.reactions.find(({ name }) => name.split('::')[0] === ctx.mission.recordEmoji)
  return mark !== undefined && (mark.users.includes(userId) || mark.count > mark.users.length)
}

interface MessageEvent {
  subtype?: string
  channel?: string
  deleted_ts?: string
  message?: { ts?: string; text?: string; edited?: { ts?: string } }
}

/** A message that stands on a record was edited or deleted. */
async function messageChanged(call: EventCall): Promise<void> {
  const { subtype, channel = '', message, deleted_ts: deleted } = call.event as unknown as MessageEvent
  if (subtype === 'message_deleted' && deleted) return followDeletion(call.ctx, { channel, ts: deleted })
  if (subtype !== 'message_changed' || !message?.ts) return
  const { ts, text = '', edited } = message
  await followEdit(call.ctx, { channel, ts, text, editedTs: edited?.ts ?? null })
}

export const quoteFamily: Family = {
  shortcuts: { 'quote.add': addPicked },
  views: { 'quote.add': addSubmitted },
  options: { 'quote.record': recordOptions },
  actions: { 'quote.yes': yesPressed, 'quote.no': noPressed, 'quote.take_back': takeBackPressed },
  events: {
    reaction_added: reactionAdded,
    reaction_removed: reactionRemoved,
    message: messageChanged,
    [QUOTE_WANTED]: quoteWanted,
  },
}
