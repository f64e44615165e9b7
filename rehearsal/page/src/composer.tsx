import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { type Completion, completionsFor, usageOf } from './completion.ts'
import { PrivateNotice } from './panes.tsx'
import { Icon } from './ui/icons.tsx'
import { usePhone } from './ui/media.ts'
import { Menu } from './ui/menu.tsx'
import { useWorkspace } from './workspace.tsx'

interface ComposerProps {
  channel: string
  threadTs?: string
  /** "Message #poc-north", also its name to a screen reader. */
  label: string
}

function useCompletion(text: string, caret: number) {
  const workspace = useWorkspace()
  const [active, setActive] = useState(0)
  const [dismissed, setDismissed] = useState('')
  const list = dismissed === text ? [] : completionsFor(text, caret, workspace)
  const at = Math.min(active, Math.max(0, list.length - 1))
  return { list, at, setActive, dismiss: (line: string) => setDismissed(line) }
}

function CompletionList({
  id,
  list,
  at,
  onPick,
}: {
  id: string
  list: Completion[]
  at: number
  onPick: (pick: Completion) => void
}) {
  if (list.length === 0) return null
  return (
    <div className="completion listbox" role="listbox" id={id} aria-label="Suggestions" tabIndex={-1}>
      {list.map((each, index) => (
        <div
          key={each.key}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          className={index === at ? 'option active' : 'option'}
          ref={element => {
            if (index === at) element?.scrollIntoView({ block: 'nearest' })
          }}
          onPointerDown={event => {
            event.preventDefault()
            onPick(each)
          }}
        >
          <span>
            <strong>{each.label}</strong> {each.hint && <span className="hint">{each.hint}</span>}
          </span>
          <small>{each.detail}</small>
        </div>
      ))}
    </div>
  )
}

function GlobalShortcuts() {
  const { shortcuts, app, attempt } = useWorkspace()
  const items = shortcuts
    .filter(each => each.type === 'global')
    .map(each => ({
      key: each.callbackId,
      label: each.name,
      detail: each.description,
      onPick: () => void attempt({ do: 'shortcut', callbackId: each.callbackId }),
    }))
  if (items.length === 0) return null
  return (
    <Menu
      label="Shortcuts"
      heading={app.name}
      trigger={<Icon name="bolt" />}
      className="icon-button"
      items={items}
    />
  )
}

/** Sends a line as a command when it begins with a slash, else as a message; tells a failure privately. */
function useSend({ channel, threadTs }: ComposerProps) {
  const { act } = useWorkspace()
  const [failure, setFailure] = useState<string>()
  const send = async (text: string): Promise<boolean> => {
    setFailure(undefined)
    const isCommand = text.startsWith('/') && !threadTs
    const result = await act(
      isCommand
        ? { do: 'command', channel, text }
        : { do: 'say', channel, text, ...(threadTs && { threadTs }) },
    )
    if (!result.ok) setFailure(result.failure ?? 'That did not work.')
    return result.ok
  }
  return { send, failure }
}

/** The box in which a person writes messages and commands. */
export function Composer(props: ComposerProps) {
  const workspace = useWorkspace()
  const [text, setText] = useState('')
  const [caret, setCaret] = useState(0)
  const { list, at, setActive, dismiss } = useCompletion(text, caret)
  const { send, failure } = useSend(props)
  const box = useRef<HTMLTextAreaElement>(null)
  const listId = useId()
  const phone = usePhone()
  const usage = usageOf(text, workspace)

  // On a phone it would open the keyboard over what one came to read.
  useEffect(() => {
    if (!phone) box.current?.focus()
  }, [phone])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    element.style.height = 'auto'
    element.style.height = `${Math.min(element.scrollHeight, 200)}px`
  }, [text])

  const pick = (choice: Completion) => {
    setText(choice.text)
    setCaret(choice.caret)
    setActive(0)
    requestAnimationFrame(() => {
      box.current?.focus()
      box.current?.setSelectionRange(choice.caret, choice.caret)
    })
  }
  const submit = async () => {
    const line = text.trim()
    if (!line) return
    setText('')
    // What could not be sent comes back, unless the next line is already being typed.
    if (await send(line)) return
    dismiss(line)
    setText(current => current || line)
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const choice = list[at]
    if (choice && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault()
      setActive((at + (event.key === 'ArrowDown' ? 1 : -1) + list.length) % list.length)
    } else if (choice && event.key === 'Escape') {
      event.preventDefault()
      dismiss(text)
    } else if (
      choice &&
      (event.key === 'Tab' || (event.key === 'Enter' && choice.label !== text)) &&
      !event.shiftKey
    ) {
      event.preventDefault()
      pick(choice)
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      void submit()
    }
  }
  return (
    <div className="composer">
      <CompletionList id={listId} list={list} at={at} onPick={pick} />
      {usage && <p className="usage">{usage}</p>}
      <div className="composer-box">
        <textarea
          ref={box}
          rows={1}
          role="combobox"
          aria-label={props.label}
          aria-expanded={list.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={list.length > 0 ? `${listId}-${at}` : undefined}
          placeholder={props.label}
          value={text}
          onChange={event => {
            setText(event.target.value)
            setCaret(event.target.selectionStart)
            setActive(0)
          }}
          onSelect={event => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={onKey}
        />
        <div className="composer-bar">
          <GlobalShortcuts />
          <span className="composer-tip">
            {!props.threadTs && (
              <>
                <kbd>/</kbd> commands · <kbd>@</kbd> people · <kbd>Shift</kbd>+<kbd>Enter</kbd> new line
              </>
            )}
          </span>
          <button
            type="button"
            className="send"
            aria-label="Send"
            title="Send"
            disabled={text.trim() === ''}
            onClick={() => void submit()}
          >
            <Icon name="send" />
          </button>
        </div>
      </div>
      {failure && <PrivateNotice>{failure}</PrivateNotice>}
    </div>
  )
}
