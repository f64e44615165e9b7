import type { IncomingMessage } from 'node:http'
import { refuse } from '../errors.ts'
import { isJson, type Json } from '../json.ts'

/** The whole body of a request. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

/**
 * The arguments of a Web API call, from its address and its form-encoded, multipart or JSON body.
 * @throws SlackError `invalid_json`, `json_not_object`, `invalid_post_type`
 */
export async function parseArgs(request: IncomingMessage, url: URL, body: Buffer): Promise<Json> {
  const query = Object.fromEntries(url.searchParams)
  if (body.length === 0) return query
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith('application/json')) {
    let value: unknown
    try {
      value = JSON.parse(body.toString('utf8'))
    } catch {
      return refuse('invalid_json')
    }
    return isJson(value) ? { ...query, ...value } : refuse('json_not_object')
  }
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return { ...query, ...Object.fromEntries(new URLSearchParams(body.toString('utf8'))) }
  }
  if (type.startsWith('multipart/form-data')) {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
    return { ...query, ...Object.fromEntries([...form].filter(([, v]) => typeof v === 'string')) }
  }
  return refuse('invalid_post_type')
}
