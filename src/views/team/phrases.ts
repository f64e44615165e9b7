/** What several views of a team say in the same words. */
import { type Language, textIn } from '../../domain/mission.ts'
import { stepReached, TEAM_STEPS, type TeamStanding } from '../../domain/team.ts'
import type { TeamFacts } from '../../operations/team/facts.ts'
import type { Suggested } from '../../operations/team/free.ts'
import { sectionOf, watchPosts } from '../../operations/team/posts.ts'
import type { TeamShown } from '../../operations/team/reading.ts'
import { bare, brief, said } from '../blocks.ts'
import { post, role, sector, type ViewContext } from '../context.ts'
import { personName } from '../person.ts'

const NAME_MAX = 80

const language = (view: ViewContext) => view.words.language as Language

/** "Joint protection team": its kind as the mission calls it. Plain text. */
export const kindName = (view: ViewContext, { kind }: Pick<TeamFacts, 'kind'>): string =>
  bare(textIn(kind.name, language(view)))

/** A section as the mission calls it. Plain text. */
export function sectionPlain(view: ViewContext, id: string): string {
  const section = sectionOf(view.mission, id)
  return bare(section ? textIn(section.name, language(view)) : id)
}

/** A section as somebody wrote it, in the reader's language where the mission knows it. Plain text. */
export function sectionSaid(view: ViewContext, text: string): string {
  const known = view.mission.teams.sections.find(({ name }) => Object.values(name).includes(text))
  return known ? sectionPlain(view, known.id) : bare(text)
}

/** A section as the mission calls it, ready for mrkdwn. */
export const sectionName = (view: ViewContext, id: string): string => said(sectionPlain(view, id))

/** "J-7K4Q · Joint protection team · Karamba market". Plain text, not mrkdwn. */
export function teamTitle(view: ViewContext, facts: TeamFacts): string {
  const { team, hotspot } = facts
  const parts = [team.code, kindName(view, facts), bare(hotspot.name)]
  return [...(team.exercise ? [view.words.t('alert.exercise')] : []), ...parts].join(' · ')
}

/** The same in one line of a list, ready for mrkdwn. */
export function teamName(view: ViewContext, facts: TeamFacts): string {
  return `*${facts.team.code}* ${said(kindName(view, facts))} · ${brief(facts.hotspot.name, NAME_MAX)}`
}

export const standingMark: Readonly<Record<TeamStanding | 'under_way', string>> = {
  proposed: '🟡',
  composing: '🟠',
  ready: '🟢',
  out: '🔵',
  overdue: '🔴',
  back: '⚪',
  reported: '📄',
  followed_up: '☑️',
  closed: '✅',
  declined: '➖',
  cancelled: '➖',
  under_way: '🟠',
}

/**
 * How it stands as far as the reader may know: whether it is being prepared or out is a movement, and those who do not
 * see movements read that it is under way.
 */
export function standingFor(
  { standing, team }: TeamFacts,
  shown: Pick<TeamShown, 'movements'> & Partial<Pick<TeamShown, 'days'>>,
): TeamStanding | 'under_way' {
  const hidden = ['composing', 'ready', 'out', 'overdue'].includes(standing)
  if (!hidden || shown.movements) return standing
  // Whoever is asked to take part knows that it is being put together, and not whether it is ready.
  return shown.days && team.state === 'composing' ? 'composing' : 'under_way'
}

/** What it waits for, or came to, in one sentence; ready for mrkdwn. */
export function stateText(view: ViewContext, facts: TeamFacts, shown: TeamShown): string {
  const { t, dateTime, date } = view.words
  const { team, sections, awaited } = facts
  const standing = standingFor(facts, shown)
  const decides = facts.approverPosts[0]
  if (standing === 'composing' && !shown.movements) {
    const asked = [...shown.people.keys()].map(id => sectionName(view, id))
    return asked.length > 0
      ? t('team.state.asked', { sections: view.words.list(asked) })
      : t('team.state.preparing')
  }
  return t(`team.state.${standing}`, {
    role: decides ? role(view, decides) : '',
    answered: sections.filter(({ state }) => state !== 'asked').length,
    count: sections.length,
    left: facts.heldBack.length,
    since: dateTime(team.stateAt),
    next: awaited ? t(`team.awaited.${awaited.kind}`, { at: dateTime(awaited.at) }) : '',
    awaited: awaited ? t(`team.awaitedWhat.${awaited.kind}`) : '',
    at: awaited ? dateTime(awaited.at) : '',
    back: team.returnAt === null ? '' : dateTime(team.returnAt),
    told: toldText(view, facts),
    heard: heardText(view, facts),
    due: team.reportDueAt === null ? '' : date(team.reportDueAt),
    late: team.state === 'back' && (team.reportDueAt ?? view.now) < view.now ? t('team.reportLate') : '',
    recommendations:
      facts.recommendations.length === 0
        ? t('team.noRecommendations')
        : t('team.recommendations', {
            count: facts.recommendations.length,
            decided: facts.recommendations.length - facts.undecided,
          }),
    reason: team.reason ? brief(team.reason, 300) : t('team.noReason'),
  }).trim()
}

/** When it was last heard of, and how; nothing before its first check-in. */
function heardText({ words: { t, dateTime } }: ViewContext, { acts }: TeamFacts): string {
  const heard = acts.findLast(({ kind }) => kind === 'check_in')
  return heard ? t('team.lastHeard', { at: dateTime(heard.at), by: t(`team.by.${heard.means}`) }) : ''
}

/** Who has been told that nothing was heard. */
function toldText(view: ViewContext, { team }: TeamFacts): string {
  const { t, list } = view.words
  const posts = watchPosts(view.mission, team.sector).slice(0, Math.max(0, team.watchSteps - 1))
  if (posts.length === 0) return ''
  return t('team.told', { posts: list(posts.map(ref => post(view, team, ref))) })
}

/** "● Proposed  ● Composed  ○ Cleared …": how far it has come; null where it ended before it went. */
export function stepsText(view: ViewContext, facts: TeamFacts, shown: TeamShown): string | null {
  const standing = standingFor(facts, shown)
  if (standing === 'under_way') return null
  const composed = facts.sections.length > 0 && facts.sections.every(({ state }) => state !== 'asked')
  const at = stepReached(standing)
  if (at < 0) return null
  return TEAM_STEPS.map((step, index) => {
    // A section that stays silent is not passed over because the team went.
    const taken = step === 'composed' ? composed && facts.team.state !== 'proposed' : index <= at
    return `${taken ? '●' : '○'} ${view.words.t(`team.step.${step}`)}`
  }).join('   ')
}

/** The first and last day of it: as its hours are set, for those who see them, else as it is planned. */
export function daysText(
  view: ViewContext,
  { team }: Pick<TeamFacts, 'team'>,
  { movements }: Pick<TeamShown, 'movements'>,
): string {
  const locale = view.words.language === 'en' ? 'en-GB' : view.words.language
  const day = new Intl.DateTimeFormat(locale, {
    ...{ day: 'numeric', month: 'short', year: 'numeric' },
    timeZone: view.mission.zone,
  } as const)
  const { departAt, returnAt, backAt } = team
  const set = movements && departAt !== null && returnAt !== null
  return set ? day.formatRange(departAt, backAt ?? returnAt) : day.formatRange(team.fromAt, team.toAt)
}

/** A skill or a language as the mission calls it. Plain text. */
export function termName(view: ViewContext, list: 'skills' | 'languages', id: string): string {
  const found = view.mission.teams[list].find(term => term.id === id)
  return found ? bare(textIn(found.name, language(view))) : id
}

/** Skills and languages it needs; null where none was named. */
export function needsText(view: ViewContext, { team }: Pick<TeamFacts, 'team'>): string | null {
  const needs = [
    ...team.skills.map(id => termName(view, 'skills', id)),
    ...team.languages.map(id => termName(view, 'languages', id)),
  ]
  return needs.length > 0 ? said(needs.join(', ')) : null
}

/** Where it goes: the sector, and the place as it was said where the name does not say it. Ready for mrkdwn. */
export function whereText(view: ViewContext, { hotspot, team }: TeamFacts): string {
  const place = hotspot.placeSaid === hotspot.name ? [] : [hotspot.placeSaid]
  return [brief([hotspot.name, ...place].join(', '), NAME_MAX), sector(view, team.sector)].join(' · ')
}

/** Somebody a section could send, with what speaks for and against it. Ready for mrkdwn. */
export function suggestedText(view: ViewContext, one: Suggested): string {
  const { t } = view.words
  const why = [
    ...one.skills.map(id => termName(view, 'skills', id)),
    ...one.languages.map(id => termName(view, 'languages', id)),
    ...(one.woman ? [t('team.suggest.woman')] : []),
    ...(one.onDuty ? [t('team.suggest.onDuty')] : []),
    ...one.rota.map(ref => t('team.suggest.rota', { role: role(view, ref) })),
  ]
  return named(view, personName(view.words, one.person), said(why.join(', ')) || null)
}

/** "Civil affairs: sends somebody", as the language joins the two. */
export const named = (view: ViewContext, name: string, text: string | null): string =>
  text ? view.words.t('team.named', { name, text }) : name

/** How a member is shown to those who see movements: by name, or for a humanitarian as what they call themselves. */
export function memberName(view: ViewContext, { row, person }: TeamFacts['members'][number]): string {
  if (row.section !== null) return personName(view.words, person)
  return row.guest ? brief(row.guest, NAME_MAX) : view.words.t('team.partner')
}

/** What holds a team back, in words. */
export function heldBackText(view: ViewContext, what: string): string {
  const { t } = view.words
  return what.startsWith('must:')
    ? t('team.held.must', { section: sectionName(view, what.slice('must:'.length)) })
    : t(`team.held.${what}`)
}
