import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'
import type { Act } from '../../protocol.ts'
import { readBody } from '../api/parse.ts'
import type { Core } from '../core.ts'
import { isJson } from '../json.ts'
import { act } from '../people/act.ts'
import { snapshot } from './summary.ts'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.map': 'application/json',
}

/** What the web page asks: a person's screen, and to do what they do. */
export async function handleWorkspace(
  core: Core,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  if (url.pathname === '/workspace/snapshot') {
    const wanted = url.searchParams.get('persona')
    const people = [...core.state.users.values()].filter(u => !u.isBot)
    const user = wanted ? people.find(u => u.id === wanted) : people[0]
    if (!user) return answer(response, 404, { error: 'There is no such person in this workspace.' })
    return answer(response, 200, snapshot(core, user, { ephemerals: false }))
  }
  if (url.pathname === '/workspace/act' && request.method === 'POST') {
    const body = await readBody(request)
    let deed: unknown
    try {
      deed = JSON.parse(body.toString('utf8'))
    } catch {
      deed = undefined
    }
    if (!isJson(deed)) return answer(response, 400, { error: 'Send the deed as JSON.' })
    return answer(response, 200, await act(core, deed as unknown as Act))
  }
  return answer(response, 404, { error: 'There is nothing at this address.' })
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  })
  response.end(JSON.stringify(body))
}

/** Takes the bytes of an upload, or serves those of a file. */
export async function handleFile(
  core: Core,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const parts = url.pathname.split('/')
  const refuse = (status: number, words: string): void => {
    response.writeHead(status, { 'content-type': 'text/plain' })
    response.end(words)
  }
  if (parts[1] === 'upload') {
    const file = [...core.state.files.values()].find(f => f.uploadTicket === parts[3])
    if (!file || file.uploaded) return refuse(404, 'not found')
    const bytes = await uploadBytes(request)
    if (bytes.length !== file.size) return refuse(400, `expected ${file.size} bytes, got ${bytes.length}`)
    file.bytes = bytes
    file.uploaded = true
    return refuse(200, `OK - ${bytes.length}`)
  }
  const file = core.state.files.get(parts[2] ?? '')
  if (!file?.bytes || !file.completed) return refuse(404, 'not found')
  response.writeHead(200, {
    'content-type': file.mimetype,
    'content-length': file.bytes.length,
    'content-security-policy': 'sandbox',
  })
  response.end(file.bytes)
}

/** The bytes of an upload: the body as it stands, or the first file of a form. */
async function uploadBytes(request: IncomingMessage): Promise<Uint8Array> {
  const body = new Uint8Array(await readBody(request))
  const type = request.headers['content-type'] ?? ''
  if (!type.startsWith('multipart/form-data')) return body
  const form = await new Response(body, { headers: { 'content-type': type } }).formData()
  for (const [, value] of form) {
    if (typeof value !== 'string') return new Uint8Array(await value.arrayBuffer())
  }
  return new Uint8Array()
}

/** Serves the built page: the file named, else `index.html`. */
export async function servePage(
  pageDir: string | undefined,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const bytes = pageDir ? await pageFile(pageDir, url.pathname) : undefined
  if (bytes) {
    response.writeHead(200, { 'content-type': bytes.type, 'cache-control': 'no-cache' })
    response.end(bytes.content)
    return
  }
  response.writeHead(pageDir ? 404 : 200, { 'content-type': 'text/plain; charset=utf-8' })
  response.end(pageDir ? 'The page is not built.' : 'The workspace is running, without a page.')
}

async function pageFile(
  pageDir: string,
  pathname: string,
): Promise<{ content: Buffer; type: string } | undefined> {
  try {
    const named = join(pageDir, decodeURIComponent(pathname))
    const inside = named.startsWith(normalize(pageDir) + sep)
    const file = inside && extname(named) ? named : join(pageDir, 'index.html')
    return { content: await readFile(file), type: TYPES[extname(file)] ?? 'application/octet-stream' }
  } catch {
    return undefined
  }
}
