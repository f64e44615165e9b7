import { useSyncExternalStore } from 'react'

/** Where in the workspace the reader is: `#channel`, `#channel/home`, `#channel/ts`, `#channel/ts/thread`. */
export interface Route {
  channel?: string
  /** A message to show and mark, or the parent of the open thread. */
  ts?: string
  thread: boolean
  home: boolean
}

/** Reads a route from a location hash. */
export function parseRoute(hash: string): Route {
  const [channel, second, third] = hash.replace(/^#/, '').split('/').map(decodeURIComponent)
  return {
    channel: channel || undefined,
    ts: second && second !== 'home' ? second : undefined,
    thread: third === 'thread',
    home: second === 'home',
  }
}

export const channelHref = (channel: string) => `#${channel}`
export const homeHref = (channel: string) => `#${channel}/home`
export const messageHref = (channel: string, ts: string) => `#${channel}/${ts}`
export const threadHref = (channel: string, ts: string) => `#${channel}/${ts}/thread`

/** Finds the channel and time stamp in a Slack permalink (`…/archives/C…/p…`), or undefined for another link. */
export function parsePermalink(url: string): { channel: string; ts: string; threadTs?: string } | undefined {
  const found = /\/archives\/([A-Z0-9]+)\/p(\d{10,})(\d{6})/.exec(url)
  if (!found) return undefined
  const threadTs = /[?&]thread_ts=([\d.]+)/.exec(url)?.[1]
  return { channel: found[1]!, ts: `${found[2]}.${found[3]}`, threadTs }
}

export function go(href: string): void {
  location.hash = href
}

const subscribe = (notify: () => void) => {
  addEventListener('hashchange', notify)
  return () => removeEventListener('hashchange', notify)
}

/** The current hash, followed as it changes. */
export function useHash(): string {
  return useSyncExternalStore(subscribe, () => location.hash)
}
