import type { Surface } from './limits.ts'
import type { Run } from './run.ts'

/** A check over several fields of one object; reports through the run. */
export type Rule = (value: Record<string, unknown>, run: Run) => void

export interface TextSpec {
  kind: 'text'
  min: number
  max: number
  /** Says what a text that is not of this form must be. */
  form?: { test: (text: string) => boolean; message: string }
  /** The identifier must not repeat: block ids on a surface, action ids in a block. */
  unique?: 'block_id' | 'action_id'
}
export interface NumberSpec {
  kind: 'number'
  min: number
  max: number
  integer: boolean
}
export interface BooleanSpec {
  kind: 'boolean'
  /** At most one `true` on a surface. */
  once?: boolean
}
export interface EnumSpec {
  kind: 'enum'
  values: ReadonlySet<unknown>
}
export interface ListSpec {
  kind: 'list'
  of: Spec
  min: number
  max: number
}
export interface ObjectSpec {
  kind: 'object'
  fields: ReadonlyMap<string, Spec>
  required: readonly string[]
  rules: readonly Rule[]
  /** The object is a block: its action ids are counted on their own. */
  block: boolean
}
/** An object whose `type` says which of the members it is. */
export interface TaggedSpec {
  kind: 'tagged'
  members: ReadonlyMap<string, ObjectSpec>
  surfaces: Readonly<Record<string, readonly Surface[]>>
}
/** `null` or the given spec, as in column_settings. */
export interface NullableSpec {
  kind: 'nullable'
  of: Spec
}
/** Text or object, where Slack takes both. */
export interface EitherSpec {
  kind: 'either'
  text: TextSpec
  object: Spec
}
export type Spec =
  | TextSpec
  | NumberSpec
  | BooleanSpec
  | EnumSpec
  | ListSpec
  | ObjectSpec
  | TaggedSpec
  | NullableSpec
  | EitherSpec

export const text = (max = Number.POSITIVE_INFINITY, min = 1): TextSpec => ({ kind: 'text', min, max })
export const formed = (
  test: (text: string) => boolean,
  message: string,
  max = Number.POSITIVE_INFINITY,
): TextSpec => ({
  kind: 'text',
  min: 1,
  max,
  form: { test, message },
})
export const integer = (min: number, max = Number.POSITIVE_INFINITY): NumberSpec => ({
  kind: 'number',
  min,
  max,
  integer: true,
})
export const number = (): NumberSpec => ({
  kind: 'number',
  min: Number.NEGATIVE_INFINITY,
  max: Number.POSITIVE_INFINITY,
  integer: false,
})
export const boolean: BooleanSpec = { kind: 'boolean' }
export const oneOf = (...values: readonly unknown[]): EnumSpec => ({ kind: 'enum', values: new Set(values) })
export const list = (of: Spec, max = Number.POSITIVE_INFINITY, min = 0): ListSpec => ({
  kind: 'list',
  of,
  min,
  max,
})

/**
 * An object with exactly these fields; a name ending in `!` is required.
 * `object({ 'text!': plainText(75), url: link })`
 */
export function object(fields: Record<string, Spec>, ...rules: Rule[]): ObjectSpec {
  const names = Object.keys(fields)
  return {
    kind: 'object',
    fields: new Map(names.map(name => [name.replace('!', ''), fields[name]!])),
    required: names.filter(name => name.endsWith('!')).map(name => name.slice(0, -1)),
    rules,
    block: false,
  }
}

/** The objects of a union, by their `type`; each gets that field. */
export function tagged(
  members: Record<string, ObjectSpec>,
  surfaces: Readonly<Record<string, readonly Surface[]>> = {},
): TaggedSpec {
  const withType = Object.entries(members).map(([type, spec]): [string, ObjectSpec] => [
    type,
    { ...spec, fields: new Map([['type', oneOf(type)], ...spec.fields]) },
  ])
  return { kind: 'tagged', members: new Map(withType), surfaces }
}

/** Some members of a union, for a place that takes only those. */
export function only(union: TaggedSpec, ...types: string[]): TaggedSpec {
  const members = types.map((type): [string, ObjectSpec] => {
    const spec = union.members.get(type)
    if (!spec) throw new Error(`No such type in the union: ${type}`)
    return [type, spec]
  })
  return { ...union, members: new Map(members) }
}

/** At least one of the fields must be there. */
export const anyOf =
  (...names: string[]): Rule =>
  (value, run) => {
    if (names.every(name => value[name] === undefined))
      run.report(`must define either ${names.map(name => `\`${name}\``).join(' or ')}`)
  }

/** Exactly one of the two fields must be there. */
export const eitherOr =
  (first: string, second: string): Rule =>
  (value, run) => {
    const [a, b] = [value[first] !== undefined, value[second] !== undefined]
    if (!a && !b) run.report(`missing required field: ${first}`)
    if (a && b) run.report(`must define either \`${first}\` or \`${second}\`, not both`)
  }

/** The two fields exclude each other. */
export const notBoth =
  (first: string, second: string): Rule =>
  (value, run) => {
    if (value[first] !== undefined && value[second] !== undefined)
      run.report(`must define either \`${first}\` or \`${second}\`, not both`)
  }
