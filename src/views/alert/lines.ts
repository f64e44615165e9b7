import { findRole, type Slot, type Step } from '../../domain/mission.ts'
import type { AlertFacts } from '../../operations/alert/facts.ts'
import { type OwnerFacts, ownerIn } from '../../operations/alert/owner.ts'
import type { Line } from '../../operations/alert/tell.ts'
import type { Person } from '../../operations/context.ts'
import { parseRoleKey } from '../../operations/permission.ts'
import type { Rendered } from '../../ports.ts'
import { post, role, roleOf, type ViewContext } from '../context.ts'
import { personName } from '../person.ts'
import { actText } from './act-line.ts'
import { callTreeLines } from './call-tree.ts'
import { authorName } from './phrases.ts'

/** People a line may mention, by people.id. Whoever acted is left out here: nobody is mentioned for their own act. */
export type Mentions = ReadonlyMap<string, Person>

/** A further report has words of its own: `reportLine` (views/report.ts). */
export type SaidLine = Exclude<Line, { line: 'report' }>

/** One line of an alert's thread: who did what, or what the clocks did. Null where nothing is left to say. */
export function alertLine(
  view: ViewContext,
  facts: AlertFacts,
  line: SaidLine,
  mentions: Mentions,
): Rendered | null {
  switch (line.line) {
    case 'raised':
      return message(raisedText(view, facts, mentions))
    case 'act': {
      const act = facts.acts.find(candidate => candidate.id === line.act)
      const text = act ? actText(view, facts, act) : null
      return text === null ? null : message(`*${facts.alert.code}* · ${text}`)
    }
    case 'escalated':
      return message(escalatedText(view, facts, line, mentions))
    case 'exhausted':
      return message(exhaustedText(view, facts, line, mentions))
    case 'unreached':
      return message(unreachedText(view, facts, line))
    case 'specialist':
      return message(specialistText(view, facts, line))
  }
}

const message = (text: string): Rendered => ({ text })

function raisedText(view: ViewContext, facts: AlertFacts, mentions: Mentions): string {
  const { t } = view.words
  const others = without(mentions, facts.alert.raisedBy)
  const owners = facts.owners.map(owner => {
    const row = owner.told.findLast(candidate => candidate.outcome === 'told')
    return t('alert.line.owner', {
      slot: t(`alert.slot.${owner.owner.slot}`),
      post: postText(view, facts, owner, row?.rung, others),
    })
  })
  const told = view.words.list(facts.inform.map(ref => post(view, facts.alert, ref)))
  return [
    t('alert.line.raised', { code: facts.alert.code, author: authorName(view, facts) }),
    ...owners,
    ...(told ? [t('alert.line.informed', { roles: told })] : []),
  ].join('\n')
}

function postText(
  view: ViewContext,
  { alert }: AlertFacts,
  owner: OwnerFacts,
  rung: number | undefined,
  mentions: Mentions,
): string {
  const { t } = view.words
  const ref = rung === undefined ? undefined : owner.posts[rung]
  if (!ref || rung === undefined) return t('alert.owner.nobody')
  const row = owner.told.findLast(candidate => candidate.rung === rung && candidate.outcome === 'told')
  // To whom nobody stands a text cannot have gone.
  const told = row?.means ?? owner.ladder.rungs[rung]?.means.filter(kind => kind !== 'sms') ?? []
  const named = told.includes('mention') ? mention(view, mentions, row?.people ?? []) : []
  const means = told.filter(kind => kind !== 'mention' || named.length > 0)
  return [
    post(view, alert, ref),
    ...named,
    ...(means.length > 0 ? [`(${view.words.list(means.map(kind => t(`alert.means.${kind}`)))})`] : []),
  ].join(' ')
}

const mention = (view: ViewContext, mentions: Mentions, ids: readonly string[]): string[] =>
  ids.flatMap(id => {
    const person = mentions.get(id)
    return person ? [personName(view.words, person)] : []
  })

const without = (mentions: Mentions, personId: string | undefined): Mentions =>
  new Map([...mentions].filter(([id]) => id !== personId))

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
  const slot = t(`alert.slot.${line.slot}`)
  const first = rows.at(0)
  const others = without(mentions, first && passedOnBy(facts, line, first.dueAt))
  return [
    t(`alert.line.${line.why ?? 'escalated'}.${line.step as Step}`, { slot, code: facts.alert.code }),
    ...(reached.length > 0
      ? [
          t('alert.line.nowWith', {
            posts: list(reached.map(row => postText(view, facts, owner, row.rung, others))),
          }),
        ]
      : []),
    ...skipped.flatMap(row => {
      const ref = owner.posts[row.rung]
      return ref ? [t(`alert.line.${row.outcome}`, { role: post(view, facts.alert, ref) })] : []
    }),
    ...(late && first ? [t('alert.line.late', { at: dateTime(first.dueAt) })] : []),
  ].join('\n')
}

/** Who set this off by passing the alert on, where it was not a clock; they may hold the next post too. */
function passedOnBy(
  facts: AlertFacts,
  line: Extract<Line, { line: 'escalated' }>,
  dueAt: number,
): string | undefined {
  return facts.acts.findLast(
    act =>
      (act.kind === 'cannot_take' || act.kind === 'moved') &&
      act.slot === line.slot &&
      Math.abs(dueAt - act.recordedAt) < AT_ONCE_MS,
  )?.byPerson
}

/** An act and the rungs it tells are written in one transaction, by a clock that may tick in between. */
const AT_ONCE_MS = 1000

/** To the specialist alone: which mark, and whom to ring. */
function specialistText(
  view: ViewContext,
  { alert }: AlertFacts,
  { layers, by }: Extract<Line, { line: 'specialist' }>,
): string {
  const { t, list } = view.words
  const centre = view.mission.operationsCentre
  const ring = [...(by ? [parseRoleKey(by)] : []), centre].find(
    ref => findRole(view.mission, ref.role)?.phone,
  )
  const phone = ring && findRole(view.mission, ring.role)?.phone
  return t('alert.line.specialist', {
    code: alert.code,
    marks: list(layers.map(layer => t(`alert.special.${layer}`))),
    post: ring ? role(view, ring) : roleOf(view, alert, by),
    phone: phone ?? t('alert.line.noPhone'),
  })
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
  const named = (rung: number) => {
    const row = owner.told.findLast(candidate => candidate.rung === rung && candidate.outcome === 'told')
    return mention(view, mentions, row?.people ?? [])
  }
  return [
    t('alert.line.exhausted', { slot: t(`alert.slot.${line.slot}`), code: facts.alert.code }),
    ...callTreeLines(view, facts, line.slot as Slot, named),
  ].join('\n')
}

/** A message about the alert does not arrive: whoever reads this must ring somebody up. */
function unreachedText(
  view: ViewContext,
  facts: AlertFacts,
  { slots }: Extract<Line, { line: 'unreached' }>,
): string {
  const { t } = view.words
  return [
    t('limits.unreached', { code: facts.alert.code }),
    ...slots.flatMap(slot => [`*${t(`alert.slot.${slot}`)}*`, ...callTreeLines(view, facts, slot)]),
  ].join('\n')
}
