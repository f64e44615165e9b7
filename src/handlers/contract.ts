/**
 * What the router in `bot/` hands to a handler, and what a handler may do towards the person who acted. Handlers
 * hold no rules: they parse, call one operation and choose the view. The router acknowledges exactly once: at the
 * latest when the handler returns, and before the first call to `ui` (Slack counts three seconds).
 *
 * A handler that throws a `TocsinError` is answered by the router: next to the field in a modal, else privately,
 * in the person's language; anything else is logged and answered with `errors.unexpected`.
 */
import type { TocsinError } from '../errors.ts'
import type { Words } from '../locales/index.ts'
import type { Looked } from '../operations/channel/facts.ts'
import type { Ctx, Person } from '../operations/context.ts'
import type { Messages, Rendered } from '../ports.ts'
import type { Quiet } from '../views/duty/forms.ts'

/** A modal or home view in Block Kit. */
export type View = { type: 'modal' | 'home'; blocks: unknown[] } & Record<string, unknown>

/** What a handler may show to the person who acted, and to nobody else. */
export interface Ui {
  /** Opens a modal, or pushes it when the person acted inside one. Resolves with Slack's view id. */
  open(view: View): Promise<string>
  /** Replaces the modal the person acted in (or `viewId`), wherever it stands on the stack. */
  replace(view: View, viewId?: string): Promise<void>
  /** Says it in the modal the person is in, else as an ephemeral where they acted, else by direct message. */
  tell(message: Rendered): Promise<void>
  /** Whether Slack holds back the notifications of the person who acted; `unknown` where it does not say in time. */
  doNotDisturb(): Promise<Quiet>
}

export interface Call {
  ctx: Ctx
  person: Person
  /** Words, dates and numbers in the person's language and zone. */
  words: Words
  ui: Ui
  /** Acknowledges early, before slow work; harmless when repeated. */
  ack(): Promise<void>
  /**
   * Asks Slack now what a channel is, and stores who is in it; may take long.
   *
   * @throws TocsinError `channel_unreadable`.
   */
  look(channelId: string, teamId: string): Promise<Looked>
  slack: { teamId: string; userId: string; channelId: string | null }
  /** Messages of people in Slack. */
  messages: Messages
  /** The workspace the bot lives in: people of another are not reached by direct message. */
  homeTeam: string
  /** Words in another person's language and zone. */
  wordsOf(person: Pick<Person, 'locale' | 'zone'>): Words
}

export interface CommandCall extends Call {
  /** What follows the command, trimmed. */
  text: string
  channelId: string
}

/** One pressed button, chosen option or picked date. */
export interface ActionCall extends Call {
  actionId: string
  blockId: string
  /** A button's value, the chosen option's value, a picked date, or what was typed. */
  value: string
  /** Slack's state.values of the surface. */
  values: StateValues
  /** The message the press came from, where it was one. */
  message: { channel: string; ts: string; threadTs: string | null } | null
  /** The view it came from, where it was one. */
  view: {
    id: string
    hash: string
    callbackId: string
    privateMetadata: string
    type: 'modal' | 'home'
  } | null
}

export type StateValues = Record<string, Record<string, InputState>>
export interface InputState {
  type: string
  value?: string | null
  selected_option?: { value: string; text: { text: string } } | null
  selected_options?: { value: string; text: { text: string } }[]
  selected_date?: string | null
  selected_time?: string | null
  selected_date_time?: number | null
  selected_user?: string | null
  selected_users?: string[]
  selected_conversation?: string | null
  selected_conversations?: string[]
}

export interface ViewCall extends Call {
  viewId: string
  hash: string
  callbackId: string
  privateMetadata: string
  values: StateValues
  /** The modal as the person left it: nothing they typed is lost when it is shown again. */
  asFilledIn(): View
}

/** The modal's answer. Nothing: the modal closes. */
export type ViewAnswer =
  | undefined
  | { errors: Record<string, string> }
  | { update: View }
  | { push: View }
  | { clear: true }

export interface OptionsCall extends Call {
  actionId: string
  blockId: string
  /** What was typed so far. */
  query: string
  privateMetadata: string
  values: StateValues
}
export interface Option {
  text: string
  value: string
  description?: string
}

export interface ShortcutCall extends Call {
  callbackId: string
  message: { channel: string; ts: string; threadTs: string | null; text: string; userId: string } | null
}

export interface EventCall {
  /** Acts as the person the event names, where it names one. */
  ctx: Ctx
  event: Record<string, unknown> & { type: string }
  teamId: string
  person: Person | null
  words: Words
  messages: Messages
  homeTeam: string
  wordsOf(person: Pick<Person, 'locale' | 'zone'>): Words
  /** A refusal as one sentence in the person's language. */
  refusal(error: TocsinError): string
  /** Shows the person their App Home. */
  publishHome(view: View): Promise<void>
}

/** Every callback of the bot, by Slack's id. Commands are named without the mission's prefix (`alert`, '' for the bare one). */
export interface Handlers {
  commands: Record<string, (call: CommandCall) => Promise<void>>
  /** By action_id up to the first `:`, so that `alert.acknowledge:uniformed` finds `alert.acknowledge`. */
  actions: Record<string, (call: ActionCall) => Promise<void>>
  views: Record<string, (call: ViewCall) => Promise<ViewAnswer>>
  closed: Record<string, (call: ViewCall) => Promise<void>>
  options: Record<string, (call: OptionsCall) => Promise<Option[]>>
  shortcuts: Record<string, (call: ShortcutCall) => Promise<void>>
  events: Record<string, (call: EventCall) => Promise<void>>
}

/** The callbacks of one noun, as it hands them to `handlers/index.ts`. */
export type Family = Partial<Handlers> & {
  /** What the first word after `/poc` may ask for. */
  subcommands?: Record<string, (call: CommandCall) => Promise<void>>
}
