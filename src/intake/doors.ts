import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Inbound } from '../domain/intake.ts'
import { TocsinError } from '../errors.ts'
import type { Ctx } from '../operations/context.ts'
import { receive, reportText } from '../operations/intake.ts'
import { patrolRows, readPatrols, recordPatrols } from '../operations/patrol.ts'
import type { Log } from '../ports.ts'
import { readKobo } from './kobo.ts'
import { readRapidPro } from './rapidpro.ts'
import { answer, type GatewayRequest, jsonOf, Refused, readRequest } from './request.ts'
import { checkSigned, readSigned } from './signed.ts'
import { readTwilio } from './twilio.ts'

/** What opens each door; absent: it is shut. */
export interface DoorKeys {
  twilio: { authToken: string; publicUrl: string } | undefined
  rapidproToken: string | undefined
  koboSecret: string | undefined
  /** Of the generic signed door. */
  secret: string | undefined
}

export interface DoorsDeps {
  /** Acts for the bot. */
  ctx: Ctx
  config: DoorKeys
  log: Log
  /** Epoch ms of the machine's own clock, which signatures are checked by. */
  wallClock(): number
  turnedAway(reason: string): void
}

/** What a request came to, before anything is stored. */
interface Read {
  store(ctx: Ctx): Promise<object | string>
}

/**
 * The doors at `/intake/*`. Each checks its sender, stores, and only then answers 2xx; 503 where it could not be
 * stored, so that the gateway comes again; 4xx with a sentence where that would help nothing. No answer and no line of
 * the log holds a number or a word of what came in.
 */
export function createDoors(deps: DoorsDeps) {
  const { ctx, config, log, wallClock, turnedAway } = deps

  const stored = (inbound: Inbound, said?: string): Read => ({
    async store(system) {
      const { repeated } = await receive(system, inbound)
      return said ?? { ok: true, repeated }
    },
  })

  const doors: Record<string, { key: string; read: ((request: GatewayRequest) => Read) | undefined }> = {
    twilio: {
      key: 'TWILIO_AUTH_TOKEN',
      read:
        config.twilio &&
        (
          ({ authToken, publicUrl }) =>
          (request: GatewayRequest): Read => {
            const read = readTwilio(request, authToken, publicUrl)
            if (read.is === 'inbound') return stored(read.inbound, read.answer)
            return {
              async store(system) {
                await reportText(system, { gatewayId: read.id, status: read.status })
                return read.answer
              },
            }
          }
        )(config.twilio),
    },
    rapidpro: {
      key: 'RAPIDPRO_TOKEN',
      read: config.rapidproToken === undefined ? undefined : bind(readRapidPro, config.rapidproToken),
    },
    kobo: {
      key: 'KOBO_SECRET',
      read:
        config.koboSecret === undefined
          ? undefined
          : (
              secret => (request: GatewayRequest) =>
                stored(readKobo(request, secret, ctx.mission.intake.form))
            )(config.koboSecret),
    },
    sms: {
      key: 'INTAKE_SECRET',
      read:
        config.secret === undefined
          ? undefined
          : (
              secret => (request: GatewayRequest) =>
                stored(readSigned(request, secret, wallClock()))
            )(config.secret),
    },
  }

  /** Where patrols have been, from operations: signed, as a list in JSON or as CSV. */
  const patrols = config.secret === undefined ? undefined : bindPatrols(config.secret)
  doors.patrols = { key: 'INTAKE_SECRET', read: patrols }

  function bindPatrols(secret: string) {
    return (request: GatewayRequest): Read => {
      checkSigned(request, secret, wallClock())
      const isCsv = request.header('content-type')?.startsWith('text/csv') ?? false
      const list = isCsv ? null : jsonOf(request).patrols
      if (!isCsv && !Array.isArray(list))
        throw new Refused(
          422,
          'invalid',
          'patrols: a list of rows is needed, or a CSV with content-type text/csv.',
        )
      const read = isCsv ? readPatrols(request.body.toString('utf8')) : patrolRows(list as unknown[])
      return {
        async store(system) {
          return { ok: true, ...(await recordPatrols(system, read)) }
        },
      }
    }
  }

  function bind(read: (request: GatewayRequest, token: string) => Inbound, token: string) {
    return (request: GatewayRequest) => stored(read(request, token))
  }

  return async function open(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const name = (request.url ?? '').split('?', 1)[0]?.slice('/intake/'.length) ?? ''
    try {
      answer(response, 200, await (await read(name, request)).store(ctx))
    } catch (error) {
      refuse(response, name, error)
      // What is left of a body nobody reads.
      request.resume()
    }
  }

  async function read(name: string, request: IncomingMessage): Promise<Read> {
    const door = doors[name]
    if (!door)
      throw new Refused(404, 'not_found', 'There is no such gateway: twilio, rapidpro, kobo, sms or patrols.')
    if (request.method !== 'POST') throw new Refused(405, 'not_post', 'A gateway sends with POST.')
    if (!door.read)
      throw new Refused(
        404,
        'not_set_up',
        `This gateway is not set up: ${door.key} is missing in the environment.`,
      )
    if (!ctx.vault)
      throw new Refused(
        503,
        'no_vault_key',
        'Nothing can be taken in: VAULT_KEY is missing, without which numbers could not be sealed.',
      )
    return door.read(await readRequest(request))
  }

  function refuse(response: ServerResponse, name: string, error: unknown): void {
    const refused = asRefused(error)
    if (refused.status >= 500)
      log.error({ gateway: name, reason: refused.code }, 'a gateway was answered 503')
    else log.info({ gateway: name, reason: refused.code }, 'a gateway’s request was turned away')
    if (refused.code === 'unexpected') log.error({ gateway: name, err: error }, 'a gateway’s request failed')
    turnedAway(`intake_${refused.code}`)
    if (response.headersSent) response.destroy()
    else answer(response, refused.status, { error: refused.code, message: refused.message })
  }
}

function asRefused(error: unknown): Refused {
  if (error instanceof Refused) return error
  if (error instanceof TocsinError && error.kind === 'input')
    return new Refused(422, error.code, 'What was sent cannot be stored: it is longer than any text or form.')
  if (error instanceof TocsinError)
    return new Refused(503, error.code, 'It could NOT be stored. Send it again later.')
  return new Refused(503, 'unexpected', 'It could NOT be stored. Send it again later.')
}
