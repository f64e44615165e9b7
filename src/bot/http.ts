import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Log } from '../ports.ts'
import type { Health } from './health.ts'
import type { Metrics } from './metrics.ts'
import { respond } from './slack-http.ts'

export interface HttpDeps {
  port: number
  log: Log
  metrics: Metrics
  health(): Promise<Health>
  /** Absent in Socket Mode: then nothing is at `/slack/events`. */
  slack?: ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | undefined
  /** The gateways' doors, at `/intake/…`. */
  intake?: ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | undefined
}

export interface HttpServer {
  /** Such as `http://127.0.0.1:3000`. */
  url: string
  /** Takes no new requests, finishes those under way and ends idle connections. */
  stop(): Promise<void>
}

/** Long enough for a slow link of a field office, short enough that nobody can hold connections for ever. */
const REQUEST_TIMEOUT_MS = 30_000
/** A stop waits no longer for a request that does not end. */
const STOP_PATIENCE_MS = 5000

/**
 * The bot's own HTTP server.
 *
 * @param port 0 lets the system choose.
 * @throws Error with `code` EADDRINUSE or EACCES when the port cannot be taken.
 */
export async function startHttp(deps: HttpDeps): Promise<HttpServer> {
  const { log, metrics, health, slack, intake } = deps
  let stopping = false

  const server = createServer(
    { requestTimeout: REQUEST_TIMEOUT_MS, keepAliveTimeout: 65_000 },
    (request, response) => {
      if (stopping) response.setHeader('connection', 'close')
      route(request, response).catch(error => {
        log.error({ err: error }, 'a request failed')
        if (!response.headersSent) respond(response, 500, { error: 'unexpected' })
        else response.destroy()
      })
    },
  )

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?', 1)[0]
    if (path === '/slack/events' && slack) return slack(request, response)
    if (path?.startsWith('/intake/') && intake) return intake(request, response)
    if (request.method === 'GET' && path === '/health') {
      const answer = await health()
      return respond(response, answer.status === 'down' ? 503 : 200, answer)
    }
    if (request.method === 'GET' && path === '/metrics') {
      const { type, body } = await metrics.page()
      response.writeHead(200, { 'content-type': type })
      response.end(body)
      return
    }
    request.resume()
    respond(response, 404, {
      error: 'not_found',
      message: 'There is nothing here. /health says how the bot is.',
    })
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(deps.port, resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise(resolve => {
        stopping = true
        const impatience = setTimeout(() => server.closeAllConnections(), STOP_PATIENCE_MS)
        server.close(() => {
          clearTimeout(impatience)
          resolve()
        })
        server.closeIdleConnections()
      }),
  }
}
