import type { Interactive } from '../blocks/values.ts'

/** What each input is told by the block that holds it. */
export interface FieldProps<E extends Interactive = Interactive> {
  element: E
  blockId: string
  /** DOM ids of the field, its label (inside an input block), its hint and its error. */
  fieldId: string
  labelledBy?: string
  describedBy?: string
  invalid: boolean
  /** True when a change is an action of its own: outside input blocks, or with `dispatch_action`. */
  dispatches: boolean
}

/** The attributes that tie a field to its label, hint and error. */
export function fieldAttributes({ fieldId, labelledBy, describedBy, invalid, element }: FieldProps) {
  const placeholder = 'placeholder' in element ? element.placeholder?.text : undefined
  return {
    id: fieldId,
    'aria-labelledby': labelledBy,
    'aria-label': labelledBy ? undefined : (placeholder ?? element.type.replaceAll('_', ' ')),
    'aria-describedby': describedBy,
    'aria-invalid': invalid || undefined,
    'data-focus-on-load': ('focus_on_load' in element && element.focus_on_load) || undefined,
  }
}
