import { useEffect, useState } from 'react'
import type { ChannelSummary } from '../../protocol.ts'
import { ChannelHeader } from './channel-header.tsx'
import { Composer } from './composer.tsx'
import { Home } from './home.tsx'
import { MessageList } from './message-list.tsx'
import { channelTitle, useWorkspace, type Workspace } from './workspace.tsx'

interface ChannelPaneProps {
  channel: ChannelSummary
  home: boolean
  markedTs?: string
}

function composerLabel(workspace: Workspace, channel: ChannelSummary): string {
  return `Message ${channel.kind === 'im' || channel.kind === 'mpim' ? '' : '#'}${channelTitle(workspace, channel)}`
}

/** Tells the workspace that what stands on the screen has been read. */
function useMarkRead(channel: ChannelSummary, shown: boolean) {
  const { act } = useWorkspace()
  const waiting = channel.unread + channel.mentions
  useEffect(() => {
    if (!shown || waiting === 0) return
    const mark = () => {
      if (document.visibilityState === 'visible') void act({ do: 'markRead', channel: channel.id })
    }
    mark()
    document.addEventListener('visibilitychange', mark)
    return () => document.removeEventListener('visibilitychange', mark)
  }, [act, channel.id, waiting, shown])
}

function JoinBar({ channel }: { channel: ChannelSummary }) {
  const { act } = useWorkspace()
  const [failure, setFailure] = useState<string>()
  const join = async () => {
    const result = await act({ do: 'join', channel: channel.id })
    if (!result.ok) setFailure(result.failure)
  }
  return (
    <div className="join-bar">
      <p>
        You are looking at <strong>#{channel.name}</strong>
      </p>
      <button type="button" className="button solid primary" onClick={() => void join()}>
        Join channel
      </button>
      {failure && (
        <p className="input-error" role="alert">
          {failure}
        </p>
      )}
    </div>
  )
}

/** The middle pane: a channel's or direct message's messages, or the app's home. */
export function ChannelPane({ channel, home, markedTs }: ChannelPaneProps) {
  const workspace = useWorkspace()
  useMarkRead(channel, !home)
  const all = workspace.messages[channel.id] ?? []
  const top = all.filter(
    each => !each.threadTs || each.threadTs === each.ts || each.subtype === 'thread_broadcast',
  )
  const isApp = channel.with === workspace.app.botUserId
  return (
    <main className="pane channel-pane" aria-label={channelTitle(workspace, channel)}>
      <ChannelHeader channel={channel} home={home} isApp={isApp} />
      {home && isApp ? (
        <Home />
      ) : (
        <>
          {top.length === 0 && <p className="empty">No messages here yet. Type / for what the app can do.</p>}
          <MessageList label="Messages" messages={top} all={all} inThread={false} markedTs={markedTs} />
          {channel.isMember ? (
            <Composer key={channel.id} channel={channel.id} label={composerLabel(workspace, channel)} />
          ) : (
            <JoinBar channel={channel} />
          )}
        </>
      )}
    </main>
  )
}
