import { useEffect } from 'react'
import type { ChannelSummary, Persona } from '../../protocol.ts'
import { ChannelPane } from './channel.tsx'
import { Modals } from './modal.tsx'
import { parseRoute, type Route, useHash } from './route.ts'
import { Sidebar } from './sidebar.tsx'
import { ThreadPane } from './thread.tsx'
import { Icon } from './ui/icons.tsx'
import { usePhone } from './ui/media.ts'
import { channelTitle, useSession, useWorkspace, type Workspace, WorkspaceProvider } from './workspace.tsx'

function Banner() {
  return (
    <p className="banner">
      <strong>Rehearsal workspace.</strong> Every place and person is fictional; nothing leaves this computer.
    </p>
  )
}

function ConnectionLine() {
  const { link, app } = useWorkspace()
  const sentence =
    link === 'lost'
      ? 'The workspace is not answering. Trying again…'
      : app.connected
        ? undefined
        : 'The app is not connected. Commands and buttons will fail until it is.'
  return (
    <div className="connection" role="status" data-link={link}>
      {sentence && (
        <p>
          <Icon name="warning" size={16} /> {sentence}
        </p>
      )}
    </div>
  )
}

function Notice() {
  const { notice, dismissNotice } = useWorkspace()
  if (!notice) return null
  return (
    <div className="notice" role="alert">
      <Icon name="warning" size={18} /> {notice}
      <button type="button" className="icon-button" aria-label="Dismiss" onClick={dismissNotice}>
        <Icon name="close" size={16} />
      </button>
    </div>
  )
}

function findChannel(workspace: Workspace, wanted: string | undefined): ChannelSummary | undefined {
  return workspace.channels.find(each => each.id === wanted || (each.kind !== 'im' && each.name === wanted))
}

/** The thread the route leads into: an open thread, or the one a linked reply stands in. */
function threadOf(
  workspace: Workspace,
  channel: ChannelSummary | undefined,
  route: Route,
): string | undefined {
  if (!channel || !route.ts) return undefined
  if (route.thread) return route.ts
  const linked = workspace.messages[channel.id]?.find(each => each.ts === route.ts)
  return linked?.threadTs && linked.threadTs !== linked.ts ? linked.threadTs : undefined
}

function Panes({ play }: { play: (persona: Persona) => void }) {
  const workspace = useWorkspace()
  const route = parseRoute(useHash())
  const phone = usePhone()
  const fallback = phone ? undefined : workspace.channels.find(each => each.isMember && each.kind !== 'im')
  const channel = findChannel(workspace, route.channel) ?? fallback
  const threadTs = threadOf(workspace, channel, route)
  const pane = threadTs ? 'thread' : channel ? 'channel' : 'sidebar'
  const markedTs = route.thread ? undefined : route.ts
  const title = channel ? channelTitle(workspace, channel) : 'Channels'

  useEffect(() => {
    document.title = `${title} · Rehearsal workspace`
  }, [title])

  return (
    <div className={threadTs ? 'panes with-thread' : 'panes'}>
      {(!phone || pane === 'sidebar') && <Sidebar current={channel?.id} play={play} />}
      {(!phone || pane === 'channel') &&
        (channel ? (
          <ChannelPane key={channel.id} channel={channel} home={route.home} markedTs={markedTs} />
        ) : (
          <main className="pane channel-pane">
            <p className="empty">You are in no channel yet.</p>
          </main>
        ))}
      {channel && threadTs && (
        <ThreadPane key={threadTs} channel={channel} ts={threadTs} markedTs={markedTs} />
      )}
    </div>
  )
}

export function App() {
  const { session, play } = useSession()
  if (session.kind === 'loading') return <p className="splash">Opening the rehearsal workspace…</p>
  if (session.kind === 'failed') {
    return (
      <p className="splash" role="alert">
        {session.sentence}
      </p>
    )
  }
  return (
    <WorkspaceProvider value={session.workspace}>
      <div className="workspace" key={session.workspace.persona.id}>
        <Banner />
        <ConnectionLine />
        <Panes play={play} />
        <Modals />
        <Notice />
      </div>
    </WorkspaceProvider>
  )
}
