import { REPORT_FIELDS } from '../domain/component-report.ts'
import type { ReportingComponent } from '../domain/mission/component-report-section.ts'
import { type Language, textIn } from '../domain/mission.ts'
import {
  type ComponentDay,
  type ComponentDays,
  componentReportLimits,
} from '../operations/component-report.ts'
import type { Digest } from '../operations/digest.ts'
import type { Rendered } from '../ports.ts'
import { previewAction } from './alert/preview.ts'
import {
  actions,
  bare,
  brief,
  button,
  context,
  header,
  input,
  modal,
  said,
  section,
  textInput,
} from './blocks.ts'
import { pair, type ViewContext } from './context.ts'
import { digestText } from './digest.ts'

const WORDS_MAX = 600

/** The name of a component in the reader's language. */
export const componentName = (view: ViewContext, { name, id }: ReportingComponent): string =>
  textIn(name, view.words.language as Language) || id

/** "reported at 16:20", "nothing to report", "not yet reported, due 17:00". */
function standing(view: ViewContext, { report }: ComponentDay, dueAt: number): string {
  const { t, dateTime } = view.words
  if (report) {
    const late = report.at > report.dueAt ? ` ${t('component-report.late')}` : ''
    return `${t(`component-report.state.${report.state}`, { at: dateTime(report.changedAt) })}${late}`
  }
  return `*${t(view.now > dueAt ? 'component-report.overdue' : 'component-report.open', { at: dateTime(dueAt) })}*`
}

/** `/poc report`: who has reported for the day, who has not, and the situation report of it. */
export function componentDaysModal(
  view: ViewContext,
  { round, components }: ComponentDays,
  receipt: string | null = null,
) {
  const { t } = view.words
  const missing = components.filter(({ report }) => report === null)
  return modal(
    'component_report.day',
    { title: t('component-report.title'), close: t('alert.modal.done') },
    {},
    [
      ...(receipt === null ? [] : [section(receipt)]),
      section(
        `*${t('component-report.day', { day: dayText(view, round.dueAt), count: components.length - missing.length, of: components.length })}*`,
      ),
      ...components.flatMap(day => [
        section(
          [
            pair(view, `*${said(componentName(view, day.component))}*`, standing(view, day, round.dueAt)),
            ...wordsOf(view, day, words => brief(words, 300)).map(([name, words]) => pair(view, name, words)),
          ].join('\n'),
        ),
        ...(day.mine ? [actions(`component_report:${day.component.id}`, reportButtons(view, day))] : []),
      ]),
      actions('component_report.sitrep', [
        button(t('component-report.pdf'), 'component_report.sitrep:pdf', 'pdf'),
        button(t('component-report.md'), 'component_report.sitrep:md', 'md'),
      ]),
      context(t('component-report.once')),
    ],
  )
}

const dayText = (view: ViewContext, dueAt: number): string => view.words.date(dueAt)

/** What a component owes for a day, to whoever reports for it: the form, and nothing to report by one button. */
export function componentCard(view: ViewContext, day: ComponentDay, dueAt: number): Rendered {
  const { t } = view.words
  const title = t('component-report.card', {
    component: componentName(view, day.component),
    day: dayText(view, dueAt),
  })
  const state = standing(view, day, dueAt)
  return {
    text: pair(view, said(title), `${state}.`),
    blocks: [
      header(title),
      section(state),
      actions(`component_report:${day.component.id}:${view.now}`, reportButtons(view, day)),
    ],
  }
}

function reportButtons(view: ViewContext, { component, report }: ComponentDay): object[] {
  const { t } = view.words
  const write = report ? 'component-report.again' : 'component-report.write'
  return [
    button(t(write), 'component_report.write', component.id, report ? {} : { style: 'primary' }),
    ...(report ? [] : [button(t('component-report.nil'), 'component_report.nil', component.id)]),
  ]
}

/** What a component wrote, each with the name of its field. */
function wordsOf(
  view: ViewContext,
  { report }: ComponentDay,
  shown: (words: string) => string,
): [name: string, words: string][] {
  return REPORT_FIELDS.flatMap((field): [string, string][] => {
    const words = report?.words[field]
    return words ? [[view.words.t(`component-report.field.${field}`), shown(words)]] : []
  })
}

/** The form: what the record holds stands above it, so that nothing is typed twice. */
export function componentModal(view: ViewContext, { component, report }: ComponentDay, digest: Digest) {
  const { t } = view.words
  const { titles } = digestText(view, recorded(digest))
  return modal(
    'component_report.write',
    { title: t('component-report.form'), submit: t('component-report.send'), close: t('alert.modal.cancel') },
    { component: component.id },
    [
      section(`*${said(componentName(view, component))}*`),
      section(
        titles.length > 0
          ? [t('component-report.held'), ...titles.map(title => `• ${title}`)].join('\n')
          : t('component-report.heldNothing'),
      ),
      ...REPORT_FIELDS.map(field =>
        input(
          field,
          t(`component-report.field.${field}`),
          textInput(field, {
            multiline: true,
            max: componentReportLimits.field,
            initial: report?.words[field] ?? null,
          }),
          { optional: true },
        ),
      ),
      previewAction(view, 'component_report'),
    ],
  )
}

/** Who has not reported stands above all of it already. */
const recorded = (digest: Digest): Digest => ({
  ...digest,
  order: digest.order.filter(key => key !== 'reports'),
})

/** A heading and what stands under it, in plain words. */
interface Part {
  heading: string
  lines: string[]
}

/**
 * What the record says first, for it begins with what became of civilians (R-059); then the words of each component that
 * reported. Those that did not are named above all of it.
 */
function sitrepParts(view: ViewContext, { round, components }: ComponentDays, digest: Digest): Part[] {
  const { t } = view.words
  const plainOf = (text: string) => bare(plainText(text))
  return [
    ...digestText(view, recorded(digest)).parts.map(({ title, lines }) => ({
      heading: plainOf(title),
      lines: lines.map(plainOf),
    })),
    ...components
      .filter(({ report }) => report !== null)
      .map(day => ({
        heading: t('component-report.heading', { component: bare(componentName(view, day.component)) }),
        lines: [
          plainOf(standing(view, day, round.dueAt)),
          ...wordsOf(view, day, bare).map(([name, words]) => pair(view, name, words)),
        ],
      })),
  ]
}

export const sitrepTitle = (view: ViewContext, { round }: ComponentDays): string =>
  view.words.t('component-report.sitrep', { mission: view.mission.short, day: dayText(view, round.dueAt) })

/** The sentence a situation report comes with: who has not reported. */
export function sitrepText(view: ViewContext, days: ComponentDays): string {
  const missing = days.components.filter(({ report }) => report === null)
  const { t, list, dateTime } = view.words
  return missing.length > 0
    ? t('component-report.missing', {
        at: dateTime(days.round.dueAt),
        components: list(missing.map(({ component }) => bare(componentName(view, component)))),
      })
    : t('component-report.complete')
}

/** Which time the record was asked for. */
const sitrepWindow = (view: ViewContext, { window }: Digest): string =>
  view.words.t('digest.window', {
    from: view.words.dateTime(window.from),
    to: view.words.dateTime(window.to),
  })

/** The situation report as Markdown. */
export function sitrepMarkdown(view: ViewContext, days: ComponentDays, digest: Digest): string {
  const escaped = (text: string) => text.replace(/([\\`*_[\]<>#])/g, '\\$1')
  return [
    `# ${escaped(sitrepTitle(view, days))}`,
    '',
    `**${escaped(sitrepText(view, days))}**`,
    '',
    escaped(sitrepWindow(view, digest)),
    ...sitrepParts(view, days, digest).flatMap(({ heading, lines }) => [
      '',
      `## ${escaped(heading)}`,
      '',
      ...lines.map(line => `- ${escaped(line.replace(/\s*\n\s*/g, ' · '))}`),
    ]),
    '',
  ].join('\n')
}

/** The same as a PDF. */
export async function sitrepPdf(view: ViewContext, days: ComponentDays, digest: Digest): Promise<Uint8Array> {
  const { Paper } = await import('./duty/paper.ts')
  const { t, dateTime } = view.words
  const title = bare(sitrepTitle(view, days))
  const paper = new Paper({
    language: view.words.language,
    title,
    foot: (page, pages) => t('component-report.foot', { at: dateTime(view.now), page, pages }),
  })
  paper.title(title)
  paper.text(sitrepText(view, days), { bold: true })
  paper.text(sitrepWindow(view, digest), { grey: true })
  for (const { heading, lines } of sitrepParts(view, days, digest)) {
    paper.heading(heading)
    for (const line of lines) paper.text(line.slice(0, WORDS_MAX * 4))
  }
  return paper.finish()
}

/** Slack's markup as plain words: no stars, no bullets, no marks that a page cannot print. */
export function plainText(mrkdwn: string): string {
  return mrkdwn
    .replace(/^• /gm, '')
    .replace(/(^|[\s:(·])\*([^*\n]+)\*/g, '$1$2')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\p{Extended_Pictographic}|\u{FE0F}/gu, '')
    .replace(/^[ \t]+/gm, '')
}
