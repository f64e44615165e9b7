import { isObject } from './run.ts'
import type { Rule } from './spec.ts'
import { lengthOf } from './text.ts'

/** Rules of elements that look at several fields at once. */

const objectsIn = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter(isObject) : []
const words = (value: unknown): unknown => (isObject(value) ? `${value.type} ${value.text}` : value)
const sameOption = (a: Record<string, unknown>, b: Record<string, unknown>): boolean =>
  a.value === b.value && words(a.text) === words(b.text) && words(a.description) === words(b.description)

/** `initial_option` and `initial_options` must repeat options that are offered, exactly. */
export const initialAmongOptions: Rule = (value, run) => {
  const groups = objectsIn(value.option_groups).flatMap(group => objectsIn(group.options))
  const offered = [...objectsIn(value.options), ...groups]
  const isOffered = (option: Record<string, unknown>): boolean =>
    offered.some(other => sameOption(other, option))
  const { initial_option: one, initial_options: several } = value
  if (isObject(one) && !isOffered(one)) run.report('must be one of the provided options', 'initial_option')
  if (!Array.isArray(several)) return
  several.forEach((option, i) => {
    if (isObject(option) && !isOffered(option))
      run.report('must be one of the provided options', 'initial_options', i)
  })
}

/** A menu yields a response_url only as the element of an input in a modal. */
export const responseUrlInInput: Rule = (value, run) => {
  if (value.response_url_enabled !== true) return
  if (run.surface !== 'modal' || run.path.at(-1) !== 'element')
    run.report('can only be used in an `input` block in modals', 'response_url_enabled')
}

export const lengthsInOrder: Rule = (value, run) => {
  const { min_length: min, max_length: max, initial_value: initial } = value
  if (typeof max !== 'number') return
  if (typeof min === 'number' && min > max)
    run.report('must be less than or equal to `max_length`', 'min_length')
  if (typeof initial === 'string' && lengthOf(initial) > max)
    run.report(`must be less than ${max + 1} characters`, 'initial_value')
}

export const numbersInOrder: Rule = (value, run) => {
  const names = ['initial_value', 'min_value', 'max_value'] as const
  for (const name of names) {
    if (value.is_decimal_allowed === false && String(value[name] ?? '').includes('.'))
      run.report('decimals are not allowed', name)
  }
  const [initial, min, max] = names.map(name => Number(value[name] ?? Number.NaN)) as [number, number, number]
  if (min > max) run.report('must be less than or equal to `max_value`', 'min_value')
  if (initial < min || initial > max)
    run.report('must be between `min_value` and `max_value`', 'initial_value')
}
