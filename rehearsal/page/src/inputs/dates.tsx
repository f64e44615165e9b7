import type { Datepicker, DateTimepicker, Timepicker } from '@slack/types'
import { DateTime } from 'luxon'
import { useSurface } from '../blocks/surface.tsx'
import { stateOf } from '../blocks/values.ts'
import { useWorkspace } from '../workspace.tsx'
import { type FieldProps, fieldAttributes } from './field.ts'

type DateElement = Datepicker | Timepicker | DateTimepicker

/** A year that is still being typed ("0202") is not a choice yet. */
const isWhole = (value: string) => !/^0\d{3}-/.test(value)

/** datepicker, timepicker and datetimepicker; a date with time is read in the person's zone. */
export function DateField(props: FieldProps<DateElement>) {
  const { element, blockId, dispatches } = props
  const { values, set, press } = useSurface()
  const { tz } = useWorkspace().persona
  const state = stateOf(values, blockId, element) ?? {}

  const keep = (part: Record<string, unknown>) => {
    set(blockId, element.action_id ?? '', { type: element.type, ...part })
    if (dispatches) void press(blockId, element, part)
  }
  const common = { ...fieldAttributes(props), className: 'date-field' }
  if (element.type === 'datepicker') {
    return (
      <input
        {...common}
        type="date"
        value={String(state.selected_date ?? '')}
        onChange={event => isWhole(event.target.value) && keep({ selected_date: event.target.value || null })}
      />
    )
  }
  if (element.type === 'timepicker') {
    return (
      <input
        {...common}
        type="time"
        value={String(state.selected_time ?? '')}
        onChange={event =>
          keep({
            selected_time: event.target.value || null,
            ...(element.timezone && { timezone: element.timezone }),
          })
        }
      />
    )
  }
  const seconds = state.selected_date_time as number | null
  const local = seconds ? DateTime.fromSeconds(seconds, { zone: tz }).toFormat("yyyy-MM-dd'T'HH:mm") : ''
  return (
    <span className="date-with-zone">
      <input
        {...common}
        type="datetime-local"
        value={local}
        onChange={event => {
          if (!isWhole(event.target.value)) return
          const time = DateTime.fromISO(event.target.value, { zone: tz })
          keep({ selected_date_time: time.isValid ? Math.floor(time.toSeconds()) : null })
        }}
      />
      <small>{tz.replaceAll('_', ' ')}</small>
    </span>
  )
}
