import type { RichTextBlock, RichTextInput } from '@slack/types'
import { useSurface } from '../blocks/surface.tsx'
import { stateOf } from '../blocks/values.ts'
import { type FieldProps, fieldAttributes } from './field.ts'

/** The plain words of a rich text, as a textarea holds them. */
function wordsOf(block: RichTextBlock | null | undefined): string {
  const words = (node: unknown): string => {
    if (typeof node !== 'object' || node === null) return ''
    if ('text' in node && typeof node.text === 'string') return node.text
    return 'elements' in node && Array.isArray(node.elements) ? node.elements.map(words).join('') : ''
  }
  return (block?.elements ?? []).map(words).join('\n')
}

function richText(text: string): RichTextBlock {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
  }
}

/** rich_text_input as a plain textarea: it yields a rich text without styles. */
export function RichTextField(props: FieldProps<RichTextInput>) {
  const { element, blockId } = props
  const { values, set } = useSurface()
  const text = wordsOf(stateOf(values, blockId, element)?.rich_text_value as RichTextBlock | null)
  return (
    <textarea
      {...fieldAttributes(props)}
      className="text-field"
      rows={5}
      placeholder={element.placeholder?.text}
      value={text}
      onChange={event => {
        const value = event.target.value === '' ? null : richText(event.target.value)
        set(blockId, element.action_id ?? '', { type: element.type, rich_text_value: value })
      }}
    />
  )
}
