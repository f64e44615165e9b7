import { useEffect, useRef, useState } from 'react'
import type { MessageSummary } from '../../protocol.ts'
import { asTyped } from './text/typed.ts'
import { useWorkspace } from './workspace.tsx'

/** The box in which a person edits a message of their own. */
export function EditBox({ message, onDone }: { message: MessageSummary; onDone: () => void }) {
  const workspace = useWorkspace()
  const [text, setText] = useState(() => asTyped(message.text, workspace))
  const box = useRef<HTMLTextAreaElement>(null)
  useEffect(() => box.current?.focus(), [])
  const [failure, setFailure] = useState<string>()
  const save = async () => {
    const result = await workspace.act({ do: 'edit', channel: message.channel, ts: message.ts, text })
    if (result.ok) onDone()
    else setFailure(result.failure)
  }
  return (
    <div className="edit-box">
      <textarea
        className="text-field"
        aria-label="Edit message"
        rows={3}
        value={text}
        ref={box}
        onChange={event => setText(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Escape') onDone()
          if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault()
            void save()
          }
        }}
      />
      {failure && (
        <p className="input-error" role="alert">
          {failure}
        </p>
      )}
      <div className="actions">
        <button type="button" className="button" onClick={onDone}>
          Cancel
        </button>
        <button type="button" className="button solid primary" onClick={() => void save()}>
          Save
        </button>
      </div>
    </div>
  )
}
