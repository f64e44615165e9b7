import type { ModalView } from '@slack/types'
import {
  type FormEvent,
  type KeyboardEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import type { OpenView } from '../../protocol.ts'
import { Blocks } from './blocks/blocks.tsx'
import { SurfaceProvider } from './blocks/surface.tsx'
import { collectState, type Values, withBlockIds } from './blocks/values.ts'
import { Avatar } from './ui/avatar.tsx'
import { Icon } from './ui/icons.tsx'
import { useWorkspace } from './workspace.tsx'

const noErrors: Record<string, string> = {}
const focusable = 'input, textarea, select, button, [tabindex="0"]'

/** The states of every open view; a view below another keeps what was typed. */
function useValues(views: OpenView[]) {
  const [all, setAll] = useState<Record<string, Values>>({})
  const open = views.map(view => view.id).join(' ')
  useEffect(() => {
    const ids = open.split(' ')
    setAll(held => Object.fromEntries(Object.entries(held).filter(([id]) => ids.includes(id))))
  }, [open])
  return {
    of: (id: string) => all[id] ?? {},
    keep: (id: string, values: Values) => setAll(held => ({ ...held, [id]: values })),
  }
}

interface ModalViewProps {
  open: OpenView
  depth: number
  values: Values
  onChange: (values: Values) => void
}

/** A view's errors: those of the app's last answer and of the last submission, until the field is changed. */
function useErrors(open: OpenView) {
  const [errors, setErrors] = useState(open.errors ?? noErrors)
  const told = JSON.stringify(open.errors ?? noErrors)
  // By content: each message about the views brings the same errors anew.
  useEffect(() => setErrors(JSON.parse(told)), [told])
  return [errors, setErrors] as const
}

function useSubmit({ open, values }: ModalViewProps, setErrors: (errors: Record<string, string>) => void) {
  const { act } = useWorkspace()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()
  const blocks = withBlockIds((open.view as unknown as ModalView).blocks)
  const submit = async () => {
    if (busy) return
    setBusy(true)
    setFailure(undefined)
    const result = await act({ do: 'submitView', viewId: open.id, state: collectState(blocks, values) })
    setBusy(false)
    setErrors(result.errors ?? noErrors)
    if (!result.ok && !result.errors) setFailure(result.failure ?? 'That did not work.')
  }
  return { blocks, busy, submit, failure: failure ?? open.failure, setFailure }
}

function ModalContent(props: ModalViewProps) {
  const { open, depth, values, onChange } = props
  const { act, app } = useWorkspace()
  const view = open.view as unknown as ModalView
  const titleId = useId()
  const form = useRef<HTMLFormElement>(null)
  const [errors, setErrors] = useErrors(open)
  const { blocks, busy, submit, failure, setFailure } = useSubmit(props, setErrors)

  useEffect(() => {
    const body = form.current?.querySelector('.modal-body')
    const wanted = body?.querySelector<HTMLElement>('[data-focus-on-load]')
    ;(wanted ?? body?.querySelector<HTMLElement>(focusable) ?? form.current)?.focus()
  }, [])
  // An update may take away what had the focus.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the app has changed the view
  useEffect(() => {
    if (document.activeElement === document.body) form.current?.focus()
  }, [open.hash])
  useEffect(() => {
    if (Object.keys(errors).length > 0)
      form.current?.querySelector('.input-block.invalid')?.querySelector<HTMLElement>(focusable)?.focus()
  }, [errors])

  return (
    <form
      ref={form}
      className="modal-frame"
      tabIndex={-1}
      aria-labelledby={titleId}
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        void submit()
      }}
    >
      <header className="modal-head">
        {depth > 1 && (
          <button
            type="button"
            className="icon-button"
            aria-label="Back"
            title="Back"
            onClick={() => void act({ do: 'closeView', viewId: open.id })}
          >
            <Icon name="back" />
          </button>
        )}
        <Avatar name={app.name} colour="" bot size={28} />
        <h2 id={titleId}>{view.title.text}</h2>
        <button
          type="button"
          className="icon-button"
          aria-label="Close"
          title="Close"
          onClick={() => void act({ do: 'closeView', viewId: open.id, all: true })}
        >
          <Icon name="close" />
        </button>
      </header>
      {failure && (
        <p className="modal-failure" role="alert">
          <Icon name="warning" size={18} /> {failure}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <div className="modal-body" tabIndex={0}>
        <SurfaceProvider
          surface={{ kind: 'view', viewId: open.id }}
          blocks={blocks}
          values={values}
          onChange={next => {
            onChange(next)
            const changed = Object.keys(next).filter(key => next[key] !== values[key])
            const blockIds = changed.map(key => key.split(' ')[0])
            setErrors(
              Object.fromEntries(Object.entries(errors).filter(([blockId]) => !blockIds.includes(blockId))),
            )
          }}
          errors={errors}
          onFailure={setFailure}
        >
          <Blocks blocks={blocks} />
        </SurfaceProvider>
      </div>
      <footer className="modal-foot">
        <button
          type="button"
          className="button"
          onClick={() => void act({ do: 'closeView', viewId: open.id })}
        >
          {view.close?.text ?? (view.submit ? 'Cancel' : 'Close')}
        </button>
        {view.submit && (
          <button type="submit" className="button solid primary" disabled={busy} aria-busy={busy}>
            {view.submit.text}
            {busy && <span className="spinner" />}
          </button>
        )}
      </footer>
    </form>
  )
}

/** The person's open modals: the top one is shown, those below wait with what was typed in them. */
export function Modals() {
  const { views, act } = useWorkspace()
  const dialog = useRef<HTMLDialogElement>(null)
  const values = useValues(views)
  const top = views.at(-1)
  const isOpen = top !== undefined

  // Before the content's own effects, which put the focus where it belongs.
  useLayoutEffect(() => {
    const element = dialog.current
    if (isOpen && !element?.open) element?.showModal()
    if (!isOpen && element?.open) element.close()
  }, [isOpen])

  return (
    <dialog
      ref={dialog}
      className="modal"
      aria-label={(top?.view as unknown as ModalView | undefined)?.title.text}
      onCancel={event => event.preventDefault()}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== 'Escape' || event.defaultPrevented || !top) return
        event.preventDefault()
        void act({ do: 'closeView', viewId: top.id })
      }}
    >
      {top && (
        <ModalContent
          key={top.id}
          open={top}
          depth={views.length}
          values={values.of(top.id)}
          onChange={next => values.keep(top.id, next)}
        />
      )}
    </dialog>
  )
}
