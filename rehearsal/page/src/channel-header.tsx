import { useRef, useState } from 'react'
import type { ChannelSummary } from '../../protocol.ts'
import { BackLink, backToList } from './panes.tsx'
import { channelHref, homeHref } from './route.ts'
import { Avatar } from './ui/avatar.tsx'
import { Floating } from './ui/floating.tsx'
import { Icon } from './ui/icons.tsx'
import { channelTitle, useWorkspace } from './workspace.tsx'

/** The mark before a channel's name: public, private or shared. */
export function ChannelMark({ channel, size = 16 }: { channel: ChannelSummary; size?: number }) {
  return (
    <span className="channel-mark">
      <Icon name={channel.kind === 'private' ? 'lock' : 'hash'} size={size} />
      {channel.kind === 'private' && <span className="visually-hidden">private channel</span>}
    </span>
  )
}

export function SharedMark() {
  return (
    <span className="shared-mark" title="Shared with another workspace">
      <Icon name="shared" size={16} />
      <span className="visually-hidden">shared with another workspace</span>
    </span>
  )
}

function Members({ channel }: { channel: ChannelSummary }) {
  const { users, persona, attempt } = useWorkspace()
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  return (
    <>
      <button
        type="button"
        ref={button}
        className="member-button"
        aria-expanded={open}
        aria-haspopup="dialog"
        aria-label={`${channel.memberIds.length} members`}
        onClick={() => setOpen(!open)}
      >
        <Icon name="people" /> {channel.memberIds.length}
      </button>
      {open && (
        <Floating anchor={button} onDismiss={() => setOpen(false)} align="end">
          <div role="dialog" aria-label="Members" className="members">
            <h3>Members of #{channel.name}</h3>
            <ul>
              {channel.memberIds.map(id => {
                const user = users[id]
                return (
                  <li key={id}>
                    <Avatar
                      name={user?.name ?? id}
                      colour={user?.colour ?? '#777'}
                      bot={user?.isBot}
                      size={28}
                    />
                    <span>
                      {user?.name ?? id}
                      {id === persona.id && ' (you)'}
                      <small>
                        @{user?.handle}
                        {user && user.teamName !== persona.teamName && ` · ${user.teamName}`}
                      </small>
                    </span>
                  </li>
                )
              })}
            </ul>
            {channel.isMember && (
              <button
                type="button"
                className="button danger"
                onClick={() => void attempt({ do: 'leave', channel: channel.id })}
              >
                Leave channel
              </button>
            )}
          </div>
        </Floating>
      )}
    </>
  )
}

function HomeTabs({ channel, home }: { channel: ChannelSummary; home: boolean }) {
  return (
    <nav className="tabs" aria-label="App">
      <a href={homeHref(channel.id)} aria-current={home ? 'page' : undefined}>
        Home
      </a>
      <a href={channelHref(channel.id)} aria-current={home ? undefined : 'page'}>
        Messages
      </a>
    </nav>
  )
}

interface ChannelHeaderProps {
  channel: ChannelSummary
  home: boolean
  isApp: boolean
}

export function ChannelHeader({ channel, home, isApp }: ChannelHeaderProps) {
  const workspace = useWorkspace()
  const direct = channel.kind === 'im' || channel.kind === 'mpim'
  const other = channel.with ? workspace.users[channel.with] : undefined
  return (
    <header className="pane-head">
      <BackLink href={backToList} label="Back to the list" />
      {other && <Avatar name={other.name} colour={other.colour} bot={other.isBot} size={28} />}
      <div className="pane-title">
        <h1>
          {!direct && <ChannelMark channel={channel} size={18} />}
          {channelTitle(workspace, channel)}
          {channel.shared && <SharedMark />}
        </h1>
        {channel.topic && <span className="muted topic">{channel.topic}</span>}
      </div>
      {isApp && <HomeTabs channel={channel} home={home} />}
      {!direct && <Members channel={channel} />}
    </header>
  )
}
