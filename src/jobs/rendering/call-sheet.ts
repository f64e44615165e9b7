import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Reader } from '../../domain/sharing.ts'
import type { Locales, Words } from '../../locales/index.ts'
import { channelReader, personReader } from '../../operations/channel.ts'
import type { Ctx } from '../../operations/context.ts'
import { CALL_SHEET, KEPT, readCallSheet } from '../../operations/duty/call-sheet.ts'
import { callSheetAlt, callSheetName, callSheetPdf, callSheetText } from '../../views/duty/call-sheet.ts'
import type { Delivery, Renderer } from '../contract.ts'

/** Where the call sheets of a data folder are kept. */
export const CALL_SHEETS = 'call-sheets'

/**
 * A call sheet as whoever reads it may see it, in their language; for the disk one in each language of the mission,
 * where somebody with a printer finds them while the bot is down.
 */
export function callSheetRenderer(locales: Locales): Renderer {
  return async (ctx, entry): Promise<Delivery> => {
    if (entry.target === KEPT) {
      await keep(ctx, locales)
      return { do: 'drop', code: 'kept' }
    }
    const to = await audience(ctx, locales, entry.target)
    if (!to) return { do: 'drop', code: 'gone' }
    const view = { words: to.words, mission: ctx.mission, now: ctx.clock.now() }
    const sheet = await readCallSheet(ctx, to.reader)
    const name = callSheetName(view)
    return {
      do: 'file',
      recordId: CALL_SHEET,
      file: {
        name,
        title: name,
        bytes: await callSheetPdf(view, sheet),
        altText: callSheetAlt(view, sheet),
        text: callSheetText(view, sheet),
      },
    }
  }
}

/** Each file is whole or the former one: written beside it and moved into its place. */
async function keep(ctx: Ctx, locales: Locales): Promise<void> {
  const folder = join(dirname(ctx.store.path), CALL_SHEETS)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const sheet = await readCallSheet(ctx, null)
  const names = []
  for (const language of ctx.mission.languages) {
    const view = { words: locales.words(language), mission: ctx.mission, now: ctx.clock.now() }
    const name = callSheetName(view)
    names.push(name)
    const file = join(folder, name)
    await writeFile(`${file}.new`, await callSheetPdf(view, sheet), { mode: 0o600 })
    await rename(`${file}.new`, file)
  }
  for (const name of await readdir(folder)) if (!names.includes(name)) await rm(join(folder, name))
}

async function audience(
  ctx: Ctx,
  locales: Locales,
  target: string,
): Promise<{ reader: Reader; words: Words } | null> {
  const { read } = ctx.store
  const now = ctx.clock.now()
  if (target.startsWith('person:')) {
    const person = await read.people.byId(target.slice('person:'.length))
    return (
      person && {
        reader: await personReader(read, person, now),
        words: locales.words(person.locale, person.zone),
      }
    )
  }
  const channel = await read.channels.byId(target)
  return (
    channel && { reader: await channelReader(read, channel, now), words: locales.words(channel.language) }
  )
}
