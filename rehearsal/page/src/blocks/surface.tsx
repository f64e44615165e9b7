import type { ConfirmationDialog, KnownBlock } from '@slack/types'
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react'
import type { ActResult, InputState, StateValues, Surface } from '../../../protocol.ts'
import { useWorkspace } from '../workspace.tsx'
import { ConfirmBox } from './confirm.tsx'
import { collectState, type Interactive, keyOf, type Values } from './values.ts'

/** What the elements of one surface (a message, a modal, the app's home) share. */
export interface SurfaceContext {
  values: Values
  errors: Record<string, string>
  /** Keeps an input's state; it outlives updates of the surface as long as the ids stay. */
  set: (blockId: string, actionId: string, state: InputState) => void
  /** Sends a block action in Slack's shape, after the element's own confirmation. */
  press: (blockId: string, element: Interactive, part: Record<string, unknown>) => Promise<void>
  /** Asks the app for an external select's options. */
  options: (blockId: string, actionId: string, typed: string) => Promise<ActResult>
  /** The element whose press is under way: `block_id action_id`, and a button's value. */
  busy?: string
}

const Context = createContext<SurfaceContext | null>(null)

export function useSurface(): SurfaceContext {
  const surface = useContext(Context)
  if (!surface) throw new Error('An element is shown outside of a surface.')
  return surface
}

interface SurfaceProviderProps {
  surface: Surface
  blocks: KnownBlock[]
  values: Values
  onChange: (values: Values) => void
  errors?: Record<string, string>
  onFailure: (sentence: string | undefined) => void
  children: ReactNode
}

interface Question {
  confirm: ConfirmationDialog
  answer: (yes: boolean) => void
}

export const busyKey = (blockId: string, element: Interactive) =>
  `${keyOf(blockId, element.action_id ?? '')} ${'value' in element ? element.value : ''}`

const noErrors: Record<string, string> = {}

/** Holds the values of one surface and carries its elements' acts to the app. */
export function SurfaceProvider(props: SurfaceProviderProps) {
  const { surface, values, errors = noErrors, children } = props
  const { act } = useWorkspace()
  const [question, setQuestion] = useState<Question>()
  const [busy, setBusy] = useState<string>()
  // Acts read what is current, also right after a change within the same event.
  const now = useRef(props)
  now.current = props
  const current = useRef(values)
  current.current = values

  const set = useCallback((blockId: string, actionId: string, state: InputState) => {
    current.current = { ...current.current, [keyOf(blockId, actionId)]: state }
    now.current.onChange(current.current)
  }, [])

  const press = useCallback(
    async (blockId: string, element: Interactive, part: Record<string, unknown>) => {
      const confirm = 'confirm' in element ? element.confirm : undefined
      if (confirm) {
        const yes = await new Promise<boolean>(answer => setQuestion({ confirm, answer }))
        setQuestion(undefined)
        if (!yes) return
      }
      now.current.onFailure(undefined)
      setBusy(busyKey(blockId, element))
      const state: StateValues = collectState(now.current.blocks, current.current)
      const action = { type: element.type, action_id: element.action_id, block_id: blockId, ...part }
      const result = await act({ do: 'blockAction', surface: now.current.surface, action, state })
      setBusy(undefined)
      if (!result.ok) now.current.onFailure(result.failure ?? 'That did not work.')
    },
    [act],
  )

  const options = useCallback(
    (blockId: string, actionId: string, typed: string) =>
      act({ do: 'options', surface: now.current.surface, actionId, blockId, value: typed }),
    [act],
  )

  const context = useMemo(
    () => ({ values, errors, set, press, options, busy }),
    [values, errors, set, press, options, busy],
  )
  return (
    <Context value={context}>
      <div data-surface={surface.kind} className="surface">
        {children}
      </div>
      {question && <ConfirmBox confirm={question.confirm} onAnswer={question.answer} />}
    </Context>
  )
}
