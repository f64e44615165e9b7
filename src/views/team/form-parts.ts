import { type Language, type LocalText, textIn } from '../../domain/mission.ts'
import { teamLimits } from '../../operations/team.ts'
import type { Block } from '../../ports.ts'
import { bare, type Choice, input, textInput } from '../blocks.ts'
import type { ViewContext } from '../context.ts'

export const named = (view: ViewContext, list: readonly { id: string; name: LocalText }[]): Choice[] =>
  list.map(({ id, name }) => ({ value: id, text: bare(textIn(name, view.words.language as Language)) }))

export const words = (
  view: ViewContext,
  field: string,
  options: { initial?: string | null; optional?: boolean; max?: number; hint?: string; line?: boolean } = {},
): Block =>
  input(
    field,
    view.words.t(`team.form.${field}`),
    textInput(field, {
      multiline: !options.line,
      initial: options.initial ?? null,
      max: options.max ?? teamLimits.words,
    }),
    {
      optional: options.optional ?? false,
      ...(options.hint ? { hint: view.words.t(options.hint) } : {}),
    },
  )

export const texts = (view: ViewContext, title: string, submit = 'alert.modal.save') => ({
  title,
  submit: view.words.t(submit),
  close: view.words.t('alert.modal.cancel'),
})
