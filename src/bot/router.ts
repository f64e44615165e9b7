import { escapeMrkdwn } from '../../blockkit/index.ts'
import { TocsinError } from '../errors.ts'
import type { Call, Handlers, Ui, ViewAnswer } from '../handlers/contract.ts'
import type { Locales, Words } from '../locales/index.ts'
import type { Services } from '../operations/context.ts'
import { section } from '../views/blocks.ts'
import { joinActions } from '../views/registration.ts'
import { type Acknowledgement, type Answer, acknowledgeOnce } from './acknowledgement.ts'
import type { Acting, Actors } from './actors.ts'
import { actionPart, keyOf, placeOf, pressOf, shortcutPart, viewPart } from './calls.ts'
import type { Metrics } from './metrics.ts'
import { actedBy, type Payload } from './payload.ts'
import { cameTooLate, refusalSentence } from './refusal.ts'
import { createSeen } from './seen.ts'
import { createUi, type UiDeps } from './ui.ts'
import { asFilledIn, isInputBlock, withBanner } from './view-state.ts'

export type Interactive = Exclude<Payload, { kind: 'event' }>
/** How the transport answers one request. */
export type Transport = (answer: Answer) => Promise<void>

export interface RouterDeps {
  services: Services
  handlers: Handlers
  actors: Actors
  locales: Locales
  metrics: Metrics
  ui: UiDeps
  look: Call['look']
  messages: Call['messages']
  homeTeam: string
}

export interface Router {
  /** Attends to one press, command or submission. Never rejects; resolves when everything it caused is done. */
  attend(payload: Interactive, transport: Transport): Promise<void>
}

/** An answer may be a whole modal: so many, for Slack repeats a press within seconds or not at all. */
const REMEMBER_PRESSES = { forMs: 10 * 60_000, atMost: 2_000 }

/** Finds the handler, says who acts and in which language, answers exactly once, and turns refusals into words. */
export function createRouter(deps: RouterDeps): Router {
  const { services, actors, locales, metrics } = deps
  const { clock, ids, log, mission } = services
  const tables = tablesOf(deps.handlers)
  const presses = createSeen<Promise<Answer>>(REMEMBER_PRESSES)
  const help = `/${mission.commandPrefix}`

  return {
    async attend(payload, transport) {
      const { kind } = payload
      const begun = performance.now()
      const ack = acknowledgeOnce(
        async answer => {
          metrics.acknowledged(kind, performance.now() - begun)
          await transport(answer).catch(error =>
            log.warn({ kind, err: error }, 'an answer did not reach Slack'),
          )
        },
        () => log.error({ kind, key: nameOf(payload) }, 'a second answer was given and is lost'),
      )
      const press = pressOf(payload)
      const before = press === undefined ? undefined : presses.get(press, clock.now())
      if (before) {
        metrics.repeated(kind)
        await ack.send(await before)
        return
      }
      if (press !== undefined) presses.put(press, ack.answer, clock.now())
      const done = await serve(payload, ack)
      // What was refused had no effect: the person may correct it, or simply try again, with the same view and hash.
      const sentBack = (await ack.answer)?.response_action === 'errors'
      if (press !== undefined && (!done || sentBack)) presses.forget(press)
    },
  }

  /** False when it was refused. */
  async function serve(payload: Interactive, ack: Acknowledgement): Promise<boolean> {
    const { teamId, userId } = actedBy(payload)
    const place = placeOf(payload, userId)
    let words = locales.words()
    let ui = createUi(deps.ui, place, ack, words)
    let unconfirmed = false
    try {
      const acting = await actors.identify(teamId, userId)
      unconfirmed = acting.person.constituency === null
      words = locales.words(acting.person.locale, acting.person.zone)
      ui = createUi(deps.ui, place, ack, words)
      if (acting.person.closedAt !== null && !isJoining(payload)) throw new TocsinError('access_closed')
      const slack = { teamId, userId, channelId: place.channelId }
      const call = {
        ctx: contextOf(acting),
        person: acting.person,
        words,
        ui,
        ack: () => ack.send(),
        look: deps.look,
        messages: deps.messages,
        homeTeam: deps.homeTeam,
        wordsOf: (person: { locale: string | null; zone: string | null }) =>
          locales.words(person.locale, person.zone),
        slack,
      }
      await ack.send(await handle(payload, call))
      return true
    } catch (error) {
      await refuse(payload, ack, error, words, ui, unconfirmed)
      return false
    }
  }

  function contextOf({ person, roles }: Acting): Call['ctx'] {
    return { ...services, actor: { kind: 'person', person, roles } }
  }

  async function handle(payload: Interactive, call: Call): Promise<Answer> {
    switch (payload.kind) {
      case 'command': {
        const { command, text, channel_id: channelId } = payload.body
        const handler = tables.commands.get(commandName(command, mission.commandPrefix))
        if (!handler) return void (await tell(call, call.words.t('bot.unknown.command', { command, help })))
        await handler({ ...call, text: text.trim(), channelId })
        return undefined
      }
      case 'action': {
        const part = actionPart(payload.body)
        const handler = tables.actions.get(keyOf(part.actionId))
        if (handler) await handler({ ...call, ...part })
        // A link is a button too: Slack opens it and only wants to be answered.
        else if (!payload.body.actions[0]?.url) await tell(call, call.words.t('bot.unknown.action', { help }))
        return undefined
      }
      case 'view': {
        const part = viewPart(payload.body)
        const handler = tables.views.get(part.callbackId)
        const { view } = payload.body
        if (handler)
          return answerOf(
            await handler({ ...call, ...part, asFilledIn: () => asFilledIn(view, part.values) }),
          )
        return {
          response_action: 'update',
          view: withBanner(view, part.values, call.words.t('bot.unknown.view', { help })),
        }
      }
      case 'closed': {
        const part = viewPart(payload.body)
        const { view } = payload.body
        const asLeft = () => asFilledIn(view, part.values)
        await tables.closed.get(part.callbackId)?.({ ...call, ...part, asFilledIn: asLeft })
        return undefined
      }
      case 'options': {
        const { action_id: actionId, block_id: blockId, value, view } = payload.body
        const handler = tables.options.get(keyOf(actionId))
        const values = (view?.state?.values ?? {}) as never
        const asked = {
          actionId,
          blockId,
          query: value,
          privateMetadata: view?.private_metadata ?? '',
          values,
        }
        return { options: (handler ? await handler({ ...call, ...asked }) : []).map(optionOf) }
      }
      case 'shortcut': {
        const part = shortcutPart(payload.body)
        const handler = tables.shortcuts.get(part.callbackId)
        if (handler) await handler({ ...call, ...part })
        else await tell(call, call.words.t('bot.unknown.shortcut', { help }))
        return undefined
      }
    }
  }

  /** Says why not: in the modal that was submitted, else privately. */
  async function refuse(
    payload: Interactive,
    ack: Acknowledgement,
    error: unknown,
    words: Words,
    ui: Ui,
    unconfirmed: boolean,
  ): Promise<void> {
    const sentence = sentenceOf(payload, error, words)
    if (payload.kind === 'options' || payload.kind === 'closed') {
      await ack.send(payload.kind === 'options' ? { options: [] } : undefined)
      return
    }
    if (payload.kind === 'view' && !ack.sent) {
      const { view } = payload.body
      const field = error instanceof TocsinError ? error.field : undefined
      await ack.send(
        field !== undefined && isInputBlock(view, field)
          ? { response_action: 'errors', errors: { [field]: sentence } }
          : { response_action: 'update', view: withBanner(view, viewPart(payload.body).values, sentence) },
      )
      return
    }
    const said = plain(sentence)
    await ui.tell(unconfirmed ? { ...said, blocks: [section(said.text), joinActions({ words })] } : said)
    await ack.send()
  }

  function sentenceOf(payload: Interactive, error: unknown, words: Words): string {
    const naming = { mission, has: locales.has }
    const { kind } = payload
    if (error instanceof TocsinError) {
      metrics.refused(kind, error.code)
      const fields = { kind, key: nameOf(payload), code: error.code }
      if (error.kind === 'failure') log.error({ ...fields, err: error.cause }, 'refused')
      else log.info(fields, 'refused')
      return refusalSentence(error, words, naming)
    }
    if (cameTooLate(error)) {
      metrics.refused(kind, 'too_late')
      log.warn({ kind, key: nameOf(payload) }, 'Slack says that this came too late')
      return words.t('bot.too_late')
    }
    const reference = ids.salt(4)
    metrics.refused(kind, 'unexpected')
    log.error({ kind, key: nameOf(payload), reference, err: error }, 'a handler failed')
    return refusalSentence(new TocsinError('unexpected', { details: { reference } }), words, naming)
  }
}

/** What somebody whose access was closed may still do: ask their side to let them in anew. */
function isJoining(payload: Interactive): boolean {
  if (payload.kind === 'command') return /^(join|me)\b/i.test(payload.body.text.trim())
  return /^registration\.(join|location|asked)$/.test(nameOf(payload))
}

function tell(call: Call, sentence: string): Promise<void> {
  return call.ui.tell(plain(sentence))
}

/** A sentence as a message: shown, not obeyed, whatever words of a person it quotes. */
function plain(sentence: string): { text: string } {
  return { text: escapeMrkdwn(sentence) }
}

function tablesOf(handlers: Handlers) {
  const table = <T>(record: Record<string, T>) => new Map(Object.entries(record))
  return {
    commands: table(handlers.commands),
    actions: table(handlers.actions),
    views: table(handlers.views),
    closed: table(handlers.closed),
    options: table(handlers.options),
    shortcuts: table(handlers.shortcuts),
  }
}

/** The command's name without the mission's prefix: '' for the bare one; another app's as it stands. */
export function commandName(command: string, prefix: string): string {
  if (command === `/${prefix}`) return ''
  return command.startsWith(`/${prefix}-`) ? command.slice(prefix.length + 2) : command
}

function answerOf(answer: ViewAnswer): Answer {
  if (answer === undefined) return undefined
  if ('errors' in answer) return { response_action: 'errors', errors: answer.errors }
  if ('update' in answer) return { response_action: 'update', view: answer.update }
  if ('push' in answer) return { response_action: 'push', view: answer.push }
  return { response_action: 'clear' }
}

function optionOf({ text, value, description }: { text: string; value: string; description?: string }) {
  const words = (said: string) => ({ type: 'plain_text', text: said })
  return { text: words(text), value, ...(description ? { description: words(description) } : {}) }
}

/** What was called, for the log: an id of ours, never a person's words. */
function nameOf(payload: Interactive): string {
  switch (payload.kind) {
    case 'command':
      return payload.body.command
    case 'action':
      return keyOf(payload.body.actions[0]?.action_id ?? '')
    case 'options':
      return keyOf(payload.body.action_id)
    case 'shortcut':
      return payload.body.callback_id
    default:
      return payload.body.view.callback_id
  }
}
