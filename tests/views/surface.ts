import { resolve } from 'node:path'
import { expect } from 'vitest'
import { checkSurface } from '../../blockkit/index.ts'
import { loadMission } from '../../src/config.ts'
import { createLocales } from '../../src/locales/index.ts'
import type { Rendered } from '../../src/ports.ts'
import type { ViewContext } from '../../src/views/context.ts'
import { MINUTE, RAISED_AT } from '../support/alert-facts.ts'

export const mission = await loadMission(resolve('missions/ombara.yaml'))
export const LANGUAGES = ['en', 'fr'] as const
const locales = createLocales(mission.zone, LANGUAGES)

/** A reader's view, so many minutes after the alert was raised. */
export const viewIn = (language: string, minutes = 5): ViewContext => ({
  words: locales.words(language),
  mission,
  now: RAISED_AT + minutes * MINUTE,
})

/** Every text a payload shows: those with mark-up, and those without. */
export function textsOf(payload: unknown): { mrkdwn: string[]; plain: string[] } {
  const found = { mrkdwn: [] as string[], plain: [] as string[] }
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const { type, text } = value as { type?: unknown; text?: unknown }
    if (type === 'mrkdwn') found.mrkdwn.push(String(text))
    if (type === 'plain_text') found.plain.push(String(text))
    Object.values(value).forEach(visit)
  }
  visit(payload)
  return found
}

/** The bot's own signs; a person may write whatever signs they like. */
const sign = /🔴|🟠|🟡|🔵|⚪️|⚫️|✅|🚶|👁️|⏸️|📍|⏰|⏳|⬆️|❗|👉|⚠️|🆘|🆕|✏️/u
const hole = /\bundefined\b|\bNaN\b|\[object/

/** What holds for everything shown: words beside every sign, no gap left open. */
function expectReadable(texts: readonly string[]): void {
  for (const text of texts) {
    for (const line of text.split('\n'))
      if (sign.test(line)) expect(line, 'words beside the sign').toMatch(/\p{L}{2}/u)
    expect(text).not.toMatch(hole)
  }
}

/** A message as Slack takes it, with a text that says it all to who cannot see the blocks. */
export function expectMessage(message: Rendered | null): Rendered {
  if (!message) throw new Error('nothing was rendered')
  expect(checkSurface('message', { ...message }, { margin: true })).toEqual([])
  const { mrkdwn, plain } = textsOf(message.blocks)
  expectReadable([message.text, ...mrkdwn, ...plain])
  expect([...JSON.stringify(message.blocks ?? [])].length).toBeLessThan(12_000)
  expect([...message.text].length).toBeLessThanOrEqual(4_000)
  return message
}

/** A view as Slack takes it, with a title and buttons that were not cut. */
export function expectView<V extends { type: string } & object>(view: V): V {
  expect(checkSurface(view.type as 'modal' | 'home', { view })).toEqual([])
  const { mrkdwn, plain } = textsOf(view)
  expectReadable([...mrkdwn, ...plain])
  for (const field of ['title', 'submit', 'close'] as const) {
    const text = (view as Record<string, { text: string } | undefined>)[field]?.text
    if (text) expect(text, field).not.toMatch(/…$/)
  }
  return view
}

/** Who a mrkdwn text mentions; fails on any other mark-up of Slack's. */
export function mentionsIn(texts: readonly string[]): string[] {
  return texts.flatMap(text => {
    const marks = text.match(/<[^>]*>?/g) ?? []
    for (const mark of marks) expect(mark).toMatch(/^<@U[A-Z0-9]+>$/)
    expect(text).not.toMatch(/(?<![\p{L}\p{N}])@(?:here|channel|everyone|group)(?![\p{L}\p{N}])/iu)
    return marks
  })
}

/** Every text of a message that Slack reads mark-up in. */
export const obeyed = (message: Rendered): string[] => [message.text, ...textsOf(message.blocks).mrkdwn]
