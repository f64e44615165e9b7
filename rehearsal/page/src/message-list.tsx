import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react'
import type { MessageSummary } from '../../protocol.ts'
import { Message } from './message.tsx'
import { dayKey, dayName } from './text/time.ts'
import { useWorkspace } from './workspace.tsx'

interface MessageListProps {
  label: string
  messages: MessageSummary[]
  /** All messages of the channel, from which replies are counted. */
  all: MessageSummary[]
  inThread: boolean
  markedTs?: string
}

/** Messages close together by one person stand below one name; the app's cards each stand alone. */
function followsOn(previous: MessageSummary | undefined, message: MessageSummary): boolean {
  return (
    !!previous &&
    previous.user === message.user &&
    !(message.fromApp && message.blocks?.length) &&
    !message.ephemeralFor &&
    !message.pinned &&
    previous.ephemeralFor === message.ephemeralFor &&
    Number(message.ts) - Number(previous.ts) < 300
  )
}

/** Keeps the end in sight while the reader is at the end, and only then. */
function useStickToEnd(count: number, held: boolean) {
  const box = useRef<HTMLElement>(null)
  const atEnd = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the number of messages changes
  useLayoutEffect(() => {
    const element = box.current
    if (element && atEnd.current && !held) element.scrollTop = element.scrollHeight
  }, [count, held])
  useEffect(() => {
    const element = box.current
    if (!element) return
    const watch = new ResizeObserver(() => {
      if (atEnd.current && !held) element.scrollTop = element.scrollHeight
    })
    for (const child of element.children) watch.observe(child)
    return () => watch.disconnect()
  }, [held])
  const onScroll = () => {
    const element = box.current
    if (element) atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < 48
  }
  return { box, onScroll }
}

function Divider({ children }: { children: ReactNode }) {
  return (
    <li className="day">
      <span>{children}</span>
    </li>
  )
}

/** A channel's or thread's messages with a line for each new day. */
export function MessageList({ label, messages, all, inThread, markedTs }: MessageListProps) {
  const { persona } = useWorkspace()
  const { box, onScroll } = useStickToEnd(messages.length, !!markedTs)
  return (
    <section
      className="message-scroll"
      ref={box}
      onScroll={onScroll}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
      tabIndex={0}
      role="log"
      aria-label={label}
    >
      <ol className="message-list">
        {messages.map((message, index) => {
          const previous = messages[index - 1]
          const newDay = !previous || dayKey(previous.ts, persona) !== dayKey(message.ts, persona)
          return [
            newDay && !inThread && (
              <Divider key={`day-${message.ts}`}>{dayName(message.ts, persona)}</Divider>
            ),
            inThread && index === 1 && (
              <Divider key="replies">
                {messages.length === 2 ? '1 reply' : `${messages.length - 1} replies`}
              </Divider>
            ),
            <Message
              key={message.ts}
              message={message}
              compact={!newDay && !(inThread && index === 1) && followsOn(previous, message)}
              inThread={inThread}
              marked={message.ts === markedTs}
              replies={
                inThread ? [] : all.filter(each => each.threadTs === message.ts && each.ts !== message.ts)
              }
            />,
          ]
        })}
      </ol>
    </section>
  )
}
