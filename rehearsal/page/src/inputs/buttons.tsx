import type { Button, Overflow, WorkflowButton } from '@slack/types'
import { busyKey, useSurface } from '../blocks/surface.tsx'
import { plainText } from '../text/emoji.ts'
import { Icon } from '../ui/icons.tsx'
import { Menu } from '../ui/menu.tsx'

/** A button; one with an address also opens it. */
export function ButtonElement({ element, blockId }: { element: Button | WorkflowButton; blockId: string }) {
  const { press, busy } = useSurface()
  const mine = busy === busyKey(blockId, element)
  const label = plainText(element.text.text)
  const part = {
    text: element.text,
    ...('value' in element && element.value !== undefined && { value: element.value }),
    ...(element.style && { style: element.style }),
  }
  const common = {
    className: `button ${element.style ?? ''}`,
    'aria-label': element.accessibility_label,
    onClick: () => {
      if (!busy) void press(blockId, element, part)
    },
  }
  if ('url' in element && element.url) {
    return (
      <a {...common} href={element.url} target="_blank" rel="noreferrer">
        {label}
        <Icon name="external" size={14} />
      </a>
    )
  }
  return (
    <button {...common} type="button" aria-busy={mine || undefined} aria-disabled={!!busy || undefined}>
      {label}
      {mine && <span className="spinner" />}
    </button>
  )
}

/** The "…" menu of up to five options. */
export function OverflowElement({ element, blockId }: { element: Overflow; blockId: string }) {
  const { press } = useSurface()
  return (
    <Menu
      label="More options"
      trigger={<Icon name="more" />}
      className="button overflow"
      align="end"
      items={element.options.map(option => ({
        key: `${option.value} ${option.text.text}`,
        label: plainText(option.text.text),
        detail: option.description && plainText(option.description.text),
        onPick: () => {
          if (option.url) open(option.url, '_blank', 'noreferrer')
          void press(blockId, element, { selected_option: option })
        },
      }))}
    />
  )
}
