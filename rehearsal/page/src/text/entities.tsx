import type { ReactNode } from 'react'
import { channelHref, go, messageHref, parsePermalink, threadHref } from '../route.ts'
import { channelTitle, useWorkspace } from '../workspace.tsx'
import { formatSlackDate, fullTime } from './time.ts'

/** A mention of a person; the reader's own stands out. */
export function UserMention({ id, label }: { id: string; label?: ReactNode }) {
  const { users, persona } = useWorkspace()
  return (
    <span className={id === persona.id ? 'mention mention-me' : 'mention'}>
      @{users[id]?.name ?? label ?? id}
    </span>
  )
}

export function ChannelMention({ id, label }: { id: string; label?: ReactNode }) {
  const workspace = useWorkspace()
  const channel = workspace.channels.find(each => each.id === id)
  if (!channel) return <span className="mention">#{label ?? 'private channel'}</span>
  return (
    <a className="mention" href={channelHref(id)}>
      #{channelTitle(workspace, channel)}
    </a>
  )
}

export function Broadcast({ name }: { name: string }) {
  return <span className="mention mention-me">@{name}</span>
}

/** A link; one to a message of this workspace opens it here. */
export function Link({ url, children, className }: { url: string; children: ReactNode; className?: string }) {
  const { channels } = useWorkspace()
  const target = parsePermalink(url)
  const known = target && channels.some(each => each.id === target.channel)
  if (known) {
    const inThread = target.threadTs && target.threadTs !== target.ts
    const href = inThread
      ? threadHref(target.channel, target.threadTs!)
      : messageHref(target.channel, target.ts)
    return (
      <a
        className={className}
        href={href}
        onClick={event => {
          event.preventDefault()
          go(href)
        }}
      >
        {children}
      </a>
    )
  }
  const safe = /^(https?:|mailto:|tel:|\/)/i.test(url)
  if (!safe) return <span>{children}</span>
  return (
    <a className={className} href={url} target="_blank" rel="noreferrer">
      {children}
    </a>
  )
}

/** Slack's date object, told in the reader's zone and language. */
export function SlackDate({ seconds, format, url }: { seconds: number; format: string; url?: string }) {
  const { persona } = useWorkspace()
  const time = (
    <time dateTime={new Date(seconds * 1000).toISOString()} title={fullTime(seconds, persona)}>
      {formatSlackDate(seconds, format, persona)}
    </time>
  )
  return url ? <Link url={url}>{time}</Link> : time
}
