import type { ReactNode } from 'react'
import { channelHref } from './route.ts'
import { Icon } from './ui/icons.tsx'

/** The link that, at phone width, leads to the pane before. */
export function BackLink({ href, label }: { href: string; label: string }) {
  return (
    <a className="icon-button back-link" href={href} aria-label={label} title={label}>
      <Icon name="back" size={22} />
    </a>
  )
}

export const backToList = '#'
export const backToChannel = channelHref

/** A sentence with a mark, private to the person. */
export function PrivateNotice({ children }: { children: ReactNode }) {
  return (
    <div className="private-notice" role="alert">
      <Icon name="warning" size={16} />
      <span>{children}</span>
      <small>Only visible to you</small>
    </div>
  )
}
