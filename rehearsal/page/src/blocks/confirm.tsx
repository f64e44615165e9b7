import type { ConfirmationDialog } from '@slack/types'
import { useEffect, useId, useRef } from 'react'
import { TextObject } from '../text/mrkdwn.tsx'

/** The "Are you sure?" that an element may ask before it acts. */
export function ConfirmBox({
  confirm,
  onAnswer,
}: {
  confirm: ConfirmationDialog
  onAnswer: (yes: boolean) => void
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      className="modal confirm"
      aria-labelledby={title}
      onKeyDown={event => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        onAnswer(false)
      }}
      onCancel={event => event.preventDefault()}
    >
      <div className="modal-frame">
        <header className="modal-head">
          <h2 id={title}>{confirm.title ? <TextObject text={confirm.title} /> : 'Are you sure?'}</h2>
        </header>
        <div className="modal-body">
          <TextObject text={confirm.text} />
        </div>
        <footer className="modal-foot">
          <button type="button" className="button" onClick={() => onAnswer(false)}>
            {confirm.deny?.text ?? 'Cancel'}
          </button>
          <button
            type="button"
            className={confirm.style === 'danger' ? 'button solid danger' : 'button solid primary'}
            onClick={() => onAnswer(true)}
          >
            {confirm.confirm?.text ?? 'Yes'}
          </button>
        </footer>
      </div>
    </dialog>
  )
}
