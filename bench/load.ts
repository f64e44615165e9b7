import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { now } from './figures.ts'
import type { SignedRequest } from './requests.ts'

export const CONNECTIONS = 20
/** A request that takes longer fails the bench. */
const PATIENCE_MS = 10_000

/** Connections to one server, kept alive. */
export interface Load {
  /** Sends one request; resolves with the milliseconds until its answer was read. @throws Error unless it is 200. */
  send(signed: SignedRequest): Promise<number>
  /** Sends all, each connection its next as soon as it is answered; resolves with the milliseconds of each. */
  closed(requests: readonly SignedRequest[]): Promise<number[]>
  /** Sends one every `everyMs`, whether or not those before are answered; resolves with the milliseconds of each. */
  paced(requests: readonly SignedRequest[], everyMs: number): Promise<number[]>
  close(): void
}

export function openLoad(url: string): Load {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const { hostname, port } = new URL(url)

  function send({ body, headers }: SignedRequest): Promise<number> {
    return new Promise((resolve, reject) => {
      const sent = now()
      const outgoing = request(
        { agent, hostname, port, path: '/slack/events', method: 'POST', headers, timeout: PATIENCE_MS },
        response => {
          let said = ''
          response.setEncoding('utf8')
          response.on('data', (part: string) => {
            said += part
          })
          response.on('end', () => {
            const ok =
              response.statusCode === 200 && !said.includes('"errors"') && !said.includes('tocsin.banner')
            if (ok) resolve(now() - sent)
            else reject(new Error(`${url} answered ${response.statusCode}: ${said.slice(0, 500)}`))
          })
        },
      )
      outgoing.on('timeout', () => outgoing.destroy(new Error(`${url} did not answer in ${PATIENCE_MS} ms`)))
      outgoing.on('error', reject)
      outgoing.end(body)
    })
  }

  return {
    send,
    async closed(requests) {
      const took: number[] = []
      let next = 0
      const connection = async () => {
        for (let mine = requests[next++]; mine; mine = requests[next++]) took.push(await send(mine))
      }
      await Promise.all(Array.from({ length: CONNECTIONS }, connection))
      return took
    },
    async paced(requests, everyMs) {
      const begun = now()
      const answers: Promise<number>[] = []
      for (const [index, signed] of requests.entries()) {
        const wait = begun + index * everyMs - now()
        if (wait > 0) await sleep(wait)
        const answer = send(signed)
        answer.catch(() => {})
        answers.push(answer)
      }
      return Promise.all(answers)
    },
    close: () => agent.destroy(),
  }
}
