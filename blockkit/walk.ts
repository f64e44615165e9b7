import { isObject, type Run } from './run.ts'
import type { ListSpec, NumberSpec, ObjectSpec, Spec, TaggedSpec, TextSpec } from './spec.ts'
import { lengthOf } from './text.ts'

/** Checks a value against its spec, reporting into the run. */
export function walk(spec: Spec, value: unknown, run: Run): void {
  switch (spec.kind) {
    case 'text':
      walkText(spec, value, run)
      break
    case 'object':
      if (isObject(value)) walkObject(spec, value, run)
      else run.report('must provide an object')
      break
    case 'tagged':
      if (isObject(value)) walkTagged(spec, value, run)
      else run.report('must provide an object')
      break
    case 'list':
      if (Array.isArray(value)) walkList(spec, value, run)
      else run.report('must provide an array')
      break
    case 'number':
      if (typeof value === 'number' && Number.isFinite(value)) walkNumber(spec, value, run)
      else run.report('must provide a number')
      break
    case 'boolean':
      if (typeof value !== 'boolean') run.report('must provide a boolean')
      else if (spec.once && value) run.focus()
      break
    case 'enum':
      if (!spec.values.has(value)) run.report('must be a valid enum value')
      break
    case 'nullable':
      if (value !== null) walk(spec.of, value, run)
      break
    case 'either':
      walk(typeof value === 'string' ? spec.text : spec.object, value, run)
  }
}

/** Checks a value found under `step` of the present place. */
export function walkAt(run: Run, step: string | number, spec: Spec, value: unknown): void {
  run.path.push(step)
  walk(spec, value, run)
  run.path.pop()
}

function walkText(spec: TextSpec, value: unknown, run: Run): void {
  if (typeof value !== 'string') {
    run.report('must provide a string')
    // A text is never longer in code points than in UTF-16 units, so most need no counting.
  } else if (value.length > spec.max && lengthOf(value) > spec.max) {
    run.report(`must be less than ${spec.max + 1} characters`)
  } else if (value.length < spec.min) {
    run.report(`must be more than ${spec.min - 1} characters`)
  } else {
    if (spec.form && !spec.form.test(value)) run.report(spec.form.message)
    if (spec.unique) run.claim(spec.unique, value)
  }
}

function walkNumber(spec: NumberSpec, value: number, run: Run): void {
  if (spec.integer && !Number.isInteger(value)) run.report('must provide an integer')
  if (value < spec.min) run.report(`must be greater than or equal to ${spec.min}`)
  if (value > spec.max) run.report(`must be less than or equal to ${spec.max}`)
}

function walkList(spec: ListSpec, value: readonly unknown[], run: Run): void {
  if (value.length < spec.min) run.report(`must provide at least ${spec.min} items`)
  // One message says it; what stands in a list that is refused anyway need not be read.
  if (value.length > spec.max) run.report(`no more than ${spec.max} items allowed`)
  else for (let i = 0; i < value.length; i++) walkAt(run, i, spec.of, value[i])
}

function walkObject(spec: ObjectSpec, value: Record<string, unknown>, run: Run): void {
  const outer = run.actionIds
  if (spec.block) run.actionIds = new Set()
  for (const name of spec.required) {
    if (value[name] === undefined) run.report(`missing required field: ${name}`)
  }
  for (const name in value) {
    const found = value[name]
    if (found === undefined) continue
    const field = spec.fields.get(name)
    if (field) walkAt(run, name, field, found)
    else run.report(`invalid additional property: ${name}`)
  }
  for (const rule of spec.rules) rule(value, run)
  run.actionIds = outer
}

function walkTagged(spec: TaggedSpec, value: Record<string, unknown>, run: Run): void {
  const { type } = value
  const member = typeof type === 'string' ? spec.members.get(type) : undefined
  const surfaces = spec.surfaces[String(type)]
  if (type === undefined) run.report('missing required field: type')
  else if (!member || (surfaces && !surfaces.includes(run.surface)))
    run.report(`unsupported type: ${typeof type === 'string' ? type : JSON.stringify(type)}`, 'type')
  else walkObject(member, value, run)
}
