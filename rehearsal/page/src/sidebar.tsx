import type { ReactNode } from 'react'
import type { ChannelSummary, Persona } from '../../protocol.ts'
import { ChannelMark, SharedMark } from './channel-header.tsx'
import { PersonaSwitcher } from './persona.tsx'
import { channelHref, go, homeHref } from './route.ts'
import { Avatar } from './ui/avatar.tsx'
import { Icon } from './ui/icons.tsx'
import { Menu } from './ui/menu.tsx'
import { channelTitle, useWorkspace } from './workspace.tsx'

function Badge({ channel }: { channel: ChannelSummary }) {
  const count = channel.kind === 'im' ? Math.max(channel.mentions, channel.unread) : channel.mentions
  if (count === 0) return null
  return (
    <span className="count">
      {count}
      <span className="visually-hidden"> {channel.kind === 'im' ? 'unread' : 'mentions'}</span>
    </span>
  )
}

function Row({ channel, current, mark }: { channel: ChannelSummary; current: boolean; mark: ReactNode }) {
  const workspace = useWorkspace()
  const unread = channel.unread > 0 || channel.mentions > 0
  return (
    <li>
      <a
        className={unread ? 'row unread' : 'row'}
        href={channelHref(channel.id)}
        aria-current={current ? 'page' : undefined}
      >
        {mark}
        <span className="row-name">{channelTitle(workspace, channel)}</span>
        {channel.shared && <SharedMark />}
        <Badge channel={channel} />
      </a>
    </li>
  )
}

function Section({ title, extra, children }: { title: string; extra?: ReactNode; children: ReactNode }) {
  return (
    <section className="side-section">
      <div className="side-title">
        <h2>{title}</h2>
        {extra}
      </div>
      <ul>{children}</ul>
    </section>
  )
}

/** Opens a direct message with a person or the app, then goes there. */
function useOpenDirect() {
  const { attempt } = useWorkspace()
  return async (user: string, home = false) => {
    const result = await attempt({ do: 'openDirect', user })
    if (result.ok && result.channel) go(home ? homeHref(result.channel) : channelHref(result.channel))
  }
}

function AppRow({ channel, current }: { channel?: ChannelSummary; current: boolean }) {
  const { app } = useWorkspace()
  const openDirect = useOpenDirect()
  const face = <Avatar name={app.name} colour="" bot size={22} />
  if (channel) return <Row channel={channel} current={current} mark={face} />
  return (
    <li>
      <button type="button" className="row" onClick={() => void openDirect(app.botUserId)}>
        {face}
        <span className="row-name">{app.name}</span>
      </button>
    </li>
  )
}

function NewDirect() {
  const { users, persona } = useWorkspace()
  const openDirect = useOpenDirect()
  return (
    <Menu
      label="New direct message"
      trigger={<Icon name="plus" size={16} />}
      className="icon-button small"
      items={Object.entries(users)
        .filter(([id, user]) => id !== persona.id && !user.isBot)
        .map(([id, user]) => ({
          key: id,
          label: user.name,
          detail:
            user.teamName === persona.teamName ? `@${user.handle}` : `@${user.handle} · ${user.teamName}`,
          onPick: () => void openDirect(id),
        }))}
    />
  )
}

const byName = (a: ChannelSummary, b: ChannelSummary) => a.name.localeCompare(b.name)

export function Sidebar({ current, play }: { current?: string; play: (persona: Persona) => void }) {
  const { channels, users, app, persona } = useWorkspace()
  const rooms = channels.filter(each => each.kind === 'public' || each.kind === 'private')
  const direct = channels.filter(
    each => (each.kind === 'im' || each.kind === 'mpim') && each.with !== app.botUserId,
  )
  const appChannel = channels.find(each => each.kind === 'im' && each.with === app.botUserId)
  return (
    <nav className="pane sidebar" aria-label="Channels and direct messages">
      <PersonaSwitcher play={play} />
      <div className="side-scroll">
        <Section title="Channels">
          {rooms
            .filter(each => each.isMember)
            .toSorted(byName)
            .map(each => (
              <Row
                key={each.id}
                channel={each}
                current={each.id === current}
                mark={<ChannelMark channel={each} />}
              />
            ))}
        </Section>
        {rooms.some(each => !each.isMember) && (
          <Section title="Not joined">
            {rooms
              .filter(each => !each.isMember)
              .toSorted(byName)
              .map(each => (
                <Row
                  key={each.id}
                  channel={each}
                  current={each.id === current}
                  mark={<ChannelMark channel={each} />}
                />
              ))}
          </Section>
        )}
        {(appChannel || !persona.external) && (
          <Section title="Apps">
            <AppRow channel={appChannel} current={appChannel !== undefined && appChannel.id === current} />
          </Section>
        )}
        <Section title="Direct messages" extra={<NewDirect />}>
          {direct.map(each => {
            const other = each.with ? users[each.with] : undefined
            return (
              <Row
                key={each.id}
                channel={each}
                current={each.id === current}
                mark={<Avatar name={other?.name ?? each.name} colour={other?.colour ?? '#777'} size={22} />}
              />
            )
          })}
        </Section>
      </div>
    </nav>
  )
}
