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
import type { ViewContext } from './context.ts'
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
export function componentDaysModal(view: ViewContext, { round, components }: ComponentDays) {
  const { t } = view.words
  const missing = components.filter(({ report }) => report === null)
  return modal(
    'component_report.day',
    { title: t('component-report.title'), close: t('alert.modal.done') },
    {},
    [
      section(
        `*${t('component-report.day', { day: dayText(view, round.dueAt), count: components.length - missing.length, of: components.length })}*`,
      ),
      ...components.map(day =>
        section(
          [
            `*${said(componentName(view, day.component))}*: ${standing(view, day, round.dueAt)}`,
            ...(day.report
              ? REPORT_FIELDS.flatMap(field => {
                  const words = day.report?.words[field]
                  return words ? [`_${t(`component-report.field.${field}`)}_: ${brief(words, 300)}`] : []
                })
              : []),
          ].join('\n'),
          day.mine
            ? button(
                t(day.report ? 'component-report.again' : 'component-report.write'),
                'component_report.write',
                day.component.id,
              )
            : undefined,
        ),
      ),
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
    text: `${said(title)}: ${state}.`,
    blocks: [
      header(title),
      section(state),
      actions(`component_report:${day.component.id}:${view.now}`, [
        button(
          t(day.report ? 'component-report.again' : 'component-report.write'),
          'component_report.write',
          day.component.id,
          {
            style: 'primary',
          },
        ),
        ...(day.report ? [] : [button(t('component-report.nil'), 'component_report.nil', day.component.id)]),
      ]),
    ],
  }
}

/** The form: what the record holds stands above it, so that nothing is typed twice. */
export function componentModal(view: ViewContext, { component, report }: ComponentDay, digest: Digest) {
  const { t } = view.words
  const { titles } = digestText(view, digest)
  return modal(
    'component_report.write',
    { title: t('component-report.form'), submit: t('component-report.send'), close: t('alert.modal.cancel') },
    { component: component.id },
    [
      section(`*${said(componentName(view, component))}*`),
      context(
        titles.length > 0
          ? t('component-report.held', { sections: view.words.list(titles) })
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
    ],
  )
}

/** A heading and what stands under it, in plain words. */
interface Part {
  heading: string
  lines: string[]
}

function sitrepParts(view: ViewContext, { round, components }: ComponentDays, digest: Digest): Part[] {
  const { t } = view.words
  const plainOf = (text: string) => bare(plainText(text))
  return [
    ...components.map(day => ({
      heading: bare(componentName(view, day.component)),
      lines: [
        plainOf(standing(view, day, round.dueAt)),
        ...REPORT_FIELDS.flatMap(field => {
          const words = day.report?.words[field]
          return words ? [`${t(`component-report.field.${field}`)}: ${bare(words)}`] : []
        }),
      ],
    })),
    ...digestText(view, digest).parts.map(({ title, lines }) => ({
      heading: plainOf(title),
      lines: lines.map(plainOf),
    })),
  ]
}

export const sitrepTitle = (view: ViewContext, { round }: ComponentDays): string =>
  view.words.t('component-report.sitrep', { mission: view.mission.short, day: dayText(view, round.dueAt) })

/** The sentence a situation report comes with. */
export function sitrepText(view: ViewContext, days: ComponentDays): string {
  const missing = days.components.filter(({ report }) => report === null)
  const { t, list } = view.words
  return [
    `${bare(sitrepTitle(view, days))}.`,
    missing.length > 0
      ? t('component-report.missing', {
          components: list(missing.map(({ component }) => bare(componentName(view, component)))),
        })
      : t('component-report.complete'),
  ].join(' ')
}

/** The situation report as Markdown. */
export function sitrepMarkdown(view: ViewContext, days: ComponentDays, digest: Digest): string {
  const escaped = (text: string) => text.replace(/([\\`*_[\]<>#])/g, '\\$1')
  return [
    `# ${escaped(sitrepTitle(view, days))}`,
    '',
    escaped(sitrepText(view, days)),
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
