import { describe, expect, test } from 'vitest'
import { DeliveryError } from '../../src/ports.ts'
import { ELSEWHERE, messengerTo, NORTH, workspace } from '../jobs/support.ts'

const post = 'chat.postMessage'
const message = (entryId: string, text = 'said') => ({ channel: NORTH, text, entryId })

async function refusal(call: Promise<unknown>): Promise<DeliveryError> {
  const error = await call.then(
    () => undefined,
    reason => reason,
  )
  expect(error).toBeInstanceOf(DeliveryError)
  return error as DeliveryError
}

test('a message carries its entry in the metadata and nothing else there, and unfolds no link', async () => {
  const slack = await workspace()
  await messengerTo(slack).post(message('e1', 'see https://example.org'))
  const [call] = slack.calls.of(post)
  expect(call!.args).toMatchObject({ unfurl_links: expect.anything(), unfurl_media: expect.anything() })
  expect(String(call!.args.unfurl_links)).toBe('false')
  const { metadata } = slack.state.messages(NORTH)[0]!
  expect(metadata).toMatchObject({ event_type: 'tocsin_entry', event_payload: { entry: 'e1' } })
  expect(Object.keys(metadata!.event_payload)).toEqual(['entry'])
})

test('a posted entry is found again in its channel and in its thread, also after it was edited', async () => {
  const slack = await workspace()
  const messenger = messengerTo(slack)
  const card = await messenger.post(message('e1'))
  const reply = await messenger.post({ ...message('e2'), threadTs: card.ts })
  await messenger.update({ ...message('e3', 'edited'), ts: card.ts })
  expect(await messenger.findPosted(NORTH, 'e1', 0)).toEqual(card)
  expect(await messenger.findPosted(NORTH, 'e2', 0, card.ts)).toEqual(reply)
  expect(await messenger.findPosted(NORTH, 'e4', 0)).toBeNull()
})

test('an entry is found behind hundreds of newer messages', async () => {
  const slack = await workspace()
  const messenger = messengerTo(slack)
  const first = await messenger.post(message('first'))
  for (let n = 0; n < 220; n++) await messenger.post(message(`e${n}`))
  expect(await messenger.findPosted(NORTH, 'first', 0)).toEqual(first)
})

test('a 429 tells how long to wait, and is not tried again by the client', async () => {
  const slack = await workspace()
  slack.faults.add({ method: post, httpStatus: 429, retryAfterSec: 7 })
  const error = await refusal(messengerTo(slack).post(message('e1')))
  expect(error).toMatchObject({ kind: 'later', code: 'ratelimited', retryAfterMs: 7000 })
  expect(slack.calls.of(post)).toHaveLength(1)
})

describe.each([
  ['later', 'http_500', { httpStatus: 500 }],
  ['later', 'internal_error', { error: 'internal_error' }],
  ['later', 'service_unavailable', { error: 'service_unavailable' }],
  ['later', 'no_answer', { hang: true }],
  ['later', 'no_answer', { cut: true }],
  ['never', 'is_archived', { error: 'is_archived' }],
  ['never', 'account_inactive', { error: 'account_inactive' }],
  ['never', 'msg_too_long', { error: 'msg_too_long' }],
  ['never', 'invalid_blocks', { error: 'invalid_blocks' }],
] as const)('%s: %s', (kind, code, fault) => {
  test(`after ${JSON.stringify(fault)}`, async () => {
    const slack = await workspace()
    slack.faults.add({ method: post, ...fault })
    expect(await refusal(messengerTo(slack).post(message('e1')))).toMatchObject({ kind, code })
  })
})

test('a channel the bot is not in is refused for good', async () => {
  const slack = await workspace()
  const error = await refusal(messengerTo(slack).post({ ...message('e1'), channel: ELSEWHERE }))
  expect(error.kind).toBe('never')
})

test('the same direct channel is opened for the same person', async () => {
  const slack = await workspace()
  const messenger = messengerTo(slack)
  const channel = await messenger.openDirect('U0AMA')
  expect(channel).toMatch(/^D/)
  expect(await messenger.openDirect('U0AMA')).toBe(channel)
})

const sheet = {
  channel: NORTH,
  name: 'sheet.pdf',
  title: 'Call sheet',
  bytes: new TextEncoder().encode('%PDF-1.7 é'),
  altText: 'Who is on duty.',
  text: 'The call sheet',
}
const standing = (slack: Awaited<ReturnType<typeof workspace>>) =>
  [...slack.state.files.values()].filter(file => file.completed)

test('a file is named before anybody can see it, and arrives whole with its words', async () => {
  const slack = await workspace()
  const seen: [string, number][] = []
  const { fileId } = await messengerTo(slack).postFile(sheet, async id => {
    seen.push([id, standing(slack).length])
  })
  expect(seen).toEqual([[fileId, 0]])
  const [file] = standing(slack)
  expect(file).toMatchObject({ id: fileId, title: 'Call sheet', altText: 'Who is on duty.' })
  expect([...file!.bytes!]).toEqual([...sheet.bytes])
  expect(slack.state.messages(NORTH)[0]).toMatchObject({ text: 'The call sheet', fileIds: [fileId] })
})

test('a file whose showing fails is not shown, and its id is known all the same', async () => {
  const slack = await workspace()
  slack.faults.add({ method: 'files.completeUploadExternal', error: 'internal_error' })
  const named: string[] = []
  const error = await refusal(messengerTo(slack).postFile(sheet, async id => void named.push(id)))
  expect(error.kind).toBe('later')
  expect(named).toHaveLength(1)
  expect(standing(slack)).toEqual([])
})

test('a file is removed from where it stands, and one that is gone is no error', async () => {
  const slack = await workspace()
  const messenger = messengerTo(slack)
  const { fileId } = await messenger.postFile(sheet, async () => {})
  await messenger.deleteFile(fileId)
  expect(standing(slack)).toEqual([])
  await messenger.deleteFile(fileId)
})
