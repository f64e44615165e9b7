import { useEffect, useRef, useState } from 'react'
import type { MessageSummary } from '../../protocol.ts'
import { Attachments, attachmentBlocks } from './blocks/attachments.tsx'
import { Blocks } from './blocks/blocks.tsx'
import { SurfaceProvider } from './blocks/surface.tsx'
import { type Values, withBlockIds } from './blocks/values.ts'
import { Files } from './files.tsx'
import { EditBox } from './message-edit.tsx'
import { MessageTools } from './message-tools.tsx'
import { Reactions } from './reactions.tsx'
import { messageHref, threadHref } from './route.ts'
import { Mrkdwn } from './text/mrkdwn.tsx'
import { ago, clock, fullTime, isToday, shortDay } from './text/time.ts'
import { Avatar } from './ui/avatar.tsx'
import { Icon } from './ui/icons.tsx'
import { useWorkspace } from './workspace.tsx'

interface MessageProps {
  message: MessageSummary
  /** Leave out the author: the message follows another of the same. */
  compact: boolean
  /** In a thread pane there is no way into the thread. */
  inThread: boolean
  /** The reader followed a link to this message. */
  marked: boolean
  replies: MessageSummary[]
}

function Author({ message }: { message: MessageSummary }) {
  const { users, app, persona } = useWorkspace()
  const author = users[message.user]
  const foreign = author && !author.isBot && author.teamName !== persona.teamName
  return (
    <>
      <span className="author">
        {message.fromApp ? (author?.name ?? app.name) : (author?.name ?? message.user)}
      </span>
      {message.fromApp && <span className="badge">APP</span>}
      {foreign && <span className="badge badge-team">{author.teamName}</span>}
    </>
  )
}

/** When it was said; in a thread, which has no lines between days, with the day. */
function TimeLink({ message, withDay = false }: { message: MessageSummary; withDay?: boolean }) {
  const { persona } = useWorkspace()
  return (
    <a className="time" href={messageHref(message.channel, message.ts)} title={fullTime(message.ts, persona)}>
      <time dateTime={new Date(Number(message.ts) * 1000).toISOString()}>
        {withDay && !isToday(message.ts, persona) && `${shortDay(message.ts, persona)}, `}
        {clock(message.ts, persona)}
      </time>
    </a>
  )
}

function Body({ message }: { message: MessageSummary }) {
  const [values, setValues] = useState<Values>({})
  const [failure, setFailure] = useState<string>()
  const blocks = withBlockIds(message.blocks)
  return (
    <SurfaceProvider
      surface={{ kind: 'message', channel: message.channel, ts: message.ts }}
      blocks={[...blocks, ...attachmentBlocks(message.attachments)]}
      values={values}
      onChange={setValues}
      onFailure={setFailure}
    >
      {blocks.length > 0 ? (
        <Blocks blocks={blocks} />
      ) : (
        message.text && (
          <div className="message-text">
            <Mrkdwn text={message.text} />
          </div>
        )
      )}
      <Attachments attachments={message.attachments} />
      {failure && (
        <p className="action-failure" role="alert">
          <Icon name="warning" size={16} /> {failure}
        </p>
      )}
    </SurfaceProvider>
  )
}

function ThreadSummary({ message, replies }: { message: MessageSummary; replies: MessageSummary[] }) {
  const { users, persona } = useWorkspace()
  const count = Math.max(message.replyCount ?? 0, replies.length)
  if (count === 0) return null
  const latest = replies.at(-1)?.ts ?? message.latestReply
  const people = [...new Set(replies.map(reply => reply.user))].slice(0, 4)
  return (
    <a className="thread-summary" href={threadHref(message.channel, message.ts)}>
      <span className="thread-faces">
        {people.map(id => (
          <Avatar
            key={id}
            size={22}
            name={users[id]?.name ?? id}
            colour={users[id]?.colour ?? '#777'}
            bot={users[id]?.isBot}
          />
        ))}
      </span>
      <strong>{count === 1 ? '1 reply' : `${count} replies`}</strong>
      {latest && <span className="muted">Last reply {ago(latest, persona)}</span>}
    </a>
  )
}

/** One message with everything that hangs on it. */
export function Message({ message, compact, inThread, marked, replies }: MessageProps) {
  const { users, app } = useWorkspace()
  const [editing, setEditing] = useState(false)
  const [busy, setBusy] = useState(false)
  const item = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (marked) item.current?.scrollIntoView({ block: 'center' })
  }, [marked])
  const author = users[message.user]
  const name = author?.name ?? app.name
  const classes = [
    'message',
    compact && 'compact',
    marked && 'marked',
    busy && 'tools-open',
    message.ephemeralFor && 'ephemeral',
    /_(join|leave|topic|purpose|name)$/.test(message.subtype ?? '') && 'system',
  ]
  return (
    <li className={classes.filter(Boolean).join(' ')} data-ts={message.ts} ref={item}>
      {message.ephemeralFor && (
        <p className="only-you">
          <Icon name="eye" size={14} /> Only visible to you
        </p>
      )}
      {message.pinned && (
        <p className="pinned">
          <Icon name="pin" size={14} /> Pinned
        </p>
      )}
      <div className="message-gutter">
        {compact ? (
          <TimeLink message={message} />
        ) : (
          <Avatar name={name} colour={author?.colour ?? '#777'} bot={message.fromApp} />
        )}
      </div>
      <div className="message-main">
        {!compact && (
          <div className="message-head">
            <Author message={message} />
            <TimeLink message={message} withDay={inThread} />
          </div>
        )}
        {editing ? (
          <EditBox message={message} onDone={() => setEditing(false)} />
        ) : (
          <Body message={message} />
        )}
        {message.edited && !editing && <span className="edited">(edited)</span>}
        <Files files={message.files} />
        <Reactions message={message} />
        {!inThread && <ThreadSummary message={message} replies={replies} />}
      </div>
      <MessageTools message={message} inThread={inThread} onEdit={() => setEditing(true)} onMenu={setBusy} />
    </li>
  )
}
