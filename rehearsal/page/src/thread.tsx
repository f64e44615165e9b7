import type { ChannelSummary } from '../../protocol.ts'
import { Composer } from './composer.tsx'
import { MessageList } from './message-list.tsx'
import { BackLink, backToChannel } from './panes.tsx'
import { Icon } from './ui/icons.tsx'
import { channelTitle, useWorkspace } from './workspace.tsx'

/** The pane on the right: a message and the replies to it. */
export function ThreadPane({
  channel,
  ts,
  markedTs,
}: {
  channel: ChannelSummary
  ts: string
  markedTs?: string
}) {
  const workspace = useWorkspace()
  const all = workspace.messages[channel.id] ?? []
  const thread = all.filter(each => each.ts === ts || each.threadTs === ts)
  const mark = channel.kind === 'im' ? '' : '#'
  return (
    <aside className="pane thread-pane" aria-label="Thread">
      <header className="pane-head">
        <BackLink href={backToChannel(channel.id)} label="Back to the channel" />
        <div className="pane-title">
          <h2>Thread</h2>
          <span className="muted">
            {mark}
            {channelTitle(workspace, channel)}
          </span>
        </div>
        <a
          className="icon-button wide-only"
          href={backToChannel(channel.id)}
          aria-label="Close thread"
          title="Close thread"
        >
          <Icon name="close" />
        </a>
      </header>
      {thread.length === 0 && <p className="empty">This message is not here any more.</p>}
      <MessageList label="Thread" messages={thread} all={all} inThread markedTs={markedTs} />
      <Composer key={ts} channel={channel.id} threadTs={ts} label="Reply…" />
    </aside>
  )
}
