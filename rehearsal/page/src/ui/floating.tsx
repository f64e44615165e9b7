import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef } from 'react'

interface FloatingProps {
  anchor: RefObject<HTMLElement | null>
  onDismiss: () => void
  children: ReactNode
  className?: string
  /** Take the anchor's width, as a list below a field does. */
  matchWidth?: boolean
  /** Which edge of the anchor it lines up with. */
  align?: 'start' | 'end'
}

const gap = 4

/** Places the box below its anchor, or above where there is more room, within the window. */
function place(box: HTMLElement, anchor: HTMLElement, matchWidth: boolean, align: 'start' | 'end') {
  const at = anchor.getBoundingClientRect()
  const below = innerHeight - at.bottom - gap * 2
  const above = at.top - gap * 2
  if (matchWidth) {
    box.style.width = `${at.width}px`
    box.style.maxWidth = 'none'
  }
  box.style.maxHeight = ''
  const wanted = box.scrollHeight + 2
  const upward = wanted > below && above > below
  const height = Math.min(wanted, upward ? above : below)
  const left = align === 'end' ? at.right - box.offsetWidth : at.left
  box.style.maxHeight = `${Math.max(height, 96)}px`
  box.style.left = `${Math.max(gap, Math.min(left, innerWidth - box.offsetWidth - gap))}px`
  box.style.top = `${upward ? at.top - gap - height : at.bottom + gap}px`
}

/**
 * A box in the browser's top layer beside its anchor; a press elsewhere or Escape dismisses it. What is marked
 * `data-autofocus` in it gets the focus.
 */
export function Floating({
  anchor,
  onDismiss,
  children,
  className,
  matchWidth = false,
  align = 'start',
}: FloatingProps) {
  const box = useRef<HTMLDivElement>(null)
  const dismiss = useRef(onDismiss)
  dismiss.current = onDismiss

  useLayoutEffect(() => {
    const element = box.current
    const target = anchor.current
    if (!element || !target) return
    element.showPopover()
    const follow = () => place(element, target, matchWidth, align)
    follow()
    element.querySelector<HTMLElement>('[data-autofocus]')?.focus()
    const watch = new ResizeObserver(follow)
    for (const child of element.children) watch.observe(child)
    addEventListener('resize', follow)
    addEventListener('scroll', follow, true)
    return () => {
      watch.disconnect()
      removeEventListener('resize', follow)
      removeEventListener('scroll', follow, true)
    }
  }, [anchor, matchWidth, align])

  useEffect(() => {
    const onPress = (event: PointerEvent) => {
      const target = event.target as Node
      if (!box.current?.contains(target) && !anchor.current?.contains(target)) dismiss.current()
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      // Escape closes the innermost thing only: not the modal around this box as well.
      event.preventDefault()
      event.stopPropagation()
      dismiss.current()
    }
    document.addEventListener('pointerdown', onPress, true)
    document.addEventListener('keydown', onKey, true)
    return () => {
      document.removeEventListener('pointerdown', onPress, true)
      document.removeEventListener('keydown', onKey, true)
    }
  }, [anchor])

  return (
    <div popover="manual" ref={box} className={`floating ${className ?? ''}`}>
      <div className="floating-inner">{children}</div>
    </div>
  )
}
