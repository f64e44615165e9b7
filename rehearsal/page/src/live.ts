import type { Act, ActResult, Live, Snapshot } from '../../protocol.ts'

/** An act without the persona, which the caller of {@link act} adds. */
export type ActBody = Act extends infer A
  ? A extends { persona: string }
    ? Omit<A, 'persona'>
    : never
  : never

/**
 * Reads the workspace as one person sees it.
 * @param persona a user id or handle; empty for the workspace's first person.
 * @throws Error with a sentence for the reader when the workspace does not answer or refuses.
 */
export async function loadSnapshot(persona: string): Promise<Snapshot> {
  const response = await fetch(`/workspace/snapshot?persona=${encodeURIComponent(persona)}`).catch(() => {
    throw new Error('The rehearsal workspace does not answer. Start it with “npm run rehearse” and reload.')
  })
  if (!response.ok) throw new Error(`The workspace refused: ${await response.text()}`)
  return (await response.json()) as Snapshot
}

/** Does one act as a person. Never throws: a network failure is a failed result with a sentence. */
export async function act(persona: string, body: ActBody): Promise<ActResult> {
  try {
    const response = await fetch('/workspace/act', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ persona, ...body }),
    })
    const result = (await response.json()) as ActResult
    return result.ok || result.failure || result.errors
      ? result
      : { ...result, failure: `The workspace answered ${response.status}.` }
  } catch {
    return { ok: false, code: 'unknown', failure: 'The workspace did not answer. Nothing was sent.' }
  }
}

interface LiveHandlers {
  onLive: (message: Live) => void
  onOpen: () => void
  onLost: () => void
}

/** Follows the workspace over its WebSocket, connecting again after each loss. Returns the way to stop. */
export function followLive(persona: string, handlers: LiveHandlers): () => void {
  let socket: WebSocket | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  let wait = 500
  const connect = () => {
    const address = new URL(`/workspace/live?persona=${encodeURIComponent(persona)}`, location.href)
    address.protocol = address.protocol.replace('http', 'ws')
    socket = new WebSocket(address)
    socket.onopen = () => {
      wait = 500
      handlers.onOpen()
    }
    socket.onmessage = event => handlers.onLive(JSON.parse(String(event.data)) as Live)
    socket.onclose = () => {
      if (stopped) return
      handlers.onLost()
      retry = setTimeout(connect, wait)
      wait = Math.min(wait * 2, 5000)
    }
  }
  connect()
  return () => {
    stopped = true
    clearTimeout(retry)
    socket?.close()
  }
}
