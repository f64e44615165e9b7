import type { PlanStep } from '../../db/plans.ts'
import { STEP_LANES } from '../../domain/plan.ts'
import { isAsked, type PlanFacts, type PlanShown, planLimits } from '../../operations/plan.ts'
import type { Block, Rendered } from '../../ports.ts'
import { actions, brief, button, context, fitting, header, section } from '../blocks.ts'
import type { ViewContext } from '../context.ts'
import { forumTitle } from '../forum/phrases.ts'
import { personName } from '../person.ts'
import { stateMark, stateText } from '../tasking/phrases.ts'
import { planTitle, postName } from './phrases.ts'

const ROOM = 2_600

/** A joint plan: its steps in order, who agreed, who is missing, what it crosses as far as those who read may know. */
export function planCard(view: ViewContext, facts: PlanFacts, shown: PlanShown): Rendered {
  const { t, list } = view.words
  const { plan, missing } = facts
  const title = planTitle(view, facts)
  const lead = t(`plan.state.${plan.state}`)
  return {
    text: `${title}. ${lead}`,
    blocks: [
      header(title),
      section(`${lead}${plan.goal ? `\n> ${brief(plan.goal, planLimits.goal)}` : ''}`),
      context(brief(forumTitle(view, facts.forum), 150)),
      ...stepBlocks(view, facts, shown),
      ...(missing.length > 0 && plan.state !== 'closed'
        ? [section(`⚠️ ${t('plan.missing', { posts: list(missing.map(post => postName(view, post))) })}`)]
        : []),
      ...crossing(view, shown),
      ...said(view, facts),
      ...(plan.outcome ? [section(`*${t('plan.outcome')}*\n> ${brief(plan.outcome, 1_000)}`)] : []),
      ...buttons(view, facts, shown),
      ...(plan.state === 'closed' ? [] : [context(t('plan.agencies'))]),
    ],
  }
}

function stepBlocks(view: ViewContext, facts: PlanFacts, shown: PlanShown): Block[] {
  const { t } = view.words
  const { steps } = facts
  if (steps.length === 0) return [section(t('plan.noStep'))]
  const laned = steps.some(({ lane }) => lane !== null)
  const groups = laned ? ([...STEP_LANES, null] as const) : ([null] as const)
  return groups.flatMap(lane => {
    const own = laned ? steps.filter(step => step.lane === lane) : steps
    if (own.length === 0) return []
    const lines = own.map(step => stepText(view, step, facts, shown))
    const fits = fitting(lines, ROOM)
    const more = fits.rest > 0 ? [`_${t('meeting.more', { count: fits.rest })}_`] : []
    const name = laned ? t(`plan.lane.${lane ?? 'none'}`) : t('plan.steps')
    return [section([`*${name}*`, ...fits.shown, ...more].join('\n'))]
  })
}

function stepText(
  view: ViewContext,
  step: PlanStep,
  { plan, persons, waiting }: PlanFacts,
  { taskings, consult }: PlanShown,
): string {
  const { t, dateTime } = view.words
  const person = step.personId ? persons.get(step.personId) : undefined
  const tasking = step.taskingId ? taskings.get(step.taskingId) : undefined
  const details = [
    t(isAsked(step.post) ? 'plan.asked' : 'plan.by', { post: postName(view, step.post) }),
    ...(person ? [personName(view.words, person)] : []),
    t('plan.window', { from: dateTime(step.fromAt), to: dateTime(step.toAt) }),
    t('plan.tier', { tier: step.tier }),
    ...(step.district ? [brief(step.district, 75)] : []),
    ...(step.after.length > 0 ? [t('plan.after', { steps: step.after.join(', ') })] : []),
  ]
  const waits = plan.state === 'executing' && waiting.includes(step.position)
  const standing = [
    ...(waits ? [`⏳ _${t('plan.waits')}_`] : []),
    ...(step.kind === 'evacuation' ? [`_${t('plan.evacuation')}_`] : []),
    ...(consult.includes(step.position) ? [`⚠️ _${t('plan.consultFirst')}_`] : []),
    ...(tasking
      ? [`${stateMark(tasking)} ${tasking.tasking.code} · ${stateText(view, tasking)}`]
      : step.taskingId
        ? [t('plan.given')]
        : []),
  ]
  const what = step.what === '' ? t('tasking.erased') : brief(step.what, planLimits.what)
  return [`*${step.position}.* ${what}`, details.join(' · '), ...standing].join('\n')
}

/** What it crosses, for those who may know of each. */
function crossing(view: ViewContext, { conflicts }: PlanShown): Block[] {
  const { t } = view.words
  if (conflicts.length === 0) return []
  const lines = conflicts.map(({ position, kind, code, reference }) =>
    t(`plan.crosses.${kind}`, { position, code, reference: brief(reference ?? '', 60) }),
  )
  const { shown } = fitting(lines, ROOM)
  return [section([`*${t('plan.crosses.title')}*`, ...shown].join('\n'))]
}

/** Who agreed to the plan as it is, who did not yet; each objection and comment with its words. */
function said(view: ViewContext, { plan, standing, voices }: PlanFacts): Block[] {
  const { t, dateTime } = view.words
  const asked = plan.state !== 'draft' && plan.state !== 'closed'
  const stand = asked
    ? standing.map(({ post, answer }) =>
        t(`plan.stands.${answer ?? 'silent'}`, { post: postName(view, post) }),
      )
    : []
  const words = voices
    .filter(voice => voice.words)
    .map(voice =>
      t(`plan.said.${voice.answer}`, {
        position: voice.position ?? 0,
        who: voice.post
          ? postName(view, voice.post)
          : voice.constituency
            ? t(`alert.constituency.${voice.constituency}`)
            : t('alert.someone'),
        at: dateTime(voice.at),
        words: brief(voice.words ?? '', 400),
      }),
    )
  const { shown, rest } = fitting(words.toReversed().slice(0, 12), ROOM)
  return [
    ...(stand.length > 0 ? [section([`*${t('plan.stands.title')}*`, ...stand].join('\n'))] : []),
    ...(shown.length > 0 ? [section([`*${t('plan.said.title')}*`, ...shown].join('\n'))] : []),
    ...(rest > 0 ? [context(t('meeting.more', { count: rest }))] : []),
  ]
}

function buttons(view: ViewContext, facts: PlanFacts, { keeps, consult }: PlanShown): Block[] {
  const { t } = view.words
  const { plan, steps, waiting } = facts
  const { id, state } = plan
  if (state === 'closed') return []
  const changes = state !== 'executing'
  const left = steps.some(({ taskingId }) => taskingId === null)
  const gate = view.mission.gates.find(({ kind }) => kind === 'consultation')
  const voice = [
    ...(state === 'consulted'
      ? [button(t('plan.button.agree'), 'plan.agree', id, { style: 'primary' })]
      : []),
    button(t(state === 'consulted' ? 'plan.button.object' : 'plan.button.comment'), 'plan.say', id),
    ...(state === 'executing' && left ? [button(t('plan.button.giveLeft'), 'plan.start', id)] : []),
    ...(gate && consult.length > 0 ? [button(t('plan.button.consultation'), 'gate.ask', gate.id)] : []),
  ]
  const own = [
    ...(changes ? [button(t('plan.button.add'), 'plan.step', id)] : []),
    ...(changes && steps.length > 0
      ? [button(t('plan.button.change'), 'plan.change', id), button(t('plan.button.takeOut'), 'plan.out', id)]
      : []),
    ...(state === 'executing' && waiting.length > 0
      ? [button(t('plan.button.early'), 'plan.early', id)]
      : []),
    ...(state === 'draft' && steps.length > 0
      ? [button(t('plan.button.consult'), 'plan.consult', id, { style: 'primary' })]
      : []),
    ...(state === 'agreed' ? [button(t('plan.button.start'), 'plan.start', id, { style: 'primary' })] : []),
    button(t('plan.button.close'), 'plan.close', id),
  ]
  return [actions(`plan:${id}:say`, voice), ...(keeps ? [actions(`plan:${id}:keep`, own)] : [])]
}

/** To whoever answers for a step: everything before it is done, or it may begin all the same. */
export function readyLine(
  view: ViewContext,
  { plan, steps }: PlanFacts,
  position: number,
  early = false,
): Rendered | null {
  const step = steps.find(each => each.position === position)
  if (!step) return null
  const text = view.words.t(early ? 'plan.early' : 'plan.ready', {
    code: plan.code,
    position,
    what: brief(step.what, 300),
  })
  return { text, blocks: [section(text)] }
}
