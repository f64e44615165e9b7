import {
  createContext,
  type Dispatch,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useReducer,
  useState,
} from 'react'
import type { ActResult, ChannelSummary, Live, Persona, Snapshot } from '../../protocol.ts'
import { type ActBody, act, followLive, loadSnapshot } from './live.ts'
import { type Change, type Model, reduce } from './state.ts'

export interface Workspace extends Snapshot {
  link: Model['link']
  /** Does something as the person being played. */
  act: (body: ActBody) => Promise<ActResult>
  /** Like {@link act}; a failure is told at the foot of the page. */
  attempt: (body: ActBody) => Promise<ActResult>
  notice?: string
  dismissNotice: () => void
}

const WorkspaceContext = createContext<Workspace | null>(null)

/** The workspace as the person being played sees it. */
export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext)
  if (!workspace) throw new Error('useWorkspace is used outside of its provider.')
  return workspace
}

export const WorkspaceProvider = WorkspaceContext.Provider

/** The name by which a channel or direct message is shown to this person, without its mark. */
export function channelTitle(workspace: Snapshot, channel: ChannelSummary): string {
  if (channel.kind !== 'im') return channel.name
  const other = channel.with ? workspace.users[channel.with] : undefined
  return other?.name ?? channel.name
}

const personaInUrl = () => new URLSearchParams(location.search).get('as') ?? ''

/** @throws Error with a sentence where nobody has that handle. */
async function loadAs(handle: string): Promise<Snapshot> {
  const first = await loadSnapshot('')
  if (handle === '') return first
  const wanted = first.personas.find(each => each.handle === handle || each.id === handle)
  if (!wanted) {
    const handles = first.personas.map(each => each.handle).join(', ')
    throw new Error(`Nobody here is called “${handle}”. Put one of these after “?as=”: ${handles}.`)
  }
  return wanted.id === first.persona.id ? first : loadSnapshot(wanted.id)
}

/** Channels this person is in, so that joining one can be told from news of one. */
function memberships(snapshot: Snapshot): Set<string> {
  return new Set(snapshot.channels.filter(each => each.isMember).map(each => each.id))
}

/** Keeps the model up to date over the wire. */
function useFollow(personaId: string | undefined, change: Dispatch<Change>) {
  useEffect(() => {
    if (!personaId) return
    change({ kind: 'link', link: 'connecting' })
    let heard: Live[] | undefined
    let joined: Set<string> | undefined
    // What happened before the line was up, or before a channel was joined, was not on it; what comes while the
    // snapshot travels may not be in it.
    const refresh = async () => {
      heard = []
      const snapshot = await loadSnapshot(personaId).catch(() => undefined)
      if (!snapshot) return
      joined = memberships(snapshot)
      change({ kind: 'loaded', snapshot })
      for (const message of heard ?? []) change({ kind: 'live', message })
      heard = undefined
    }
    const followMembership = (message: Live) => {
      if (message.type === 'channelGone') joined?.delete(message.channel)
      if (message.type !== 'channel' || !joined) return
      const { id, isMember } = message.channel
      const isNew = isMember && !joined.has(id)
      if (isMember) joined.add(id)
      else joined.delete(id)
      if (isNew) void refresh()
    }
    return followLive(personaId, {
      onLive: message => {
        heard?.push(message)
        change({ kind: 'live', message })
        followMembership(message)
      },
      onOpen: () => {
        change({ kind: 'link', link: 'live' })
        void refresh()
      },
      onLost: () => change({ kind: 'link', link: 'lost' }),
    })
  }, [personaId, change])
}

export type Session =
  | { kind: 'loading' }
  | { kind: 'failed'; sentence: string }
  | { kind: 'open'; workspace: Workspace }

/** Opens the workspace as the person named in the address (`?as=handle`) and keeps it up to date. */
export function useSession(): { session: Session; play: (persona: Persona) => void } {
  const [handle, setHandle] = useState(personaInUrl)
  const [model, change] = useReducer(reduce, null)
  const [failure, setFailure] = useState<string>()
  const personaId = model?.snapshot.persona.id

  useEffect(() => {
    const onPop = () => setHandle(personaInUrl())
    addEventListener('popstate', onPop)
    return () => removeEventListener('popstate', onPop)
  }, [])

  useEffect(() => {
    let current = true
    loadAs(handle).then(
      snapshot => {
        if (!current) return
        setFailure(undefined)
        change({ kind: 'loaded', snapshot })
      },
      (error: Error) => current && setFailure(error.message),
    )
    return () => {
      current = false
    }
  }, [handle])

  useFollow(personaId, change)

  const doAct = useCallback(
    async (body: ActBody): Promise<ActResult> =>
      personaId ? act(personaId, body) : { ok: false, code: 'unknown', failure: 'Nobody is being played.' },
    [personaId],
  )
  const [notice, setNotice] = useState<string>()
  const dismissNotice = useCallback(() => setNotice(undefined), [])
  const attempt = useCallback(
    async (body: ActBody): Promise<ActResult> => {
      const result = await doAct(body)
      setNotice(result.ok ? undefined : (result.failure ?? 'That did not work.'))
      return result
    },
    [doAct],
  )
  const play = useCallback((persona: Persona) => {
    const url = new URL(location.href)
    url.searchParams.set('as', persona.handle)
    url.hash = ''
    history.pushState(null, '', url)
    dispatchEvent(new HashChangeEvent('hashchange'))
    setHandle(persona.handle)
  }, [])

  const session = useMemo<Session>(() => {
    if (model) {
      const { snapshot, link } = model
      return { kind: 'open', workspace: { ...snapshot, link, act: doAct, attempt, notice, dismissNotice } }
    }
    return failure ? { kind: 'failed', sentence: failure } : { kind: 'loading' }
  }, [model, failure, doAct, attempt, notice, dismissNotice])
  return { session, play }
}
