import { describe, expect, it } from 'vitest'
import { blockSurfaces, checkSurface } from '../../blockkit/index.ts'
import { accepted, payloadOf } from './accepted.ts'
import { actions, button, divider, home, message, section } from './fixtures.ts'

describe('takes what Slack takes', () => {
  it.each(accepted.map((one, i) => ({ ...one, i })))('a $type in a $surface ($i)', ({ surface, block }) => {
    expect(checkSurface(surface, payloadOf(surface, block))).toEqual([])
  })

  it('every type of block is tried where it is allowed', () => {
    for (const [type, surfaces] of Object.entries(blockSurfaces)) {
      const tried = new Set(accepted.filter(one => one.type === type).map(one => one.surface))
      expect([...tried].sort(), type).toEqual([...surfaces].sort())
    }
  })

  it('JSON texts in place of nested values, as form bodies carry them', () => {
    const blocks = JSON.stringify([divider])
    expect(checkSurface('message', { blocks, attachments: '[]', metadata: '' })).toEqual([])
    expect(checkSurface('home', { view: JSON.stringify(home({}, divider).view) })).toEqual([])
  })

  it('fields that are undefined, which JSON leaves out', () => {
    expect(checkSurface('message', message(section({ accessory: undefined })))).toEqual([])
  })

  it('an update that clears the blocks and keeps the text', () => {
    expect(checkSurface('message', { text: 'a', blocks: [] }, { method: 'chat.update' })).toEqual([])
  })

  it('an answer that only removes the original', () => {
    expect(checkSurface('message', { delete_original: true })).toEqual([])
  })

  it('the same action_id in two blocks, and on the cards of one carousel', () => {
    expect(
      checkSurface(
        'message',
        message(actions(button({ action_id: 'a' })), actions(button({ action_id: 'a' }))),
      ),
    ).toEqual([])
  })
})
