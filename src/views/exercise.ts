import type { Block } from '../ports.ts'
import { checkboxes, input } from './blocks.ts'
import type { ViewContext } from './context.ts'

/** Whether what a form records is played: the field `exercise`, ticked where it is. */
export function exerciseInput(view: ViewContext, ticked = false): Block {
  const { t } = view.words
  const choice = { text: t('tasking.form.exercise'), value: 'yes' }
  return input(
    'exercise',
    t('tasking.form.played'),
    checkboxes('exercise', [choice], ticked ? ['yes'] : []),
    {
      optional: true,
    },
  )
}
