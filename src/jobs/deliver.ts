import { checkSurface } from '../../blockkit/index.ts'
import type { Ctx } from '../operations/context.ts'
import { DeliveryError, type Messenger, type Posted, type Rendered, type Sms } from '../ports.ts'
import { backoff, GIVE_UP_ATTEMPTS, GIVE_UP_MS } from './backoff.ts'
import type { Delivery, Following, OutboxEntry, Renderer } from './contract.ts'
import type { Lanes } from './lanes.ts'

/** What became of one attempt, to be recorded. */
export type Outcome =
  | { is: 'sent'; posted: Posted; holds?: string[]; cardOf?: string; pin?: boolean; follows?: Following }
  | { is: 'done'; at: Posted; removed: boolean }
  | { is: 'texted'; at: Posted; textId: string | undefined }
  | { is: 'later'; at: number; code: string }
  | { is: 'parked'; code: string }
  | { is: 'dropped'; code: string }

export interface DeliverOptions {
  ctx: Ctx
  messenger: Messenger
  /** Absent: no text message leaves. */
  sms?: Sms | undefined
  renderers: Record<string, Renderer>
  lanes: Lanes
  /** 0 to 1, for the spread of repeated attempts. */
  chance(): number
}

/**
 * One attempt at an entry.
 * @param mayStand an earlier attempt may have posted it: look before posting
 */
export type Deliver = (entry: OutboxEntry, mayStand: boolean) => Promise<Outcome>

/** A message is looked for from an hour before its entry was made: this machine's clock and Slack's may differ. */
const LOOK_BACK_MS = 3_600_000

/**
 * Makes the delivery of one claimed entry: renders the record as it now is, checks the limits, posts or edits. Never
 * rejects and writes nothing about the entry: the outcome says what to record.
 */
export function createDeliver({ ctx, messenger, sms, renderers, lanes, chance }: DeliverOptions): Deliver {
  const { store, clock, log } = ctx
  const directs = new Map<string, string>()

  return async function deliver(entry, mayStand) {
    try {
      const renderer = renderers[entry.kind]
      if (!renderer) return { is: 'parked', code: 'no_renderer' }
      return await say(entry, await renderer(ctx, entry, clock.now() - entry.createdAt), mayStand)
    } catch (error) {
      return failed(entry, error)
    }
  }

  async function say(entry: OutboxEntry, delivery: Delivery, mayStand: boolean): Promise<Outcome> {
    if (delivery.do === 'drop') return { is: 'dropped', code: delivery.code }
    if (delivery.do === 'file') return file(entry, delivery)
    if (delivery.do === 'text') return text(entry, delivery)
    if (delivery.do === 'remove' || delivery.do === 'pin') return tend(entry, delivery.do, delivery.at)
    const { message } = delivery
    if (delivery.do === 'line') {
      const { holds = [entry.recordId], follows } = delivery
      const card = delivery.threadOf ? await store.read.cards.get(delivery.threadOf, entry.target) : null
      const thread = delivery.thread ?? card
      const refused = check(entry, message, 'chat.postMessage')
      if (refused) return refused
      const channel = thread ? thread.channel : await address(entry.target)
      const posted = await postOnce(entry, { ...message, channel, threadTs: thread?.ts }, mayStand)
      return { is: 'sent', posted: posted.at, holds, ...(follows ? { follows } : {}) }
    }
    const outcome = await card(entry, message, delivery.recordId, mayStand)
    if (outcome.is !== 'sent') return outcome
    const { holds = [entry.recordId], pinned = false } = delivery
    return { ...outcome, holds, ...(outcome.pin ? { pin: pinned } : {}) }
  }

  /** What a gateway took before a crash may be sent once more: twice is better than never. */
  async function text(
    entry: OutboxEntry,
    { to, text, textId }: Extract<Delivery, { do: 'text' }>,
  ): Promise<Outcome> {
    if (!sms) return { is: 'dropped', code: 'sms_no_gateway' }
    const { id } = await sms.send({ to, text, entryId: entry.id })
    return { is: 'texted', at: { channel: entry.target, ts: id }, textId }
  }

  /** Every file that stands of this record goes once the new one does, those of an attempt cut short too. */
  async function file(
    entry: OutboxEntry,
    { file, recordId }: Extract<Delivery, { do: 'file' }>,
  ): Promise<Outcome> {
    const { target } = entry
    const former = await store.read.files.at(recordId, target)
    const channel = await address(target)
    lanes.posted(target, clock.now())
    const { fileId } = await messenger.postFile({ ...file, channel }, id =>
      store.write(({ files }) => files.add({ fileId: id, recordId, target, postedAt: clock.now() })),
    )
    for (const old of former) await removeFile(entry, old.fileId)
    return { is: 'sent', posted: { channel, ts: fileId } }
  }

  /** One that cannot be removed now is tried again with the next. */
  async function removeFile(entry: OutboxEntry, fileId: string): Promise<void> {
    try {
      await messenger.deleteFile(fileId)
      await store.write(({ files }) => files.remove(fileId))
    } catch (error) {
      log.warn({ entry: entry.id, err: error }, 'a former file could not be removed')
    }
  }

  /** Something is done to a message that stands; at the pace of edits. */
  async function tend(entry: OutboxEntry, what: 'remove' | 'pin', at: Posted): Promise<Outcome> {
    const from = lanes.update(entry.id, entry.urgent, clock.now())
    if (from !== undefined) return { is: 'later', at: from, code: 'pace' }
    await messenger[what](at)
    return { is: 'done', at, removed: what === 'remove' }
  }

  async function card(
    entry: OutboxEntry,
    message: Rendered,
    recordId: string,
    mayStand: boolean,
  ): Promise<Outcome> {
    const refused = check(entry, message, 'chat.update')
    if (refused) return refused
    const standing = await store.read.cards.get(recordId, entry.target)
    if (standing) {
      const edited = await edit(entry, message, standing)
      if (edited) return edited
    }
    const channel = await address(entry.target)
    const posted = await postOnce(entry, { ...message, channel }, mayStand)
    // What is found was rendered before a crash, and the record may have moved on since.
    if (posted.found) await messenger.update({ ...message, ...posted.at, entryId: entry.id })
    return { is: 'sent', posted: posted.at, holds: [entry.recordId], cardOf: recordId, pin: true }
  }

  /** Edits a standing card; undefined when it stands no longer and must be posted anew. */
  async function edit(entry: OutboxEntry, message: Rendered, at: Posted): Promise<Outcome | undefined> {
    const from = lanes.update(entry.id, entry.urgent, clock.now())
    if (from !== undefined) return { is: 'later', at: from, code: 'pace' }
    try {
      const posted = await messenger.update({ ...message, channel: at.channel, ts: at.ts, entryId: entry.id })
      return { is: 'sent', posted, holds: [entry.recordId] }
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error
      if (error.code === 'message_not_found') return undefined
      if (error.code === 'ratelimited') lanes.slow(clock.now())
      throw error
    }
  }

  /** Posts, unless an attempt whose end nobody knows has posted it already. */
  async function postOnce(
    entry: OutboxEntry,
    message: Rendered & { channel: string; threadTs?: string },
    mayStand: boolean,
  ): Promise<{ at: Posted; found: boolean }> {
    const found = mayStand && (await look(entry, message.channel, message.threadTs))
    if (found) return { at: found, found: true }
    lanes.posted(entry.target, clock.now())
    try {
      return { at: await messenger.post({ ...message, entryId: entry.id }), found: false }
    } catch (error) {
      if (error instanceof DeliveryError && error.code === 'ratelimited')
        lanes.hold(entry.target, retryAt(entry, error))
      throw error
    }
  }

  /** Where the history may not be read, the warning goes out all the same. */
  async function look(
    entry: OutboxEntry,
    channel: string,
    threadTs: string | undefined,
  ): Promise<Posted | null> {
    try {
      return await messenger.findPosted(channel, entry.id, entry.createdAt - LOOK_BACK_MS, threadTs)
    } catch (error) {
      if (!(error instanceof DeliveryError) || error.kind === 'later') throw error
      log.warn({ entry: entry.id, code: error.code }, 'the channel cannot be searched for an earlier post')
      return null
    }
  }

  async function address(target: string): Promise<string> {
    if (!target.startsWith('person:')) return target
    const person = await store.read.people.byId(target.slice('person:'.length))
    if (!person) throw new DeliveryError('never', 'person_unknown')
    const known = directs.get(person.userId)
    if (known) return known
    const channel = await messenger.openDirect(person.userId)
    directs.set(person.userId, channel)
    return channel
  }

  function check(entry: OutboxEntry, message: Rendered, method: string): Outcome | undefined {
    const [problem] = checkSurface('message', { ...message }, { margin: true, method })
    if (!problem) return undefined
    log.error(
      { entry: entry.id, kind: entry.kind, code: problem.code, at: problem.pointer },
      'a message would be refused by Slack',
    )
    return { is: 'parked', code: problem.code }
  }

  function failed(entry: OutboxEntry, error: unknown): Outcome {
    const known = error instanceof DeliveryError
    if (!known)
      log.error({ entry: entry.id, kind: entry.kind, err: error }, 'a message could not be rendered')
    const code = known ? error.code : 'render_failed'
    if (known && error.kind === 'never') {
      directs.clear()
      return { is: 'parked', code }
    }
    const tried = entry.attempts >= GIVE_UP_ATTEMPTS && clock.now() - entry.createdAt > GIVE_UP_MS
    if (tried && code !== 'ratelimited') return { is: 'parked', code }
    return { is: 'later', at: retryAt(entry, known ? error : undefined), code }
  }

  function retryAt(entry: OutboxEntry, error: DeliveryError | undefined): number {
    return clock.now() + (error?.retryAfterMs ?? backoff(Math.max(1, entry.attempts), entry.urgent, chance()))
  }
}
