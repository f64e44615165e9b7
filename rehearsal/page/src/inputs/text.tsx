import type { EmailInput, NumberInput, PlainTextInput, URLInput } from '@slack/types'
import type { KeyboardEvent } from 'react'
import { useSurface } from '../blocks/surface.tsx'
import { stateOf } from '../blocks/values.ts'
import { type FieldProps, fieldAttributes } from './field.ts'

type TextElement = PlainTextInput | EmailInput | URLInput | NumberInput

const keyboards = {
  plain_text_input: 'text',
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'decimal',
} as const

/** How many characters are left, once that matters; code points, as Slack counts. */
function Counter({ text, element }: { text: string; element: PlainTextInput }) {
  const length = [...text].length
  const most = element.max_length
  const least = element.min_length ?? 0
  if (length > 0 && length < least) return <output className="counter">{least - length} more needed</output>
  if (!most || length < most * 0.5) return null
  return (
    <output className={length > most ? 'counter over' : 'counter'}>
      {length > most ? `${length - most} too many` : `${most - length} left`}
    </output>
  )
}

/** plain_text_input, email, url and number inputs. */
export function TextField(props: FieldProps<TextElement>) {
  const { element, blockId, dispatches } = props
  const { values, set, press } = useSurface()
  const text = String(stateOf(values, blockId, element)?.value ?? '')
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed']
  const multiline = element.type === 'plain_text_input' && element.multiline === true

  const send = (value: string) => {
    if (dispatches) void press(blockId, element, { value: value === '' ? null : value })
  }
  const common = {
    ...fieldAttributes(props),
    className: 'text-field',
    placeholder: element.placeholder?.text,
    value: text,
    onChange: (event: { target: { value: string } }) => {
      const value = event.target.value
      set(blockId, element.action_id ?? '', { type: element.type, value: value === '' ? null : value })
      if (triggers.includes('on_character_entered')) send(value)
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
      if (dispatches && triggers.includes('on_enter_pressed') && !(multiline && event.shiftKey)) {
        event.preventDefault()
        send(text)
      }
    },
  }
  return (
    <>
      {multiline ? (
        <textarea {...common} rows={Math.min(12, Math.max(4, text.split('\n').length + 1))} />
      ) : (
        <input {...common} type="text" inputMode={keyboards[element.type]} autoComplete="off" />
      )}
      {element.type === 'plain_text_input' && <Counter text={text} element={element} />}
    </>
  )
}
