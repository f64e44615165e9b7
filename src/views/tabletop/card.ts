import { nearestRank } from '../../domain/rank.ts'
import type { Answered } from '../../domain/tabletop.ts'
import type { ExerciseFacts, ExerciseScore } from '../../operations/tabletop.ts'
import type { Block, Rendered } from '../../ports.ts'
import { actions, brief, button, context, fitting, header, section } from '../blocks.ts'
import { pair, roleNamed, type ViewContext } from '../context.ts'

const ROOM = 2_600

/** "EXERCISE · X-7K4Q · Fighting near the capital". Raw, not yet mrkdwn. */
const titleOf = (view: ViewContext, { exercise }: Pick<ExerciseFacts, 'exercise'>): string =>
  `${view.words.t('alert.exercise')} · ${exercise.code}${exercise.name ? ` · ${exercise.name}` : ''}`

/**
 * An exercise: before it who takes part, while it runs what they were told, afterwards how it went.
 *
 * @param runs whether its reader runs it: only they are shown what is still to come.
 */
export function exerciseCard(view: ViewContext, facts: ExerciseFacts, runs: boolean): Rendered {
  const { t, list, dateTime } = view.words
  const { exercise, players } = facts
  const { id, state, posts } = exercise
  const title = titleOf(view, facts)
  const lead = t(`tabletop.state.${state}`, {
    at: dateTime(exercise.endedAt ?? exercise.startedAt ?? exercise.madeAt),
  })
  const vacant = posts.filter((_, index) => players[index] === null).map(post => roleNamed(view, post))
  return {
    text: `${title}. ${lead}`,
    blocks: [
      header(title),
      section(lead),
      section(`*${t('tabletop.players')}*\n${list(posts.map(post => roleNamed(view, post)))}`),
      ...(vacant.length > 0 ? [context(t('tabletop.vacant', { posts: list(vacant) }))] : []),
      ...scriptBlocks(view, facts, runs),
      ...(exercise.startedAt === null ? [] : scoreBlocks(view, facts)),
      ...learned(view, facts),
      ...(runs && state !== 'closed' && state !== 'cancelled'
        ? [
            actions(`exercise:${id}`, [
              ...(state === 'planned'
                ? [
                    button(t('tabletop.button.start'), 'exercise.start', id, { style: 'primary' }),
                    button(t('tabletop.button.cancel'), 'exercise.cancel', id, {
                      confirm: { text: t('tabletop.button.cancelConfirm'), deny: t('alert.modal.cancel') },
                    }),
                  ]
                : []),
              ...(state === 'running'
                ? [
                    button(t('tabletop.button.end'), 'exercise.end', id, {
                      confirm: { text: t('tabletop.button.endConfirm'), deny: t('alert.modal.cancel') },
                    }),
                  ]
                : []),
              ...(state === 'ended'
                ? [button(t('tabletop.button.review'), 'exercise.review', id, { style: 'primary' })]
                : []),
            ]),
          ]
        : []),
      context(t('tabletop.apart')),
    ],
  }
}

function scriptBlocks(
  view: ViewContext,
  { exercise, events, answers }: ExerciseFacts,
  runs: boolean,
): Block[] {
  const { t, duration, list } = view.words
  const shown = runs ? events : events.filter(({ sentAt }) => sentAt !== null)
  if (shown.length === 0) return []
  const lines = shown.map(event => {
    const answered = answers
      .filter(({ position }) => position === event.position)
      .map(({ post, words }) => `• ${pair(view, roleNamed(view, post), brief(words ?? '', 300))}`)
    const silent = exercise.posts.filter(
      post => !answers.some(each => each.post === post && each.position === event.position),
    )
    const asked = event.sentAt !== null && event.alertId === null
    return [
      `${event.sentAt === null ? '⏳' : '▶️'} *${event.afterMs === 0 ? t('tabletop.atOnce') : `+${duration(event.afterMs)}`}* ${event.placeId ? '🚨 ' : ''}${brief(event.what, 300)}`,
      ...answered,
      ...(asked && silent.length > 0
        ? [`_${t('tabletop.silent', { posts: list(silent.map(post => roleNamed(view, post))) })}_`]
        : []),
    ].join('\n')
  })
  const fits = fitting(lines, ROOM)
  const more = fits.rest > 0 ? [`_${t('meeting.more', { count: fits.rest })}_`] : []
  return [section([`*${t('tabletop.script')}*`, ...fits.shown, ...more].join('\n'))]
}

/** How it went, beside the exercise it is compared with. */
function scoreBlocks(view: ViewContext, { exercise, score, baseline }: ExerciseFacts): Block[] {
  const { t, list } = view.words
  // While it runs, who is silent stands beside each event; once it has ended, who took no part at all.
  const over = exercise.state !== 'running'
  const absent = (over ? score.posts : [])
    .filter(({ events }) => events.asked > 0 && events.answered === 0)
    .map(({ post }) => roleNamed(view, post))
  const before = (text: (score: ExerciseScore) => string) =>
    baseline ? ` _(${t('tabletop.before', { code: baseline.code, was: text(baseline.score) })})_` : ''
  const line = (label: string, text: (score: ExerciseScore) => string) =>
    `• ${pair(view, t(`tabletop.score.${label}`), `${text(score)}${before(text)}`)}`
  const lines = [
    line('events', each => answeredText(view, together(each))),
    line('owners', each => answeredText(view, each.owners)),
    line('decided', each =>
      t('tabletop.score.counts', { forums: each.forums, decisions: each.decisions, plans: each.plans }),
    ),
    ...score.posts
      .filter(({ events }) => (over ? events.asked : events.answered) > 0)
      .map(({ post, events }) => `• ${pair(view, roleNamed(view, post), answeredText(view, events))}`),
  ]
  const { shown } = fitting(lines, ROOM)
  return [
    section([`*${t('tabletop.score.title')}*`, ...shown].join('\n')),
    ...(absent.length > 0 ? [section(`⚠️ ${t('tabletop.absent', { posts: list(absent) })}`)] : []),
  ]
}

/** All posts as one; the middle time is that of the posts' middle times. */
function together({ posts }: ExerciseScore): Answered {
  return {
    asked: posts.reduce((sum, { events }) => sum + events.asked, 0),
    answered: posts.reduce((sum, { events }) => sum + events.answered, 0),
    median: nearestRank(
      posts.flatMap(({ events }) => events.median ?? []),
      0.5,
    ),
  }
}

function answeredText(view: ViewContext, { asked, answered, median }: Answered): string {
  const { t, duration } = view.words
  const of = t('tabletop.score.of', { answered, asked })
  return median === null ? of : `${of}, ${t('tabletop.score.median', { time: duration(median) })}`
}

function learned(view: ViewContext, { exercise, lessons }: ExerciseFacts): Block[] {
  const { t, date } = view.words
  if (exercise.state !== 'closed') return []
  const parts = [
    ...(exercise.worked ? [`*${t('crisis.worked')}*\n> ${brief(exercise.worked, 1_000)}`] : []),
    ...(exercise.failed ? [`*${t('crisis.failed')}*\n> ${brief(exercise.failed, 1_000)}`] : []),
    ...(exercise.noLesson ? [`*${t('crisis.form.noLesson')}*\n> ${brief(exercise.noLesson, 500)}`] : []),
  ]
  const lines = lessons.map(({ text, owner, dueAt }) =>
    t('tabletop.lesson', { text: brief(text ?? '', 300), owner: roleNamed(view, owner), at: date(dueAt) }),
  )
  return [
    ...parts.map(part => section(part)),
    ...(lines.length > 0 ? [section([`*${t('tabletop.lessons')}*`, ...lines].join('\n'))] : []),
  ]
}

/** To one player: what happens now in the exercise; their post answers what it would do. */
export function exerciseEventLine(
  view: ViewContext,
  facts: ExerciseFacts,
  position: number,
): Rendered | null {
  const { t } = view.words
  const event = facts.events.find(each => each.position === position)
  if (!event || event.what === '') return null
  const text = `${t('alert.exercise')} · ${brief(event.what, 1_500)}`
  return {
    text,
    blocks: [
      section(text),
      ...(facts.exercise.state === 'running'
        ? [
            actions(`exercise:${facts.exercise.id}:${position}`, [
              button(t('tabletop.button.answer'), `exercise.answer:${position}`, facts.exercise.id, {
                style: 'primary',
              }),
            ]),
          ]
        : []),
    ],
  }
}

/** To whoever ran it: its review is owed. */
export function exerciseReviewLine(view: ViewContext, facts: ExerciseFacts): Rendered {
  const text = view.words.t('tabletop.reviewOwed', { title: brief(titleOf(view, facts), 150) })
  return { text, blocks: [section(text)] }
}

/** `/poc-group exercise`: those one may read. */
export function exerciseList(
  view: ViewContext,
  all: readonly ExerciseFacts[],
  { mayPlan, sought = '' }: { mayPlan: boolean; sought?: string },
): Rendered {
  const { t, dateTime } = view.words
  const title = t('tabletop.title')
  const unknown = sought ? t('tabletop.unknown', { words: brief(sought, 60) }) : null
  return {
    text: unknown ?? `${title}. ${t('tabletop.count', { count: all.length })}`,
    blocks: [
      header(title),
      ...(unknown ? [section(unknown)] : []),
      ...(all.length === 0 ? [section(t('tabletop.none'))] : []),
      ...all.slice(-20).map(facts => {
        const { exercise } = facts
        const at = dateTime(exercise.endedAt ?? exercise.startedAt ?? exercise.madeAt)
        return section(
          `${brief(titleOf(view, facts), 200)}\n${t(`tabletop.state.${exercise.state}`, { at })}`,
          button(t('help.show'), 'exercise.show', exercise.id, {
            label: `${t('help.show')} ${exercise.code}`,
          }),
        )
      }),
      ...(mayPlan
        ? [actions('exercise:new', [button(t('tabletop.button.new'), 'exercise.new', 'new')])]
        : []),
    ],
  }
}
