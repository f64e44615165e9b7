import { isJson, type Json } from '../json.ts'
import type { Message } from '../state/model.ts'
import type { State } from '../state/state.ts'

/** Escapes the three characters Slack reserves. */
export const escapeMarkup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/**
 * Turns what a person types into Slack's markup: reserved characters escaped, `@handle`, `@here` and `#channel`
 * resolved, and mentions already in markup (`<@U…>`, `<#C…>`), as the composer inserts them, kept.
 */
export function typed(state: State, text: string): string {
  const kept: string[] = []
  const keep = (markup: string): string => `\uE000${kept.push(markup) - 1}\uE000`
  const held = text
    .replace(/<@([UW][A-Z0-9]+)(\|[^>]*)?>/g, (whole, id) => (state.users.has(id) ? keep(whole) : whole))
    .replace(/<#(C[A-Z0-9]+)(\|[^>]*)?>/g, (whole, id) => (state.channels.has(id) ? keep(whole) : whole))
  return resolveNames(
    state,
    escapeMarkup(held),
    id => `<@${id}>`,
    (id, name) => `<#${id}|${name}>`,
  )
    .replace(/(^|\s)@(here|channel|everyone)\b/g, '$1<!$2>')
    .replace(/\uE000(\d+)\uE000/g, (_, n) => kept[Number(n)]!)
}

/** A command's text with `should_escape`: people and channels as `<@U…|handle>` and `<#C…|name>`. */
export function escapedCommandText(state: State, text: string): string {
  const held = text.replace(/<@([UW][A-Z0-9]+)(\|[^>]*)?>/g, (whole, id) => {
    const user = state.users.get(id)
    return user ? `@${user.handle}` : whole
  })
  return resolveNames(
    state,
    escapeMarkup(held),
    (id, handle) => `<@${id}|${handle}>`,
    (id, name) => `<#${id}|${name}>`,
  )
}

function resolveNames(
  state: State,
  text: string,
  user: (id: string, handle: string) => string,
  channel: (id: string, name: string) => string,
): string {
  return text
    .replace(/(^|[\s(])@([a-z0-9][a-z0-9._-]*[a-z0-9])/g, (whole, before, handle) => {
      const found = [...state.users.values()].find(u => u.handle === handle)
      return found ? `${before}${user(found.id, handle)}` : whole
    })
    .replace(/(^|[\s(])#([a-z0-9][a-z0-9_-]*)/g, (whole, before, name) => {
      const found = [...state.channels.values()].find(c => c.name === name && c.kind !== 'im')
      return found ? `${before}${channel(found.id, name)}` : whole
    })
}

/** The rich text Slack makes of what a person types: words and mentions. */
export function richText(text: string, blockId: string): Json {
  const elements = text
    .split(/(<[@#!][^>]+>)/)
    .filter(part => part !== '')
    .map((part): Json => {
      const mention = /^<([@#!])([^|>]+)/.exec(part)
      if (!mention) return { type: 'text', text: unescapeMarkup(part) }
      if (mention[1] === '@') return { type: 'user', user_id: mention[2] }
      if (mention[1] === '#') return { type: 'channel', channel_id: mention[2] }
      return { type: 'broadcast', range: mention[2] }
    })
  return { type: 'rich_text', block_id: blockId, elements: [{ type: 'rich_text_section', elements }] }
}

export const unescapeMarkup = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/**
 * True where the message calls `user` by markup that Slack obeys: a mention of them or of everyone, in the
 * blocks if there are any, else in the text. Escaped markup and plain text call nobody.
 */
export function mentions(message: Message, user: string): boolean {
  const texts = message.blocks?.length ? liveTexts(message.blocks) : [message.text]
  const wanted = new RegExp(`<@${user}(\\|[^>]*)?>|<!(here|channel|everyone)(\\|[^>]*)?>`)
  return texts.some(text => wanted.test(text))
}

function liveTexts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(liveTexts)
  if (!isJson(value)) return []
  if ((value.type === 'mrkdwn' || value.type === 'markdown') && typeof value.text === 'string')
    return [value.text]
  if (value.type === 'user' && typeof value.user_id === 'string') return [`<@${value.user_id}>`]
  if (value.type === 'broadcast' && typeof value.range === 'string') return [`<!${value.range}>`]
  return Object.values(value).flatMap(liveTexts)
}
