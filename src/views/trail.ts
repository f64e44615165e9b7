import type { Look, RecordTrail, TrailActor, TrailEntry } from '../operations/trail.ts'
import type { Block } from '../ports.ts'
import { context, modal, said, section } from './blocks.ts'
import { role, type ViewContext } from './context.ts'

/** Lines of one section, and sections of a modal; the newest are shown where there are more. */
const LINES = 15
const SECTIONS = 60
/** Characters of one line, so that a section stays within Slack's 3,000. */
const LINE_MAX = 190

/** The timeline of a record, oldest first: kinds, codes, posts and times; the chain is checked while it is read. */
export function trailModal(view: ViewContext, trail: RecordTrail, chain: 'checking' | 'sound' | 'broken') {
  const { t } = view.words
  const lines = trail.entries.map(entry => entryLine(view, entry))
  return modal('trail.record', { title: trail.code, close: t('alert.modal.close') }, {}, [
    section(`${t('trail.events', { count: trail.entries.length })} ${t(`trail.chain.${chain}`)}`),
    ...inSections(view, lines),
    context(t('trail.noWords')),
  ])
}

/** Who was shown what, newest first. */
export function looksModal(view: ViewContext, looks: readonly Look[], code: string | null) {
  const { t } = view.words
  const lines = looks.map(look => lookLine(view, look))
  const intro = t(code === null ? 'trail.access.week' : 'trail.access.record', {
    count: looks.length,
    code: code ?? '',
  })
  return modal('trail.access', { title: t('trail.access.title'), close: t('alert.modal.close') }, {}, [
    section(intro),
    ...inSections(view, lines),
    context(t('trail.noWords')),
  ])
}

function entryLine(view: ViewContext, { seq, at, recordedAt, kind, by, codes }: TrailEntry): string {
  const { t, dateTime } = view.words
  const details = codes.map(([field, value]) => `${field} ${said(value)}`).join(', ')
  const late = recordedAt - at >= 60_000 ? ` (${t('trail.recorded', { at: dateTime(recordedAt) })})` : ''
  return cut(
    `${seq} · ${dateTime(at)}${late} · \`${kind}\` · ${actorText(view, by)}${details ? ` · ${details}` : ''}`,
  )
}

function lookLine(view: ViewContext, { at, by, layer, code, reason }: Look): string {
  const { t, dateTime } = view.words
  const known = [
    'source',
    'attribution',
    'command',
    'human_rights',
    'specialist',
    'export',
    'trail',
    'release',
    'assessment',
  ]
  const what = known.includes(layer) ? t(`trail.layer.${layer}`) : `\`${said(layer)}\``
  return cut(
    [
      dateTime(at),
      actorText(view, by),
      code === null ? what : `${what} ${code}`,
      ...(reason === null ? [] : [layer === 'source' ? t(`source.reason.${reason}`) : said(reason)]),
    ].join(' · '),
  )
}

function actorText(view: ViewContext, actor: TrailActor): string {
  const { t, list } = view.words
  if (actor.kind !== 'person') return t(`trail.${actor.kind}`)
  if (actor.roles.length > 0) return list(actor.roles.map(ref => role(view, ref)))
  const constituency = t(
    actor.constituency ? `alert.constituency.${actor.constituency}` : 'alert.unconfirmed',
  )
  return actor.location ? `${constituency}, ${said(actor.location)}` : constituency
}

function inSections(view: ViewContext, lines: readonly string[]): Block[] {
  const shown = lines.slice(-LINES * SECTIONS)
  const count = Math.ceil(shown.length / LINES)
  return [
    ...(shown.length < lines.length
      ? [context(view.words.t('trail.earlier', { count: lines.length - shown.length }))]
      : []),
    ...Array.from({ length: count }, (_, n) => section(shown.slice(n * LINES, (n + 1) * LINES).join('\n'))),
  ]
}

const cut = (line: string): string =>
  [...line].length > LINE_MAX ? `${[...line].slice(0, LINE_MAX - 1).join('')}…` : line
