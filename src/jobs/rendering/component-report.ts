import {
  askComponentReports,
  cardOf,
  currentRound,
  markSilentComponents,
  mayReport,
  readComponentReports,
} from '../../operations/component-report.ts'
import type { Ctx } from '../../operations/context.ts'
import { personalDigest } from '../../operations/digest.ts'
import {
  componentCard,
  sitrepMarkdown,
  sitrepPdf,
  sitrepText,
  sitrepTitle,
} from '../../views/component-report.ts'
import type { Delivery } from '../contract.ts'
import { toPerson } from './gate.ts'
import type { RenderingFamily } from './index.ts'

const gone: Delivery = { do: 'drop', code: 'gone' }
const ALT_MAX = 1_000

export const componentReportRendering: RenderingFamily = {
  cards: locales => ({
    /** What a component owes for a day, to whoever reports for it. */
    component_report: toPerson(locales, async (ctx, view, entry, person) => {
      const [, id = '', day = ''] = entry.recordId.split(':')
      const component = ctx.mission.componentReports?.components.find(each => each.id === id)
      const report = await ctx.store.read.componentReports.of(id, day)
      const dueAt = report?.dueAt ?? (currentRound(ctx)?.day === day ? currentRound(ctx)?.dueAt : undefined)
      if (!component || dueAt === undefined) return gone
      if (!(await mayReport(ctx, component, person))) return { do: 'drop', code: 'not_for_this_audience' }
      const message = componentCard(view, { component, report, mine: true }, dueAt)
      return { do: 'card', recordId: cardOf(id, day).id, message }
    }),
  }),
  lines: locales => ({
    'component_report.sitrep': toPerson(locales, async (ctx, view, entry, person) => {
      const form = entry.data.form === 'md' ? 'md' : 'pdf'
      const roles = await ctx.store.read.roles.rolesOf(person.id, ctx.clock.now())
      const acting: Ctx = { ...ctx, actor: { kind: 'person', person, roles } }
      if (person.constituency === null || person.closedAt !== null) return gone
      const days = await readComponentReports(acting)
      if (!days || days.components.length === 0) return { do: 'drop', code: 'not_for_this_audience' }
      const digest = await personalDigest(acting)
      const text = sitrepText(view, days)
      return {
        do: 'file',
        recordId: `sitrep.${form}`,
        file: {
          name: `sitrep-${days.round.day}-${view.words.language}.${form}`,
          title: sitrepTitle(view, days),
          bytes:
            form === 'md'
              ? new TextEncoder().encode(sitrepMarkdown(view, days, digest))
              : await sitrepPdf(view, days, digest),
          altText: text.slice(0, ALT_MAX),
          text,
        },
      }
    }),
  }),
  timers: { 'component_report.ask': askComponentReports, 'component_report.due': markSilentComponents },
}
