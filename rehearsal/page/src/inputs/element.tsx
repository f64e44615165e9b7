import { useId } from 'react'
import type { Interactive } from '../blocks/values.ts'
import { ButtonElement, OverflowElement } from './buttons.tsx'
import { Choices } from './choices.tsx'
import { DateField } from './dates.tsx'
import { EntitySelect } from './entity-select.tsx'
import type { FieldProps } from './field.ts'
import { FileField } from './file.tsx'
import { OptionSelect } from './option-select.tsx'
import { RichTextField } from './rich-text.tsx'
import { TextField } from './text.tsx'

/** Shows any operable element by its type. */
export function Field(props: FieldProps) {
  const { element, blockId } = props
  switch (element.type) {
    case 'button':
    case 'workflow_button':
      return <ButtonElement element={element} blockId={blockId} />
    case 'overflow':
      return <OverflowElement element={element} blockId={blockId} />
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return <TextField {...props} element={element} />
    case 'static_select':
    case 'external_select':
    case 'multi_static_select':
    case 'multi_external_select':
      return <OptionSelect {...props} element={element} />
    case 'users_select':
    case 'multi_users_select':
    case 'conversations_select':
    case 'multi_conversations_select':
    case 'channels_select':
    case 'multi_channels_select':
      return <EntitySelect {...props} element={element} />
    case 'datepicker':
    case 'timepicker':
    case 'datetimepicker':
      return <DateField {...props} element={element} />
    case 'checkboxes':
    case 'radio_buttons':
      return <Choices {...props} element={element} />
    case 'file_input':
      return <FileField {...props} element={element} />
    case 'rich_text_input':
      return <RichTextField {...props} element={element} />
    default:
      return <p className="unknown">This page cannot show a “{(element as { type: string }).type}”.</p>
  }
}

/** An element outside of an input block, where each change is an action. */
export function ActionElement({
  element,
  blockId,
  labelledBy,
}: {
  element: Interactive
  blockId: string
  labelledBy?: string
}) {
  const fieldId = useId()
  return (
    <Field
      element={element}
      blockId={blockId}
      fieldId={fieldId}
      labelledBy={labelledBy}
      invalid={false}
      dispatches
    />
  )
}
