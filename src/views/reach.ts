import type { ReachCheck } from '../db/reach.ts'
import type { Coverage, Gap } from '../operations/reach.ts'
import type { Rendered } from '../ports.ts'
import { actions, button, context, fitting, header, section } from './blocks.ts'
import { role, type ViewContext } from './context.ts'
import { belonging, personName } from './person.ts'

/** Gaps one message names, and how many characters they may take together. */
const SHOWN = 30
const ROOM = 7000

/** "Still reachable?", with the one button that answers it. */
export function reachCard(view: ViewContext, check: ReachCheck): Rendered {
  const { t, dateTime } = view.words
  if (check.answeredAt !== null) {
    return { text: t('reach.card.answered'), blocks: [context(t('reach.card.answered'))] }
  }
  const ask = t('reach.card.ask', { at: dateTime(check.dueAt) })
  return {
    text: ask,
    blocks: [
      section(ask),
      actions('reach', [button(t('reach.card.button'), 'reach.here', check.id, { style: 'primary' })]),
      context(t('reach.card.why')),
    ],
  }
}

/** Where nobody is known to be in reach: people for their own side's administrator, posts for the POC adviser. */
export function coverageMessage(view: ViewContext, coverage: Coverage): Rendered {
  const { t } = view.words
  const lines = coverage.of === 'posts' ? postLines(view, coverage.gaps) : personLines(view, coverage.gaps)
  const lead =
    lines.length === 0
      ? t('reach.gaps.none')
      : coverage.of === 'posts'
        ? t('reach.gaps.posts', { count: lines.length })
        : t('reach.gaps.people', {
            side: t(`registration.side.${coverage.of}`),
            count: coverage.gaps.length,
          })
  const { shown } = fitting(lines.slice(0, SHOWN), ROOM)
  const more = lines.length - shown.length
  return {
    text: `${t('reach.gaps.title')}. ${lead}`,
    blocks: [
      header(t('reach.gaps.title')),
      section(lead),
      ...[shown.slice(0, 10), shown.slice(10, 20), shown.slice(20)]
        .filter(part => part.length > 0)
        .map(part => section(part.join('\n'))),
      ...(more > 0 ? [context(t('reach.gaps.more', { count: more }))] : []),
      ...(lines.length > 0 ? [context(t('reach.gaps.next'))] : []),
    ],
  }
}

function personLines(view: ViewContext, gaps: readonly Gap[]): string[] {
  const { t, list } = view.words
  return gaps.map(gap => {
    const name = t('reach.gaps.person', {
      name: personName(view.words, gap.person),
      as: belonging(view.words, gap.person),
    })
    const posts = gap.roles.length > 0 ? list(gap.roles.map(ref => role(view, ref))) : t('reach.gaps.noRole')
    return `• ${name} · ${posts} · ${why(view, gap)}`
  })
}

/** One line per post, and no person: the mission is not told who the humanitarian side's people are. */
function postLines(view: ViewContext, gaps: readonly Gap[]): string[] {
  return gaps.flatMap(gap => gap.roles.map(ref => `• ${role(view, ref)} · ${why(view, gap)}`))
}

function why(view: ViewContext, { askedAt }: Gap): string {
  const { t, dateTime } = view.words
  return askedAt === null ? t('reach.gaps.unreachable') : t('reach.gaps.asked', { at: dateTime(askedAt) })
}
