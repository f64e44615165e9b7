import type { Summary } from '../../operations/release.ts'
import type { Rendered } from '../../ports.ts'
import { begun, brief, context, header, said, section, sentence } from '../blocks.ts'
import { pair, type ViewContext } from '../context.ts'
import { marksText } from './phrases.ts'

const SPOKEN_MAX = 300
const LINE_MAX = 140

/** The summary, and not one word more, for those to whom it was released. */
export function summaryCard(view: ViewContext, { release, exercise }: Summary): Rendered {
  const { t, dateTime } = view.words
  const title = [
    ...(exercise ? [t('alert.exercise')] : []),
    release.code,
    t('release.summary.title', { mission: view.mission.short }),
  ].join(' · ')
  return {
    text: pair(
      view,
      said(title),
      `${sentence(brief(release.summary, SPOKEN_MAX))} ${marksText(view, release)}.`,
    ),
    blocks: [
      header(title),
      section(release.summary === '' ? `_${t('alert.card.erased')}_` : said(release.summary)),
      context(
        `${marksText(view, release)}. ${begun(t(`release.onward.${release.tlp}`))}.`,
        t('release.summary.released', { at: dateTime(release.decidedAt ?? release.proposedAt) }),
      ),
    ],
  }
}

/** One line of a digest or of a list. */
export function summaryLine(view: ViewContext, { release, exercise }: Summary): string {
  const marks = exercise ? `${view.words.t('alert.exercise')} · ` : ''
  return `${marks}*${release.code}* ${brief(release.summary, LINE_MAX)} (${view.words.t(`release.tlp.${release.tlp}`)})`
}
