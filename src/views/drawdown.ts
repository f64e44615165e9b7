import type { Drawdown } from '../db/drawdowns.ts'
import { type CsvColumn, csvText } from '../domain/csv.ts'
import { DRAWDOWN_KINDS, isVacuum, LINE_KINDS, losesCover } from '../domain/drawdown.ts'
import {
  type DrawdownEntry,
  type DrawdownFacts,
  drawdownLimits,
  receiverPart,
} from '../operations/drawdown.ts'
import type { Block, Rendered } from '../ports.ts'
import {
  actions,
  bare,
  brief,
  button,
  context,
  divider,
  fitting,
  header,
  input,
  modal,
  radio,
  section,
  select,
  textInput,
} from './blocks.ts'
import { sector, type ViewContext } from './context.ts'

const ROOM = 6_000
const SHOWN = 20

/** `/poc drawdown`, *New*: what, where, when, and the functions that must find a new owner. */
export function drawdownModal(view: ViewContext) {
  const { t } = view.words
  const bases = view.mission.bases.map(({ id, name }) => ({ text: name, value: id }))
  const sectors = view.mission.sectors.map(({ id }) => ({ text: sector(view, id), value: id }))
  const choose = t('alert.details.choose')
  return modal(
    'drawdown.declare',
    { title: t('drawdown.form.title'), submit: t('drawdown.form.submit'), close: t('alert.modal.cancel') },
    {},
    [
      section(t('drawdown.form.about')),
      input(
        'kind',
        t('drawdown.form.kind'),
        radio(
          'kind',
          DRAWDOWN_KINDS.map(value => ({ value, text: t(`drawdown.kind.${value}`) })),
        ),
      ),
      input('base', t('drawdown.form.base'), select('base', choose, bases), {
        optional: true,
        hint: t('drawdown.form.baseHint'),
      }),
      input('sector', t('drawdown.form.sector'), select('sector', choose, sectors), {
        optional: true,
        hint: t('drawdown.form.sectorHint'),
      }),
      input('day', t('drawdown.form.day'), { type: 'datepicker', action_id: 'day' }),
      input(
        'functions',
        t('drawdown.form.functions'),
        textInput('functions', { multiline: true, max: drawdownLimits.functions }),
        { optional: true, hint: t('drawdown.form.functionsHint') },
      ),
      input(
        'note',
        t('drawdown.form.note'),
        textInput('note', { multiline: true, max: drawdownLimits.note }),
        { optional: true },
      ),
    ],
  )
}

/** *Settle*: whom to ask for an item, what it needs, and for a place what stands in the base's stead. */
export function settleModal(view: ViewContext, { item, name, receiver }: DrawdownEntry) {
  const { t } = view.words
  const covered = item.kind === 'place' || item.kind === 'hotspot'
  const words = (field: 'needed' | 'available' | 'lineText') =>
    input(
      field,
      t(`drawdown.settle.${field}`),
      textInput(field, { multiline: true, max: drawdownLimits.words, initial: item[field] }),
      { optional: true },
    )
  return modal(
    'drawdown.settle',
    { title: t('drawdown.settle.title'), submit: t('alert.modal.save'), close: t('alert.modal.cancel') },
    { itemId: item.id },
    [
      section(`*${t(`drawdown.item.${item.kind}`)}: ${brief(name, 150)}*`),
      input(
        'receiver',
        t('drawdown.settle.receiver'),
        {
          type: 'users_select',
          action_id: 'receiver',
          ...(receiver ? { initial_user: receiver.userId } : {}),
        },
        { optional: true, hint: t('drawdown.settle.receiverHint') },
      ),
      words('needed'),
      words('available'),
      ...(covered
        ? [
            input(
              'line',
              t('drawdown.settle.line'),
              select(
                'line',
                t('alert.details.choose'),
                LINE_KINDS.map(value => ({ value, text: t(`drawdown.line.${value}`) })),
                item.line,
              ),
              { optional: true },
            ),
            words('lineText'),
          ]
        : []),
    ],
  )
}

/** A drawdown with its items, for those who manage it: what is open first. */
export function drawdownCard(view: ViewContext, facts: DrawdownFacts): Rendered {
  const { t, dateTime } = view.words
  const { drawdown, entries, uncovered, vacuum } = facts
  const title = t('drawdown.title', { code: drawdown.code, what: whatText(view, drawdown) })
  const count = t('drawdown.count', { all: entries.length, uncovered: uncovered.length, left: vacuum.length })
  const sorted = [...entries].sort((a, b) => Number(isVacuum(b.item)) - Number(isVacuum(a.item)))
  const texts = sorted.slice(0, SHOWN).map(entry => entryText(view, entry))
  const { shown } = fitting(texts, ROOM)
  const label = t('drawdown.settle.button')
  const open = drawdown.closedAt === null
  const rest = entries.length - shown.length
  return {
    text: `${title}. ${count}`,
    blocks: [
      header(title),
      section(
        `*${count}*${open ? '' : `\n${t('drawdown.closed', { at: dateTime(drawdown.closedAt ?? 0) })}`}`,
      ),
      ...(drawdown.note ? [section(`>>> ${brief(drawdown.note, 500)}`)] : []),
      divider(),
      ...shown.map((text, index) => {
        const entry = sorted[index]!
        return section(
          text,
          ...(open
            ? [button(label, 'drawdown.settle', entry.item.id, { label: `${label} ${entry.name}` })]
            : []),
        )
      }),
      ...(rest > 0 ? [context(t('drawdown.rest', { count: rest }))] : []),
      actions(`drawdown:${drawdown.id}`, [
        ...(open
          ? [
              button(
                t(drawdown.kind === 'base_closure' ? 'drawdown.closeBase' : 'drawdown.close'),
                'drawdown.close',
                drawdown.id,
              ),
            ]
          : []),
        button(t('drawdown.report.button'), 'drawdown.report', drawdown.id),
      ]),
    ],
  }
}

/** "Closure of Kowa base, 1 Dec". */
function whatText(view: ViewContext, { kind, base, sector: id, day }: Drawdown): string {
  const where = base
    ? (view.mission.bases.find(each => each.id === base)?.name ?? base)
    : id === null
      ? view.mission.short
      : sector(view, id)
  return view.words.t(`drawdown.what.${kind}`, { where, day })
}

function entryText(view: ViewContext, { item, name, receiver }: DrawdownEntry): string {
  const { t } = view.words
  const mark = losesCover(item) ? '⚠️ ' : ''
  return [
    `${mark}*${t(`drawdown.item.${item.kind}`)}* · ${brief(name, 100)}`,
    `${t(`drawdown.state.${item.state}`)}${receiver ? ` · ${receiverName(view, receiver)}` : ''}`,
    ...(item.conditions ? [brief(item.conditions, 160)] : []),
    ...(item.line ? [`${t(`drawdown.line.${item.line}`)}: ${brief(item.lineText ?? '', 160)}`] : []),
    ...(losesCover(item) ? [t('drawdown.noLine')] : []),
  ].join('\n')
}

function receiverName(view: ViewContext, receiver: NonNullable<DrawdownEntry['receiver']>): string {
  const { constituency, organisation } = receiverPart(receiver)
  const part = view.words.t(`alert.constituency.${constituency ?? 'mission_civilian'}`)
  return organisation ? brief(organisation, 60) : part
}

/** An item, for whoever is asked to take it. */
export function drawdownItemCard(
  view: ViewContext,
  drawdown: Drawdown,
  { item, name }: DrawdownEntry,
  free: boolean,
): Rendered {
  const { t } = view.words
  const title = t('drawdown.offer.title')
  const lead = t('drawdown.offer.lead', {
    what: whatText(view, drawdown),
    kind: t(`drawdown.item.${item.kind}`),
    name: brief(name, 120),
  })
  const words = (key: 'needed' | 'available') =>
    item[key] ? [`*${t(`drawdown.settle.${key}`)}* ${brief(item[key], 400)}`] : []
  return {
    text: `${title} ${lead}`,
    blocks: [
      header(title),
      section([lead, ...words('needed'), ...words('available')].join('\n')),
      ...(item.state === 'offered'
        ? [
            section(t(free ? 'drawdown.offer.free' : 'drawdown.offer.why')),
            actions(`drawdown_item:${item.id}`, [
              button(t('drawdown.offer.accept'), 'drawdown.accept', item.id, { style: 'primary' }),
              button(t('drawdown.offer.conditions'), 'drawdown.answer:with_conditions', item.id),
              button(t('drawdown.offer.decline'), 'drawdown.answer:declined', item.id),
            ]),
          ]
        : [section(`*${t(`drawdown.state.${item.state}`)}*`)]),
    ],
  }
}

/** The conditions, or why not. */
export function answerItemModal(
  view: ViewContext,
  { item, name }: DrawdownEntry,
  answer: string,
  optional: boolean,
) {
  const { t } = view.words
  return modal(
    'drawdown.answer',
    { title: t('drawdown.offer.answer'), submit: t('drawdown.offer.send'), close: t('alert.modal.cancel') },
    { itemId: item.id, answer },
    [
      section(`*${brief(name, 150)}*`),
      input(
        'words',
        t(`drawdown.offer.${answer}`),
        textInput('words', { multiline: true, max: drawdownLimits.words }),
        { optional },
      ),
    ],
  )
}

/** What waits for an answer, for `/poc` and *What waits for me*. */
export function drawdownWaits(
  view: ViewContext,
  offered: readonly { entry: DrawdownEntry; drawdown: Drawdown }[],
  free: boolean,
): Block[] {
  if (offered.length === 0) return []
  return [
    section(`*${view.words.t('drawdown.offer.waits', { count: offered.length })}*`),
    ...offered
      .slice(0, 5)
      .flatMap(({ entry, drawdown }) =>
        (drawdownItemCard(view, drawdown, entry, free).blocks ?? []).slice(1),
      ),
  ]
}

/** `/poc drawdown`: each with its count. */
export function drawdownsMessage(view: ViewContext, all: readonly DrawdownFacts[]): Rendered {
  const { t } = view.words
  const title = t('drawdown.list')
  const show = t('help.show')
  return {
    text: `${title}: ${all.length}`,
    blocks: [
      header(title),
      ...(all.length === 0 ? [section(t('drawdown.none'))] : []),
      ...all
        .slice(0, 15)
        .map(({ drawdown, entries, uncovered, vacuum }) =>
          section(
            `*${drawdown.code}* · ${whatText(view, drawdown)}\n${t('drawdown.count', { all: entries.length, uncovered: uncovered.length, left: vacuum.length })}`,
            button(show, 'drawdown.show', drawdown.id, { label: `${show} ${drawdown.code}` }),
          ),
        ),
      actions('drawdown', [button(t('drawdown.new'), 'drawdown.new', 'drawdown', { style: 'primary' })]),
    ],
  }
}

/** Somebody declined, to those who manage it: neutral, with the reason where one was given. */
export function declinedMessage(view: ViewContext, drawdown: Drawdown, entry: DrawdownEntry): Rendered {
  const text = view.words.t('drawdown.declined', {
    code: drawdown.code,
    kind: view.words.t(`drawdown.item.${entry.item.kind}`),
    name: brief(entry.name, 120),
    who: entry.receiver ? receiverName(view, entry.receiver) : '',
  })
  const reason = entry.item.conditions ? ` ${brief(entry.item.conditions, 400)}` : ''
  return { text: `${text}${reason}`, blocks: [section(`${text}${reason}`)] }
}

/** The report's lines by heading: what nobody accepted, where nobody will be, what is agreed. */
function reportParts(
  view: ViewContext,
  { entries, vacuum, uncovered }: DrawdownFacts,
): [string, DrawdownEntry[]][] {
  const { t } = view.words
  const covers = ({ item }: DrawdownEntry) => item.kind === 'place' || item.kind === 'hotspot'
  return [
    [t('drawdown.report.nobodyThere'), vacuum.filter(covers)],
    [t('drawdown.report.noLine'), uncovered],
    [t('drawdown.report.notAccepted'), vacuum.filter(entry => !covers(entry))],
    [t('drawdown.report.agreed'), entries.filter(entry => !vacuum.includes(entry))],
  ]
}

/** The report as a PDF, with the same words for those who cannot see it. */
export async function drawdownPdf(view: ViewContext, facts: DrawdownFacts): Promise<Uint8Array> {
  const { Paper } = await import('./duty/paper.ts')
  const { t, date } = view.words
  const title = bare(
    t('drawdown.report.title', { what: whatText(view, facts.drawdown), mission: view.mission.short }),
  )
  const paper = new Paper({
    language: view.words.language,
    title,
    foot: (page, pages) =>
      t('drawdown.report.foot', { code: facts.drawdown.code, at: date(view.now), page, pages }),
  })
  paper.title(title)
  paper.text(reportText(view, facts), { bold: true })
  for (const [heading, entries] of reportParts(view, facts)) {
    paper.heading(`${heading} (${entries.length})`)
    if (entries.length === 0) paper.text(t('drawdown.report.none'), { grey: true })
    for (const { item, name, receiver } of entries)
      paper.entry(bare(`${t(`drawdown.item.${item.kind}`)}: ${name}`), null, [
        bare(`${t(`drawdown.state.${item.state}`)}${receiver ? `, ${receiverName(view, receiver)}` : ''}`),
        ...(item.needed ? [bare(`${t('drawdown.settle.needed')} ${item.needed}`)] : []),
        ...(item.available ? [bare(`${t('drawdown.settle.available')} ${item.available}`)] : []),
        ...(item.conditions ? [bare(item.conditions)] : []),
        ...(item.line ? [bare(`${t(`drawdown.line.${item.line}`)}: ${item.lineText ?? ''}`)] : []),
      ])
  }
  return paper.finish()
}

/** The report as a table. */
export async function drawdownCsv(view: ViewContext, { entries }: DrawdownFacts): Promise<Uint8Array> {
  const { t } = view.words
  const columns: CsvColumn<DrawdownEntry>[] = [
    { title: t('drawdown.csv.kind'), of: ({ item }) => t(`drawdown.item.${item.kind}`) },
    { title: t('drawdown.csv.name'), of: ({ name }) => name },
    { title: t('drawdown.csv.state'), of: ({ item }) => t(`drawdown.state.${item.state}`) },
    {
      title: t('drawdown.csv.receiver'),
      of: ({ receiver }) => (receiver ? receiverName(view, receiver) : ''),
    },
    { title: t('drawdown.csv.needed'), of: ({ item }) => item.needed },
    { title: t('drawdown.csv.available'), of: ({ item }) => item.available },
    { title: t('drawdown.csv.conditions'), of: ({ item }) => item.conditions },
    { title: t('drawdown.csv.line'), of: ({ item }) => (item.line ? t(`drawdown.line.${item.line}`) : '') },
    { title: t('drawdown.csv.lineText'), of: ({ item }) => item.lineText },
    { title: t('drawdown.csv.vacuum'), of: ({ item }) => (isVacuum(item) ? t('drawdown.csv.yes') : '') },
  ]
  let text = ''
  for await (const piece of csvText(columns, entries)) text += piece
  return new TextEncoder().encode(text)
}

/** The sentence a report comes with. */
export function reportText(
  view: ViewContext,
  { drawdown, entries, uncovered, vacuum }: DrawdownFacts,
): string {
  const count = view.words.t('drawdown.count', {
    all: entries.length,
    uncovered: uncovered.length,
    left: vacuum.length,
  })
  return `${bare(whatText(view, drawdown))}. ${count}`
}

/** "D-7K4Q-en.pdf". */
export const reportName = (view: ViewContext, { drawdown }: DrawdownFacts, format: string): string =>
  `${drawdown.code}-${view.words.language}.${format}`
