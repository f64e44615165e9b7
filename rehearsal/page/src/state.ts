import type { Live, MessageSummary, Snapshot } from '../../protocol.ts'

/** What the page knows: the workspace as this person sees it, and whether the line to it is up. */
export interface Model {
  snapshot: Snapshot
  link: 'connecting' | 'live' | 'lost'
}

export type Change =
  | { kind: 'loaded'; snapshot: Snapshot }
  | { kind: 'live'; message: Live }
  | { kind: 'link'; link: Model['link'] }

/** Adds or replaces a message, keeping the channel's messages in order of time. */
function upsertMessage(messages: MessageSummary[], message: MessageSummary): MessageSummary[] {
  const rest = messages.filter(each => each.ts !== message.ts)
  const after = rest.findIndex(each => each.ts > message.ts)
  return after === -1 ? [...rest, message] : [...rest.slice(0, after), message, ...rest.slice(after)]
}

function withMessages(
  snapshot: Snapshot,
  channel: string,
  change: (messages: MessageSummary[]) => MessageSummary[],
): Snapshot {
  return {
    ...snapshot,
    messages: { ...snapshot.messages, [channel]: change(snapshot.messages[channel] ?? []) },
  }
}

function applyLive(snapshot: Snapshot, live: Live): Snapshot {
  switch (live.type) {
    case 'message':
      return withMessages(snapshot, live.message.channel, all => upsertMessage(all, live.message))
    case 'messageDeleted':
      return withMessages(snapshot, live.channel, all => all.filter(each => each.ts !== live.ts))
    case 'channel': {
      const known = snapshot.channels.some(each => each.id === live.channel.id)
      return {
        ...snapshot,
        channels: known
          ? snapshot.channels.map(each => (each.id === live.channel.id ? live.channel : each))
          : [...snapshot.channels, live.channel],
      }
    }
    case 'channelGone':
      return { ...snapshot, channels: snapshot.channels.filter(each => each.id !== live.channel) }
    case 'views':
      return { ...snapshot, views: live.views }
    case 'home':
      return { ...snapshot, home: live.home }
    case 'app':
      return {
        ...snapshot,
        app: { ...snapshot.app, connected: live.connected, connection: live.connection },
      }
    case 'commands':
      return { ...snapshot, commands: live.commands, shortcuts: live.shortcuts }
  }
}

/** A fresh snapshot keeps the ephemerals already on the page: they live until the page is loaded anew. */
function keepEphemerals(before: Snapshot, after: Snapshot): Snapshot {
  if (before.persona.id !== after.persona.id) return after
  const messages = { ...after.messages }
  for (const [channel, list] of Object.entries(before.messages)) {
    for (const message of list) {
      if (message.ephemeralFor) messages[channel] = upsertMessage(messages[channel] ?? [], message)
    }
  }
  return { ...after, messages }
}

/** Applies one change to the model; null until the first snapshot has come. */
export function reduce(model: Model | null, change: Change): Model | null {
  switch (change.kind) {
    case 'loaded':
      return {
        snapshot: model ? keepEphemerals(model.snapshot, change.snapshot) : change.snapshot,
        link: model?.link ?? 'connecting',
      }
    case 'live':
      return model && { ...model, snapshot: applyLive(model.snapshot, change.message) }
    case 'link':
      return model && { ...model, link: change.link }
  }
}
