import type { PlanStep } from '../db/plans.ts'
import { STEP_KINDS, STEP_LANES } from '../domain/plan.ts'
import { TIERS } from '../domain/tasking.ts'
import { isAsked, type PlanFacts, type PlanShown, planLimits, stepPosts } from '../operations/plan.ts'
import type { Block, Rendered } from '../ports.ts'
import {
  actions,
  brief,
  button,
  context,
  fitting,
  header,
  input,
  modal,
  multiSelect,
  plain,
  radio,
  section,
  select,
  textInput,
} from './blocks.ts'
import { roleNamed, type ViewContext } from './context.ts'
import { forumTitle } from './forum/phrases.ts'
import { districtInput } from './gate/forms.ts'
import { personName } from './person.ts'
import { stateMark, stateText } from './tasking/phrases.ts'

const ROOM = 2_600

/** "Force HQ duty officer", "UN agencies". */
const postName = (view: ViewContext, post: string): string =>
  isAsked(post) ? view.words.t(`tasking.constituency.${post}`) : roleNamed(view, post)

/** "K-7K4Q · Joint plan", with the mark of an exercise. Raw, not yet mrkdwn. */
function titleOf(view: ViewContext, { plan }: PlanFacts): string {
  const { t } = view.words
  const title = `${plan.code} · ${t('plan.title')}`
  return plan.exercise ? `${t('alert.exercise')} ${title}` : title
}

/** A joint plan: its steps in order, who agreed, who is missing, what it crosses as far as those who read may know. */
export function planCard(view: ViewContext, facts: PlanFacts, shown: PlanShown): Rendered {
  const { t, list } = view.words
  const { plan, missing } = facts
  const title = titleOf(view, facts)
  const lead = t(`plan.state.${plan.state}`)
  return {
    text: `${title}. ${lead}`,
    blocks: [
      header(title),
      section(`${lead}${plan.goal ? `\n>>> ${brief(plan.goal, planLimits.goal)}` : ''}`),
      context(brief(forumTitle(view, facts.forum), 150)),
      ...stepBlocks(view, facts, shown),
      ...(missing.length > 0 && plan.state !== 'closed'
        ? [section(`⚠️ ${t('plan.missing', { posts: list(missing.map(post => postName(view, post))) })}`)]
        : []),
      ...crossing(view, shown),
      ...said(view, facts),
      ...(plan.outcome ? [section(`*${t('plan.outcome')}*\n>>> ${brief(plan.outcome, 1_000)}`)] : []),
      ...buttons(view, facts, shown),
      ...(plan.state === 'closed' ? [] : [context(t('plan.agencies'))]),
    ],
  }
}

function stepBlocks(view: ViewContext, { steps, persons }: PlanFacts, shown: PlanShown): Block[] {
  const { t } = view.words
  if (steps.length === 0) return [section(t('plan.noStep'))]
  const laned = steps.some(({ lane }) => lane !== null)
  const groups = laned ? ([...STEP_LANES, null] as const) : ([null] as const)
  return groups.flatMap(lane => {
    const own = laned ? steps.filter(step => step.lane === lane) : steps
    if (own.length === 0) return []
    const lines = own.map(step => stepText(view, step, persons, shown))
    const fits = fitting(lines, ROOM)
    const more = fits.rest > 0 ? [`_${t('meeting.more', { count: fits.rest })}_`] : []
    const name = laned ? t(`plan.lane.${lane ?? 'none'}`) : t('plan.steps')
    return [section([`*${name}*`, ...fits.shown, ...more].join('\n'))]
  })
}

function stepText(
  view: ViewContext,
  step: PlanStep,
  persons: PlanFacts['persons'],
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
  const standing = [
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

function buttons(view: ViewContext, { plan, steps }: PlanFacts, { keeps, consult }: PlanShown): Block[] {
  const { t } = view.words
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
    ...(changes && steps.length > 0 ? [button(t('plan.button.takeOut'), 'plan.out', id)] : []),
    ...(state === 'draft' && steps.length > 0
      ? [button(t('plan.button.consult'), 'plan.consult', id, { style: 'primary' })]
      : []),
    ...(state === 'agreed' ? [button(t('plan.button.start'), 'plan.start', id, { style: 'primary' })] : []),
    button(t('plan.button.close'), 'plan.close', id),
  ]
  return [actions(`plan:${id}:say`, voice), ...(keeps ? [actions(`plan:${id}:keep`, own)] : [])]
}

/** To whoever answers for a step: everything before it is done. */
export function readyLine(view: ViewContext, { plan, steps }: PlanFacts, position: number): Rendered | null {
  const step = steps.find(each => each.position === position)
  if (!step) return null
  const text = view.words.t('plan.ready', {
    code: plan.code,
    position,
    what: brief(step.what, 300),
  })
  return { text, blocks: [section(text)] }
}

const form = (view: ViewContext, what: string, submit: string) => ({
  title: view.words.t(`plan.form.${what}`),
  submit: view.words.t(submit),
  close: view.words.t('alert.modal.cancel'),
})

/** Begins one, in a group or a meeting of it. */
export function newPlanModal(view: ViewContext, at: { forumId: string; meetingId: string | null }) {
  const { t } = view.words
  return modal('plan.new', form(view, 'new', 'plan.form.begin'), at, [
    input('goal', t('plan.form.goal'), textInput('goal', { multiline: true, max: planLimits.goal }), {
      hint: t('plan.form.goalHint'),
    }),
  ])
}

/** *Add step…* */
export function stepModal(view: ViewContext, facts: PlanFacts) {
  const { t } = view.words
  const { steps, plan } = facts
  const earlier = steps.map(({ position, what }) => ({
    text: `${position}. ${what}`,
    value: String(position),
  }))
  return modal('plan.step', form(view, 'step', 'alert.modal.save'), { planId: plan.id }, [
    input('what', t('plan.form.what'), textInput('what', { multiline: true, max: planLimits.what })),
    input(
      'post',
      t('plan.form.post'),
      select(
        'post',
        t('alert.details.choose'),
        stepPosts(facts).map(post => ({ text: postName(view, post), value: post })),
      ),
      { hint: t('plan.form.postHint') },
    ),
    input(
      'person',
      t('plan.form.person'),
      { type: 'users_select', action_id: 'person', placeholder: plain(t('duty.choose'), 150) },
      { optional: true, hint: t('plan.form.personHint') },
    ),
    ...(earlier.length > 0
      ? [
          input('after', t('plan.form.after'), multiSelect('after', t('alert.details.choose'), earlier), {
            optional: true,
          }),
        ]
      : []),
    input('fromAt', t('plan.form.from'), { type: 'datetimepicker', action_id: 'fromAt' }),
    input('toAt', t('plan.form.to'), { type: 'datetimepicker', action_id: 'toAt' }),
    input(
      'tier',
      t('tasking.field.tier'),
      radio(
        'tier',
        TIERS.map(tier => ({ text: t(`plan.tierName.${tier}`), value: String(tier) })),
        '2',
      ),
    ),
    input(
      'kind',
      t('plan.form.kind'),
      radio(
        'kind',
        STEP_KINDS.map(value => ({ text: t(`plan.kind.${value}`), value })),
        'work',
      ),
    ),
    input(
      'lane',
      t('plan.form.lane'),
      select(
        'lane',
        t('alert.details.choose'),
        STEP_LANES.map(value => ({ text: t(`plan.lane.${value}`), value })),
      ),
      { optional: true },
    ),
    districtInput(view, { optional: true }),
  ])
}

/** *Take a step out…* */
export function takeOutModal(view: ViewContext, { plan, steps }: PlanFacts) {
  const { t } = view.words
  const options = steps.map(({ position, what }) => ({
    text: `${position}. ${what}`,
    value: String(position),
  }))
  return modal('plan.out', form(view, 'out', 'plan.form.takeOut'), { planId: plan.id }, [
    input('step', t('plan.form.step'), select('step', t('alert.details.choose'), options)),
  ])
}

/** An objection with its reason, or a comment. */
export function sayModal(view: ViewContext, { plan }: PlanFacts) {
  const { t } = view.words
  const answers = plan.state === 'consulted' ? (['object', 'comment'] as const) : (['comment'] as const)
  return modal('plan.say', form(view, 'say', 'alert.modal.save'), { planId: plan.id }, [
    input(
      'answer',
      t('plan.form.answer'),
      radio(
        'answer',
        answers.map(value => ({ text: t(`plan.answer.${value}`), value })),
        answers.at(-1),
      ),
    ),
    input('words', t('plan.form.words'), textInput('words', { multiline: true, max: planLimits.words })),
  ])
}

export function closePlanModal(view: ViewContext, { plan }: PlanFacts) {
  const { t } = view.words
  return modal('plan.close', form(view, 'close', 'plan.form.closeSubmit'), { planId: plan.id }, [
    input(
      'outcome',
      t('plan.form.outcome'),
      textInput('outcome', { multiline: true, max: planLimits.words }),
    ),
  ])
}
