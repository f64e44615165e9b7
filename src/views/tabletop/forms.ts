import { mayPlay } from '../../domain/tabletop.ts'
import { type ExerciseFacts, exerciseLimits } from '../../operations/tabletop.ts'
import { brief, context, input, modal, multiSelect, section, select, textInput } from '../blocks.ts'
import { roleChoices, type ViewContext } from '../context.ts'
import { reviewFields } from '../crisis.ts'

/** The roles that may take part, and those of the mission's crisis forum, which are ticked. */
function players(view: ViewContext) {
  const { mission } = view
  const choices = roleChoices(
    view,
    mission.roles.filter(each => mayPlay(mission, each)),
  )
  const crisis = mission.forums.kinds.find(each => each.class === 'crisis')
  return { choices, ticked: (crisis?.members ?? []).filter(id => choices.some(({ value }) => value === id)) }
}

/** Plans one. @param earlier those it can be compared with. */
export function newExerciseModal(view: ViewContext, earlier: readonly ExerciseFacts[]) {
  const { t } = view.words
  const { choices, ticked } = players(view)
  return modal(
    'exercise.new',
    { title: t('tabletop.form.new'), submit: t('tabletop.form.plan'), close: t('alert.modal.cancel') },
    {},
    [
      input('name', t('tabletop.form.name'), textInput('name', { max: exerciseLimits.name })),
      input('roles', t('tabletop.players'), multiSelect('roles', t('alert.details.choose'), choices, ticked)),
      input(
        'script',
        t('tabletop.script'),
        textInput('script', {
          multiline: true,
          max: exerciseLimits.script,
          placeholder: t('tabletop.form.example'),
        }),
        { hint: t('tabletop.form.scriptHint') },
      ),
      ...(earlier.length > 0
        ? [
            input(
              'baseline',
              t('tabletop.form.baseline'),
              select(
                'baseline',
                t('alert.details.choose'),
                earlier.map(({ exercise }) => ({
                  text: `${exercise.code} · ${exercise.name}`,
                  value: exercise.id,
                })),
                earlier.at(-1)?.exercise.id ?? null,
              ),
              { optional: true },
            ),
          ]
        : []),
      context(t('tabletop.form.fictional')),
    ],
  )
}

/** How a script was read, said when it is planned: a place nobody knows makes an alert that was meant an announcement. */
export function scriptRead(view: ViewContext, { events }: Pick<ExerciseFacts, 'events'>): string {
  const { t, list } = view.words
  const alerts = events.filter(({ placeId }) => placeId !== null).length
  const unknown = events.flatMap(({ placeId, what }) =>
    placeId === null ? (/^([^:]{2,60}?)\s*:\s/su.exec(what)?.[1] ?? []) : [],
  )
  return [
    t('tabletop.receipt.read', { alerts, told: events.length - alerts }),
    ...(unknown.length > 0
      ? [`⚠️ ${t('tabletop.receipt.noPlace', { places: list(unknown.map(each => brief(each, 60))) })}`]
      : []),
  ].join('\n')
}

/** What a post would do about an event. */
export function exerciseAnswerModal(view: ViewContext, facts: ExerciseFacts, position: number) {
  const { t } = view.words
  const event = facts.events.find(each => each.position === position)
  return modal(
    'exercise.answer',
    { title: t('tabletop.form.answer'), submit: t('tabletop.form.send'), close: t('alert.modal.cancel') },
    { exerciseId: facts.exercise.id, position },
    [
      section(`${t('alert.exercise')} · ${brief(event?.what ?? '', 1_500)}`),
      input(
        'words',
        t('tabletop.form.words'),
        textInput('words', { multiline: true, max: exerciseLimits.words }),
      ),
    ],
  )
}

/** The after-action review. */
export function exerciseReviewModal(view: ViewContext, { exercise }: ExerciseFacts) {
  const { t } = view.words
  return modal(
    'exercise.review',
    { title: t('crisis.form.review'), submit: t('crisis.form.reviewSubmit'), close: t('alert.modal.cancel') },
    { exerciseId: exercise.id },
    reviewFields(view),
  )
}
