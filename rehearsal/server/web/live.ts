import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Live } from '../../protocol.ts'
import type { Core } from '../core.ts'
import { commandHints, shortcutHints } from '../manifest.ts'
import type { Change } from '../state/changes.ts'
import { channelSummary, knows, messageSummary, openViews, sees } from './summary.ts'

/** The web pages that are open, each told what its person may see, as it happens. */
export class LivePages {
  #core: Core
  #server = new WebSocketServer({ noServer: true })
  #pages = new Map<WebSocket, string>()
  #stopWatching: () => void

  constructor(core: Core) {
    this.#core = core
    this.#stopWatching = core.state.changes.watch(change => {
      for (const [socket, user] of this.#pages) {
        for (const live of this.#told(user, change)) socket.send(JSON.stringify(live))
      }
    })
  }

  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer, user: string): void {
    if (!this.#core.state.users.has(user)) {
      stream.destroy()
      return
    }
    this.#server.handleUpgrade(request, stream, head, socket => {
      this.#pages.set(socket, user)
      socket.on('close', () => this.#pages.delete(socket))
      socket.on('error', () => socket.terminate())
    })
  }

  stop(): void {
    this.#stopWatching()
    for (const socket of this.#pages.keys()) socket.terminate()
    this.#server.close()
  }

  #told(user: string, change: Change): Live[] {
    const { state, manifest, link } = this.#core
    switch (change.type) {
      case 'message': {
        if (!sees(this.#core, user, change.message)) return []
        const channel = state.channels.get(change.message.channel)!
        return [
          { type: 'message', message: messageSummary(this.#core, change.message) },
          { type: 'channel', channel: channelSummary(this.#core, user, channel) },
        ]
      }
      case 'messageDeleted': {
        const mine = !change.ephemeralFor || change.ephemeralFor === user
        if (!mine || !state.channels.get(change.channel)?.members.has(user)) return []
        return [{ type: 'messageDeleted', channel: change.channel, ts: change.ts }]
      }
      case 'channel': {
        const channel = state.channels.get(change.channel)
        if (!channel || !knows(this.#core, user, channel))
          return [{ type: 'channelGone', channel: change.channel }]
        return [{ type: 'channel', channel: channelSummary(this.#core, user, channel) }]
      }
      case 'views':
        return change.user === user ? [{ type: 'views', views: openViews(this.#core, user) }] : []
      case 'home': {
        const home = state.homes.get(user)
        return change.user === user && home ? [{ type: 'home', home: home.payload }] : []
      }
      case 'app':
        return [{ type: 'app', connected: link.connection !== 'none', connection: link.connection }]
      case 'commands':
        if (state.isExternal(user)) return []
        return [{ type: 'commands', commands: commandHints(manifest), shortcuts: shortcutHints(manifest) }]
      default:
        return []
    }
  }
}
