import { DateTime } from 'luxon'
import type { TeamShown } from '../../operations/team/reading.ts'
import { type TeamFacts, teamLimits } from '../../operations/team.ts'
import { brief, fitting } from '../blocks.ts'
import type { ViewContext } from '../context.ts'
import { quoteAuthor } from '../quote.ts'
import { itemsModal, quoteItem } from '../timeline.ts'
import { named } from './phrases.ts'

/** Acts of the way there and back; what else was done stands on the card. */
const UNDER_WAY = ['go', 'check_in', 'extend', 'return']

/** What it went without, and why, stands on the card. */
const heard = ({ acts }: Pick<TeamFacts, 'acts'>) =>
  acts
    .filter(({ kind }) => UNDER_WAY.includes(kind))
    .map(act => (act.kind === 'go' ? { ...act, words: null } : act))

/** Whether there is anything for {@link teamTimelineModal} to show. */
export const hasTimeline = (facts: TeamFacts, { movements, said }: TeamShown): boolean =>
  said.length > 0 || (movements && heard(facts).length > 0)

/** When it went, what was heard of it, what stands on its record, when it came back: as far as the reader may know. */
export function teamTimelineModal(view: ViewContext, facts: TeamFacts, { movements, said }: TeamShown) {
  const acts = movements ? heard(facts) : []
  return itemsModal(view, facts.team.code, [
    ...acts.map(({ kind, at, words }) => ({
      at,
      text: named(view, `*${view.words.t(`team.act.${kind}`)}*`, words && brief(words, 400)),
    })),
    ...said.map(quote => quoteItem(view, quote)),
  ])
}

/** The same as the report begins with: plain text, a line each, oldest first, as many as its field holds. */
export function reportDraft(view: ViewContext, facts: TeamFacts, { movements, said }: TeamShown): string {
  const { mission, words: speech } = view
  const lines = [
    ...(movements ? heard(facts) : []).map(({ kind, at, words }) => ({
      at,
      who: speech.t(`team.act.${kind}`),
      words,
    })),
    ...said
      .filter(({ text }) => text !== null)
      .map(quote => ({ at: quote.saidAt, who: quoteAuthor(view, quote), words: quote.text })),
  ].toSorted((a, b) => a.at - b.at)
  const when = (at: number) =>
    DateTime.fromMillis(at, { zone: mission.zone, locale: speech.language }).toFormat('d LLL HH:mm')
  const texts = lines.map(({ at, who, words }) => named(view, `${when(at)} ${who}`, words))
  return fitting(texts, teamLimits.report).shown.join('\n')
}
