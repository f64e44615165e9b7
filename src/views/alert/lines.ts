import type { Act } from '../../domain/alert.ts'
import { findRole, type Slot, type Step, type Urgency } from '../../domain/mission.ts'
import { type AlertFacts, type OwnerFacts, ownerIn } from '../../operations/alert/facts.ts'
import type { Line } from '../../operations/alert/tell.ts'
import type { Person } from '../../operations/context.ts'
import type { Rendered } from '../../ports.ts'
import { said } from '../blocks.ts'
import { role, roleOf, sector, term, type ViewContext } from '../context.ts'
import { authorName, decisionText } from './card.ts'

/** People a line may mention, by people.id. Whoever acted is not among them: nobody is mentioned for their own act. */
export type Mentions = ReadonlyMap<string, Person>

/** One line of an alert's thread: who did what, or what the clocks did. Null where nothing is left to say. */
export function alertLine(
  view: ViewContext,
  facts: AlertFacts,
  line: Line,
  mentions: Mentions,
): Rendered | null {
  switch (line.line) {
    case 'raised':
      return message(raisedText(view, facts, mentions))
    case 'act': {
      const act = facts.acts.find(candidate => candidate.id === line.act)
      return act ? message(actText(view, facts, act)) : null
    }
    case 'escalated':
      return message(escalatedText(view, facts, line, mentions))
    case 'exhausted':
      return message(exhaustedText(view, facts, line, mentions))
  }
}

const message = (text: string): Rendered => ({ text })

function raisedText(view: ViewContext, facts: AlertFacts, mentions: Mentions): string {
  const { t } = view.words
  const owners = facts.owners.map(owner => {
    const row = owner.told.findLast(candidate => candidate.outcome === 'told')
    return t('alert.line.owner', {
      slot: t(`alert.slot.${owner.owner.slot}`),
      post: postText(view, owner, row?.rung, mentions),
    })
  })
  const told = view.words.list(facts.inform.map(ref => role(view, ref)))
  return [
    t('alert.line.raised', { code: facts.alert.code, author: authorName(view, facts) }),
    ...owners,
    ...(told ? [t('alert.line.informed', { roles: told })] : []),
  ].join('\n')
}

function postText(
  view: ViewContext,
  owner: OwnerFacts,
  rung: number | undefined,
  mentions: Mentions,
): string {
  const { t } = view.words
  const post = rung === undefined ? undefined : owner.posts[rung]
  if (!post || rung === undefined) return t('alert.owner.nobody')
  const row = owner.told.findLast(candidate => candidate.rung === rung && candidate.outcome === 'told')
  const means = owner.ladder.rungs[rung]?.means ?? []
  const named = means.includes('mention') ? (row?.people ?? []).flatMap(id => mention(mentions, id)) : []
  return [
    role(view, post),
    ...named,
    `(${view.words.list(means.map(kind => t(`alert.means.${kind}`)))})`,
  ].join(' ')
}

const mention = (mentions: Mentions, id: string): string[] => {
  const person = mentions.get(id)
  return person ? [`<@${person.userId}>`] : []
}

/** What an act was, by which post, in one line. */
export function actText(view: ViewContext, facts: AlertFacts, act: Act): string {
  const { t, dateTime, time, list } = view.words
  const note = act.note ? ` ${said(act.note)}` : ''
  const by = roleOf(view, act.role)
  const recorded =
    act.means === 'slack'
      ? ''
      : ` ${t('alert.line.recorded', { means: t(`alert.by.${act.means}`), at: time(act.at) })}`
  switch (act.kind) {
    case 'respond':
    case 'watch':
    case 'not_acting':
      return `*${by}*: ${decisionText(view, act)}.${recorded}${note}`
    case 'cannot_take':
      return `*${by}*: ${t('alert.line.cannot_take', { reason: act.reason ? term(view, 'cannot_take', act.reason) : '' })}${note}`
    case 'close':
      return `*${by}*: ${t('alert.line.close', { outcome: act.reason ? term(view, 'outcomes', act.reason) : '' })}${note}`
    case 'correct':
    case 'triage': {
      const fields = list((act.reason ?? '').split(',').map(field => t(`errors.fields.${field}`)))
      return `*${by}*: ${t(`alert.line.${act.kind}`, { fields, sector: sector(view, facts.alert.sector) })}`
    }
    case 'urgency':
      return `*${by}*: ${t('alert.line.urgency', { from: urgency(view, act.who), to: urgency(view, act.reason), at: dateTime(act.at) })}`
    default:
      return `*${by}*: ${t(`alert.line.${act.kind}`)}${recorded}${note}`
  }
}

const urgency = (view: ViewContext, value: string | null): string =>
  value ? view.words.t(`alert.urgency.${value as Urgency}`) : ''

function escalatedText(
  view: ViewContext,
  facts: AlertFacts,
  line: Extract<Line, { line: 'escalated' }>,
  mentions: Mentions,
): string {
  const { t, dateTime, list } = view.words
  const owner = ownerIn(facts, line.slot as Slot)
  const rows = owner.told.filter(
    row => row.step === line.step && row.round === line.round && line.rungs.includes(row.rung),
  )
  const reached = rows.filter(row => row.outcome === 'told')
  const skipped = rows.filter(row => row.outcome !== 'told')
  const late = rows.some(row => row.late)
  const post = (rung: number) => owner.posts[rung]
  const slot = t(`alert.slot.${line.slot}`)
  const first = rows.at(0)
  return [
    t(`alert.line.escalated.${line.step as Step}`, { slot, code: facts.alert.code }),
    ...(reached.length > 0
      ? [
          t('alert.line.nowWith', {
            posts: list(reached.map(row => postText(view, owner, row.rung, mentions))),
          }),
        ]
      : []),
    ...skipped.flatMap(row => {
      const ref = post(row.rung)
      return ref ? [t(`alert.line.${row.outcome}`, { role: role(view, ref) })] : []
    }),
    ...(late && first ? [t('alert.line.late', { at: dateTime(first.dueAt) })] : []),
  ].join('\n')
}

/** Nobody above is left to tell: whoever reads this must ring somebody up, so the telephone numbers stand here. */
function exhaustedText(
  view: ViewContext,
  facts: AlertFacts,
  line: Extract<Line, { line: 'exhausted' }>,
  mentions: Mentions,
): string {
  const { t } = view.words
  const owner = ownerIn(facts, line.slot as Slot)
  const tree = owner.posts.map((ref, rung) => {
    const phone = findRole(view.mission, ref.role)?.phone
    const row = owner.told.findLast(candidate => candidate.rung === rung && candidate.outcome === 'told')
    const names = (row?.people ?? []).flatMap(id => mention(mentions, id))
    return `• ${[role(view, ref), ...names, phone ?? t('alert.line.noPhone')].join(' ')}`
  })
  return [
    t('alert.line.exhausted', { slot: t(`alert.slot.${line.slot}`), code: facts.alert.code }),
    ...tree,
  ].join('\n')
}
