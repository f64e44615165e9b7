import type { DigestSection } from '../domain/digest.ts'
import type { Digest } from '../operations/digest.ts'
import type { Block, Rendered } from '../ports.ts'
import { actions, button, context, fitting, header, section } from './blocks.ts'
import type { ViewContext } from './context.ts'
import { lines, marks, spaced } from './digest/lines.ts'

/** Lines of one section in the first message; the rest stands in its thread. */
const LINES = 8
/** Characters of the sections of a message together as Slack counts them, and of one block. */
const ROOM = 9_500
const BLOCK_ROOM = 2_700
/** Parts of a thread; what would need more is counted and found with the command. */
const PARTS = 12

/** What a digest without a line says. */
const NOTHING = { daily: 'digest.nothing', weekly: 'digest.nothingWeek', own: 'digest.nothingOwn' } as const

/** A section with everything it tells. */
interface Told {
  key: DigestSection
  title: string
  lines: string[]
}

/**
 * A digest of one audience: what became of civilians first, then what is not done.
 *
 * @returns the message, and where it could not hold everything the whole of it, split at sections, for its thread.
 */
export function digestMessages(view: ViewContext, digest: Digest): { message: Rendered; whole: Rendered[] } {
  const told = toldIn(view, digest)
  const rooms = shares(
    told.map(each => size(each)),
    ROOM,
  )
  const shown = told.map((each, index) => cut(each, rooms[index] ?? 0))
  const all = shown.every((each, index) => each.lines.length === told[index]?.lines.length)
  return {
    message: headMessage(view, digest, told, shown),
    whole: all ? [] : wholeOf(view, digest, told),
  }
}

/** The message alone, for a place that has no thread. */
export const digestMessage = (view: ViewContext, digest: Digest): Rendered =>
  digestMessages(view, digest).message

/** What a digest tells, section by section, for a page that is no message; mrkdwn. */
export function digestText(
  view: ViewContext,
  digest: Digest,
): { titles: string[]; parts: { title: string; lines: string[] }[] } {
  const parts = toldIn(view, digest)
  return { titles: parts.map(({ title }) => title), parts }
}

function toldIn(view: ViewContext, { order, given }: Digest): Told[] {
  return order.flatMap(key => {
    const items = given[key] ?? []
    if (items.length === 0) return []
    const line = lines[key] as (view: ViewContext, item: unknown) => string
    return [
      {
        key,
        title: view.words.t(`digest.section.${key}`, { count: items.length }),
        lines: items.map(item => line(view, item)),
      },
    ]
  })
}

function headMessage(
  view: ViewContext,
  digest: Digest,
  told: readonly Told[],
  shown: readonly Told[],
): Rendered {
  const { t, dateTime, duration } = view.words
  const { window } = digest
  const title = titleOf(view, digest)
  const nothing = told.length === 0
  const nothingKey = NOTHING[digest.kind]
  const notes = [
    ...(digest.dueAt === null ? [] : [t('digest.late', { at: dateTime(digest.dueAt) })]),
    ...digest.outages.map(({ fromAt, toAt }) =>
      t('digest.away', { from: dateTime(fromAt), to: dateTime(toAt), for: duration(toAt - fromAt) }),
    ),
  ]
  const parts = shown.map((each, index) => {
    const more = (told[index]?.lines.length ?? 0) - each.lines.length
    const rest = more > 0 ? [t('digest.more', { count: more, prefix: view.mission.commandPrefix })] : []
    return section(textOf({ ...each, lines: [...each.lines, ...rest] }))
  })
  const blocks: Block[] = [
    header(title),
    ...(notes.length > 0 ? [context(...notes.map(text => `⚠️ ${text}`))] : []),
    ...(nothing ? [section(t(nothingKey))] : parts),
    // A partner of another workspace can run no command; here they find the way to raise an alert.
    actions('digest', [
      button(t('help.raiseButton'), 'alert.raise', 'digest'),
      ...(digest.kind === 'own' ? [button(t('settings.button'), 'settings.open', 'digest')] : []),
    ]),
    context(
      [
        ...(digest.quiet > 0 ? [t('digest.quiet', { count: digest.quiet })] : []),
        t('digest.window', { from: dateTime(window.from), to: dateTime(window.to) }),
      ].join(' · '),
    ),
  ]
  const counts = nothing
    ? t(nothingKey)
    : t('digest.summary', {
        sections: view.words.list(told.map(({ title }) => title)),
      })
  return { text: `${title}. ${notes.join(' ')}${notes.length > 0 ? ' ' : ''}${counts}`, blocks }
}

const titleOf = (view: ViewContext, { kind, window }: Digest): string =>
  view.words.t(`digest.title.${kind}`, {
    mission: view.mission.short,
    date: view.words.date(window.to),
    from: view.words.date(window.from),
  })

/** Everything, in messages that Slack takes: a new one at a section wherever one has room enough. */
function wholeOf(view: ViewContext, digest: Digest, told: readonly Told[]): Rendered[] {
  const pages: { blocks: Block[]; room: number }[] = []
  for (const each of told)
    for (const text of texts(each)) {
      const length = JSON.stringify(section(text)).length
      const last = pages.at(-1)
      if (last && last.room >= length && last.blocks.length < 45) {
        last.blocks.push(section(text))
        last.room -= length
      } else pages.push({ blocks: [section(text)], room: ROOM - length })
    }
  const shown = pages.slice(0, PARTS)
  return shown.map(({ blocks }, index) => {
    const text = view.words.t('digest.part', {
      title: titleOf(view, digest),
      part: index + 1,
      of: shown.length,
    })
    const left = index + 1 === PARTS && pages.length > PARTS
    return {
      text,
      blocks: [
        context(text),
        ...blocks,
        ...(left ? [context(view.words.t('digest.left', { prefix: view.mission.commandPrefix }))] : []),
      ],
    }
  })
}

/** A section in as many texts as Slack's blocks need, each under its title. */
function texts(told: Told): string[] {
  const found: string[] = []
  let rest = told.lines
  while (rest.length > 0) {
    const { shown } = fitting(rest, BLOCK_ROOM)
    found.push(textOf({ ...told, lines: shown }))
    rest = rest.slice(shown.length)
  }
  return found
}

const between = (key: DigestSection): string => (spaced.has(key) ? '\n\n' : '\n')
const textOf = ({ key, title, lines }: Told): string =>
  `*${marks[key]} ${title}*\n${lines.join(between(key))}`

/** What a section takes of a message, its frame and a line that counts the rest included. */
const size = (told: Told): number =>
  Math.min(BLOCK_ROOM, JSON.stringify(textOf({ ...told, lines: told.lines.slice(0, LINES) })).length) + 200

function cut(told: Told, room: number): Told {
  const left = Math.min(BLOCK_ROOM, room - 200) - JSON.stringify(told.title).length
  return { ...told, lines: fitting(told.lines.slice(0, LINES), left).shown }
}

/** Shares `room` out: whoever needs less than an even share gets all it needs, and the others what that leaves. */
function shares(needs: readonly number[], room: number): number[] {
  const given = needs.map(() => 0)
  let open = needs.map((_, index) => index)
  let left = room
  while (open.length > 0) {
    const even = Math.floor(left / open.length)
    const content = open.filter(index => (needs[index] ?? 0) <= even)
    for (const index of content.length > 0 ? content : open) {
      given[index] = content.length > 0 ? (needs[index] ?? 0) : even
      left -= given[index] ?? 0
    }
    open = content.length > 0 ? open.filter(index => !content.includes(index)) : []
  }
  return given
}
