import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Floating } from './floating.tsx'

export interface MenuItem {
  key: string
  label: ReactNode
  detail?: ReactNode
  danger?: boolean
  onPick: () => void
}

interface MenuProps {
  /** What the button is called to those who do not see it. */
  label: string
  trigger: ReactNode
  items: MenuItem[]
  heading?: string
  className?: string
  align?: 'start' | 'end'
  /** Told when it opens and closes, so that a toolbar can stay while it is open. */
  onOpenChange?: (open: boolean) => void
}

function moveFocus(event: KeyboardEvent<HTMLElement>) {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=menuitem]')]
  const at = items.indexOf(document.activeElement as HTMLElement)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key]
  if (to === undefined) return
  event.preventDefault()
  items[(to + items.length) % items.length]?.focus()
}

function MenuList({
  items,
  heading,
  label,
  close,
}: Pick<MenuProps, 'items' | 'heading' | 'label'> & { close: () => void }) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => list.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus(), [])
  return (
    <div role="menu" aria-label={label} className="menu" ref={list} tabIndex={-1} onKeyDown={moveFocus}>
      {heading && <div className="menu-heading">{heading}</div>}
      {items.map(item => (
        <button
          type="button"
          role="menuitem"
          key={item.key}
          className={item.danger ? 'menu-item danger' : 'menu-item'}
          onClick={() => {
            close()
            item.onPick()
          }}
        >
          <span>{item.label}</span>
          {item.detail && <small>{item.detail}</small>}
        </button>
      ))}
    </div>
  )
}

/** A button that opens a menu, operated by pointer or by arrow keys. */
export function Menu({ label, trigger, items, heading, className, align, onOpenChange }: MenuProps) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const show = (next: boolean) => {
    setOpen(next)
    onOpenChange?.(next)
  }
  const close = () => {
    show(false)
    button.current?.focus()
  }
  return (
    <>
      <button
        type="button"
        ref={button}
        className={className}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => show(!open)}
      >
        {trigger}
      </button>
      {open && (
        <Floating anchor={button} onDismiss={close} align={align ?? 'start'}>
          <MenuList items={items} heading={heading} label={label} close={close} />
        </Floating>
      )}
    </>
  )
}
