/**
 * What the local workspace tells its web page and its test driver about itself, and what they may ask of it.
 * This is not Slack's protocol: it stands for the Slack client in a person's hands. The app under rehearsal
 * never speaks it.
 *
 * Transport: `GET /workspace/snapshot?persona=U…`, `POST /workspace/act` (body: {@link Act}, answer:
 * {@link ActResult}) and a WebSocket at `/workspace/live?persona=U…` that sends {@link Live} messages as JSON.
 */

/** One of the people a newcomer may play. `strangerTo` lists workspaces whose app commands they cannot run. */
export interface Persona {
  id: string
  teamId: string
  teamName: string
  handle: string
  name: string
  title: string
  locale: string
  tz: string
  colour: string
  /** True where this person belongs to another workspace than the one the app is installed in. */
  external: boolean
}

export interface ChannelSummary {
  id: string
  name: string
  kind: 'public' | 'private' | 'im' | 'mpim'
  topic: string
  /** True for a channel shared with a second workspace (Slack Connect). */
  shared: boolean
  isMember: boolean
  memberIds: string[]
  /** For a direct message: the other side's user id (the app's bot user or a person). */
  with?: string
  unread: number
  mentions: number
}

export interface FileSummary {
  id: string
  name: string
  title: string
  mimetype: string
  size: number
  altText?: string
  /** Path on this server from which the bytes are read. */
  url: string
}

export interface MessageSummary {
  channel: string
  ts: string
  threadTs?: string
  /** The author's user id; the app's messages carry its bot user id. */
  user: string
  fromApp: boolean
  text: string
  blocks?: unknown[]
  attachments?: unknown[]
  files?: FileSummary[]
  metadata?: { event_type: string; event_payload: Record<string, unknown> }
  edited?: string
  /** Set where only this person sees the message. It lives until the page is loaded anew, as in Slack. */
  ephemeralFor?: string
  subtype?: string
  pinned?: boolean
  reactions?: { name: string; users: string[] }[]
  replyCount?: number
  latestReply?: string
}

/** One modal on a person's stack, as given to views.open/push/update, with the errors last answered. */
export interface OpenView {
  id: string
  hash: string
  view: Record<string, unknown>
  /** block_id to sentence, after `response_action: errors`. */
  errors?: Record<string, string>
  /** A sentence of the client's own, as when the app did not answer within three seconds. */
  failure?: string
}

export interface CommandHint {
  command: string
  description: string
  usageHint?: string
}
export interface ShortcutHint {
  name: string
  type: 'global' | 'message'
  callbackId: string
  description: string
}

export interface Snapshot {
  persona: Persona
  personas: Persona[]
  app: { name: string; botUserId: string; connected: boolean; connection: 'http' | 'socket' | 'none' }
  users: Record<string, { name: string; handle: string; teamName: string; colour: string; isBot: boolean }>
  channels: ChannelSummary[]
  /** Keyed by channel id: top-level and thread messages this person can see, oldest first. */
  messages: Record<string, MessageSummary[]>
  views: OpenView[]
  home?: Record<string, unknown>
  commands: CommandHint[]
  shortcuts: ShortcutHint[]
}

/** State of one input, in the shape Slack sends it in `view.state.values` and `state.values`. */
export type InputState = Record<string, unknown>
export type StateValues = Record<string, Record<string, InputState>>

export type Surface =
  | { kind: 'message'; channel: string; ts: string }
  | { kind: 'view'; viewId: string }
  | { kind: 'home' }

export type Act = { persona: string } & (
  | { do: 'say'; channel: string; text: string; threadTs?: string }
  | { do: 'edit'; channel: string; ts: string; text: string }
  | { do: 'delete'; channel: string; ts: string }
  /** `text` is the whole line, such as "/poc-alert armed men". */
  | { do: 'command'; channel: string; text: string }
  /**
   * `action` is the element's part of Slack's payload: `{type, action_id, block_id, value}` for a button,
   * `{type, action_id, block_id, selected_option}` for a select, and so on. `state` is the surface's whole state.
   */
  | { do: 'blockAction'; surface: Surface; action: Record<string, unknown>; state?: StateValues }
  | { do: 'submitView'; viewId: string; state: StateValues }
  | { do: 'closeView'; viewId: string; all?: boolean }
  | { do: 'options'; surface: Surface; actionId: string; blockId: string; value: string }
  | { do: 'shortcut'; callbackId: string; channel?: string; ts?: string }
  | { do: 'openHome' }
  | { do: 'openDirect'; user: string }
  | { do: 'join'; channel: string }
  | { do: 'leave'; channel: string }
  | { do: 'invite'; channel: string; user: string }
  | { do: 'react'; channel: string; ts: string; name: string }
  | { do: 'unreact'; channel: string; ts: string; name: string }
  | { do: 'markRead'; channel: string }
)

/**
 * `ok: false` is what Slack's client would show the person: `failure` is a sentence ("/poc-alert failed because
 * the app did not respond"), `code` a stable word for tests: `dispatch_failed`, `operation_timeout`,
 * `invalid_command`, `not_in_channel`, `not_allowed`, `unknown`. `errors` are a modal's field errors.
 */
export interface ActResult {
  ok: boolean
  code?: string
  failure?: string
  errors?: Record<string, string>
  /** For `options`. */
  options?: unknown[]
  optionGroups?: unknown[]
  /** For `say`, the message; for `openDirect`, the channel. */
  ts?: string
  channel?: string
}

export type Live =
  | { type: 'message'; message: MessageSummary }
  | { type: 'messageDeleted'; channel: string; ts: string }
  | { type: 'channel'; channel: ChannelSummary }
  | { type: 'channelGone'; channel: string }
  | { type: 'views'; views: OpenView[] }
  | { type: 'home'; home: Record<string, unknown> }
  | { type: 'app'; connected: boolean; connection: 'http' | 'socket' | 'none' }
  | { type: 'commands'; commands: CommandHint[]; shortcuts: ShortcutHint[] }
