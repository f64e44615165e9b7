import { expect, test } from 'vitest'
import { createLog, slackLog } from '../../src/bot/log.ts'

function logged() {
  const lines: string[] = []
  const log = createLog('debug', { write: line => void lines.push(line) })
  return { log, lines: () => lines.join('') }
}

test('a token never reaches the log, wherever it stands', () => {
  const { log, lines } = logged()
  log.error({ err: new Error('refused xoxb-12-ab'), token: 'xapp-1-A' }, 'with xoxe.xoxp-1-abc and xapp-9-z')
  slackLog(log).error('failed for', new Error('xoxb-77-secret'))
  expect(lines()).not.toMatch(/xoxb-\d|xapp-\d|xoxp-\d|secret"/)
  expect(lines()).toContain('[secret]')
})

test('fields that hold a person’s words are withheld, codes and ids are not', () => {
  const { log, lines } = logged()
  log.info({ code: 'A-7K4Q', text: 'armed men', alert: { what: 'armed men', id: 'x1' } }, 'raised')
  expect(lines()).not.toContain('armed men')
  expect(lines()).toContain('A-7K4Q')
  expect(lines()).toContain('x1')
})

test('Slack’s libraries, whose debug lines hold whole payloads, are never heard at that level', () => {
  const { log, lines } = logged()
  slackLog(log).debug('Received a message on the WebSocket: armed men')
  expect(lines()).toBe('')
})
