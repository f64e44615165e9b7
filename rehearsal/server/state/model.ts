import type { Json } from '../json.ts'

export interface Team {
  id: string
  name: string
  domain: string
}

export interface User {
  id: string
  teamId: string
  handle: string
  name: string
  title: string
  email: string
  locale: string
  tz: string
  colour: string
  isBot: boolean
  isAdmin: boolean
  isGuest: boolean
  deleted: boolean
  /** The schedule by which the client holds notifications back, epoch ms. */
  doNotDisturb?: { from: number; to: number }
}

export type ChannelKind = 'public' | 'private' | 'im' | 'mpim'

export interface Channel {
  id: string
  name: string
  kind: ChannelKind
  topic: string
  purpose: string
  creator: string
  /** Seconds since the epoch. */
  created: number
  archived: boolean
  /** The second workspaces of a Slack Connect channel. */
  sharedWith: string[]
  members: Set<string>
  /** Per person, the ts up to which they have read. */
  lastRead: Map<string, string>
}

export interface Metadata {
  event_type: string
  event_payload: Json
}

export interface Message {
  channel: string
  ts: string
  threadTs?: string
  user: string
  fromApp: boolean
  text: string
  blocks?: Json[]
  attachments?: Json[]
  fileIds?: string[]
  metadata?: Metadata
  edited?: { user: string; ts: string }
  ephemeralFor?: string
  subtype?: string
  username?: string
  iconEmoji?: string
  clientMsgId?: string
  reactions: Map<string, Set<string>>
  pinnedBy?: string
}

export interface View {
  id: string
  hash: string
  user: string
  type: 'modal' | 'home'
  /** As the app gave it, with the block and action ids Slack adds. */
  payload: Json
  state: Record<string, Record<string, Json>>
  rootViewId: string
  previousViewId: string | null
  externalId: string
  errors?: Record<string, string>
  failure?: string
  /** Channel the interaction began in, for `default_to_current_conversation` and shared channels. */
  channel?: string
}

export interface StoredFile {
  id: string
  name: string
  title: string
  mimetype: string
  user: string
  size: number
  altText?: string
  bytes?: Uint8Array
  uploaded: boolean
  completed: boolean
  channels: Set<string>
  created: number
  uploadTicket: string
}
