import { type Language, textIn } from '../../domain/mission.ts'
import { actsOpenTo, type Party, type TaskingActKind } from '../../domain/tasking.ts'
import { readySteps } from '../../domain/tasking-steps.ts'
import type { GateOnCard } from '../../operations/gate.ts'
import type { TaskingFacts } from '../../operations/tasking.ts'
import type { Block, Rendered } from '../../ports.ts'
import {
  actions,
  brief,
  button,
  type Choice,
  context,
  fields,
  header,
  said,
  section,
  select,
  sentence,
} from '../blocks.ts'
import { pair, role, roleNamed, type ViewContext } from '../context.ts'
import { marksText } from '../release.ts'
import { accountableName, placeText, resultText, stateText, taskingTitle, tierText } from './phrases.ts'

/** Who reads a card, as far as it differs between them. */
export interface TaskingReader {
  /** people.id for a direct message or a private answer. */
  personId?: string
  /** What they are to it; of a channel, that of those it is given to. */
  parties: readonly Party[]
  /** Whether they write down what was said over radio or phone. */
  centre: boolean
  /** Until when this person put its reminders off (epoch ms). */
  snoozedUntil?: number | null
  /** The code of the record it comes from, where they may read that too. */
  originCode?: string | null
  /** What it goes by, or waits for. */
  gates?: readonly GateOnCard[]
  /** The mission's posture changed, and those it is for have not confirmed since (R-092). */
  paused?: boolean
}

const TEXT_MAX = 1200
const SPOKEN_MAX = 300

/** Acts shown as buttons, nearest first; what is left stands behind *More…*. */
const BUTTONS: readonly TaskingActKind[] = [
  'accept',
  'take_on',
  'agree',
  'resume',
  'begin',
  'done',
  'decline',
  'counter',
  'block',
  'uphold',
]
const MAIN = new Set<TaskingActKind>(['accept', 'take_on', 'agree', 'resume'])
const MOST_BUTTONS = 4

/** A tasking's or a request's card: the same everywhere, with the next steps of whoever reads it. */
export function taskingCard(view: ViewContext, facts: TaskingFacts, reader: TaskingReader): Rendered {
  const { t } = view.words
  const title = taskingTitle(view, facts)
  const why = whyToYou(view, facts, reader)
  const blocks: Block[] = [
    header(title),
    ...(why ? [context(`👉 ${why}`)] : []),
    section(`*${t('tasking.field.result')}*\n${said(resultText(view, facts)).slice(0, TEXT_MAX)}`),
    fields(factFields(view, facts, reader)),
    ...(reader.paused ? [section(`⏸️ *${t('tasking.paused')}*`)] : []),
    ...gateBlocks(view, reader.gates ?? []),
    ...(facts.steps.some(({ what }) => what !== '') ? [section(stepsText(view, facts))] : []),
    ...wordsBlocks(view, facts),
    ...(reader.snoozedUntil && reader.snoozedUntil > view.now
      ? [context(`💤 ${t('tasking.snoozedUntil', { at: view.words.dateTime(reader.snoozedUntil) })}`)]
      : []),
    ...actionBlocks(view, facts, reader),
    context(footer(view, facts)),
  ]
  return {
    text: pair(
      view,
      said(title),
      `${sentence(brief(resultText(view, facts), SPOKEN_MAX))} ${sentence(plainState(view, facts))}`,
    ),
    blocks,
  }
}

/** "Waits for human rights due diligence, which Mission leadership decides." */
function gateBlocks(view: ViewContext, gates: readonly GateOnCard[]): Block[] {
  const { t } = view.words
  return gates.map(({ template, decides, code, waits, ground }) => {
    const names = {
      name: textIn(template.name, view.words.language as Language),
      code: code ?? t('gate.onTasking.none'),
      role: role(view, decides),
    }
    if (ground)
      return section(`⏩ ${t('gate.onTasking.ahead', { ...names, ground: t(`gate.exemption.${ground}`) })}`)
    return section(
      waits ? `⏳ *${t('gate.onTasking.waits', names)}*` : `☑️ ${t('gate.onTasking.passed', names)}`,
    )
  })
}

const plainState = (view: ViewContext, facts: TaskingFacts) =>
  stateText(view, facts, true).replaceAll('*', '')

function factFields(view: ViewContext, facts: TaskingFacts, reader: TaskingReader): string[] {
  const { tasking } = facts
  const { t, dateTime } = view.words
  const rows: [string, string | null][] = [
    ['state', stateText(view, facts, true)],
    [tasking.kind === 'tasking' ? 'due' : 'wantedBy', dateTime(tasking.dueAt)],
    [tasking.kind === 'tasking' ? 'accountable' : 'asked', accountableName(view, facts)],
    ['place', placeText(view, facts)],
    ['tier', tierText(view, facts)],
    ['activity', tasking.activity === 'protection' ? null : t(`gate.about.${tasking.activity}`)],
    ['origin', reader.originCode ?? null],
  ]
  return rows.flatMap(([key, value]) => (value ? [`*${t(`tasking.field.${key}`)}*\n${value}`] : []))
}

function stepsText(view: ViewContext, facts: TaskingFacts): string {
  const { t, list } = view.words
  const ready = new Set(readySteps(facts.steps).map(({ position }) => position))
  const lines = facts.steps.map(({ position, what, after, doneAt }) => {
    const line = `${position}. ${brief(what, 150)}`
    if (doneAt !== null) return `☑️ ${line}`
    if (!facts.open) return `▫️ ${line} _(${t('tasking.stepOpen')})_`
    if (ready.has(position)) return `▶️ ${line}`
    return `⏸️ ${line} _(${t('tasking.afterSteps', { steps: list(after.map(String)) })})_`
  })
  return `*${t('tasking.field.steps')}*\n${lines.join('\n')}`
}

function wordsBlocks(view: ViewContext, { tasking }: TaskingFacts): Block[] {
  const { t } = view.words
  const text = (key: string, words: string) =>
    section(`*${t(`tasking.field.${key}`)}*\n${said(words).slice(0, TEXT_MAX)}`)
  return [
    ...(tasking.reason && tasking.state !== 'done' ? [text(reasonKey(tasking), tasking.reason)] : []),
    ...(tasking.outcome ? [text('outcome', tasking.outcome)] : []),
  ]
}

function reasonKey({ kind, state }: TaskingFacts['tasking']): string {
  if (state === 'alternative') return 'alternative'
  if (state === 'referred') return 'referredWhy'
  // What was accepted with words is what was offered instead, and agreed to.
  return kind === 'request' && (state === 'accepted' || state === 'in_progress') ? 'agreed' : 'reason'
}

/** Why a person got it, and what is asked of them. */
function whyToYou(
  view: ViewContext,
  facts: TaskingFacts,
  { personId, parties }: TaskingReader,
): string | null {
  if (!personId || !facts.open) return null
  const { t } = view.words
  const { tasking } = facts
  if (parties.includes('above')) return t('tasking.why.above')
  const referred = tasking.state === 'referred'
  if (referred && parties.includes('asker')) return t('tasking.why.chase')
  if (parties.includes('asked')) {
    if (referred) return t('tasking.why.withHeadquarters')
    if (tasking.kind === 'request') {
      if (tasking.state === 'alternative') return t('tasking.why.proposed')
      return t(tasking.state === 'offered' ? 'tasking.why.request' : 'tasking.why.agreed')
    }
    return t(tasking.state === 'offered' ? 'tasking.why.offered' : 'tasking.why.yours')
  }
  if (parties.includes('asker'))
    return t(tasking.state === 'alternative' ? 'tasking.why.instead' : 'tasking.why.asker')
  return facts.overdue ? t('tasking.why.overdue') : null
}

function actionBlocks(view: ViewContext, facts: TaskingFacts, reader: TaskingReader): Block[] {
  const { t } = view.words
  const { tasking } = facts
  const open = actsOpenTo(tasking.kind, tasking.state, reader.parties)
  const shown = BUTTONS.filter(act => open.includes(act)).slice(0, MOST_BUTTONS)
  const more = moreChoices(
    view,
    facts,
    reader,
    open.filter(act => !shown.includes(act)),
  )
  const elements = [
    ...shown.map(act =>
      button(t(`tasking.button.${act}`), `tasking.act:${act}`, tasking.id, {
        ...(MAIN.has(act) || (act === 'done' && shown[0] === 'done') ? { style: 'primary' as const } : {}),
        label: `${t(`tasking.button.${act}`)} ${tasking.code}`,
      }),
    ),
    ...(more.length > 0 ? [select('tasking.more', t('alert.button.more'), more)] : []),
  ]
  // Slack keeps a menu's choice for as long as its block has the same id.
  const blockId = `tasking:${tasking.id}:${tasking.version}:${view.now}`
  return elements.length > 0 ? [actions(blockId, elements)] : []
}

/** Each value names the tasking too, for a menu's choice comes without the card it was made on. */
function moreChoices(
  view: ViewContext,
  facts: TaskingFacts,
  reader: TaskingReader,
  left: readonly TaskingActKind[],
): Choice[] {
  const { t } = view.words
  const { tasking } = facts
  const acts = reader.parties.some(party => party === 'asked' || party === 'asker')
  const steps = facts.open && acts ? readySteps(facts.steps) : []
  const asks = facts.open && reader.parties.includes('asker')
  const waits = facts.open && (reader.gates ?? []).some(gate => gate.waits)
  const snoozes = facts.open && reader.personId !== undefined && reader.parties.some(isReminded(facts))
  const choices: Choice[] = [
    ...left.map(act => ({ text: t(`tasking.button.${act}`), value: `act.${act}` })),
    ...steps.map(({ position, what }) => ({
      text: t('tasking.stepDone', { step: `${position}. ${what}` }),
      value: `step.${position}`,
    })),
    ...(waits && (acts || reader.centre) ? [{ text: t('tasking.more.ahead'), value: 'ahead' }] : []),
    ...(asks ? [{ text: t('tasking.more.amend'), value: 'amend' }] : []),
    ...(snoozes ? [{ text: t('tasking.more.snooze'), value: 'snooze' }] : []),
    ...(facts.open && reader.centre ? [{ text: t('tasking.more.recorded'), value: 'recorded' }] : []),
  ]
  return choices.map(choice => ({ ...choice, value: `${choice.value}:${tasking.id}` }))
}

const isReminded =
  ({ tasking }: TaskingFacts) =>
  (party: Party): boolean =>
    party === (tasking.kind === 'request' || tasking.state === 'referred' ? 'asker' : 'asked')

function footer(view: ViewContext, { tasking }: TaskingFacts): string {
  const { t, dateTime } = view.words
  const asked = t(`tasking.askedBy.${tasking.kind}`, {
    role: roleNamed(view, tasking.askedRole),
    at: dateTime(tasking.askedAt),
  })
  const free = tasking.kind === 'request' ? ` ${t('tasking.free')}` : ''
  const layer = tasking.layer ? ` ${t('tasking.restricted')}` : ''
  const marks = marksText(view, {
    tlp: tasking.tlp ?? view.mission.marks.tlp,
    sensitivity: tasking.sensitivity ?? view.mission.marks.sensitivity,
  })
  return `${asked}${free}${layer} ${marks}`
}

/** What is left of a card where somebody may now read who may not read it: no code, no count. */
export function hiddenTasking(view: ViewContext): Rendered {
  const text = view.words.t('tasking.hidden')
  return { text, blocks: [context(text)] }
}
