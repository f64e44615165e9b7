import { describe, expect, it } from 'vitest'
import { blockSurfaces, checkSurface, type Surface } from '../../blockkit/index.ts'
import { cards, common, inMessagesOnly, inModalsOnly, inputBlocks } from './accepted.ts'
import { actions, button, divider, home, message, modal, section } from './fixtures.ts'

const wrap: Record<Surface, (block: object) => Record<string, unknown>> = {
  message: block => message(block),
  modal: block => modal({}, block),
  home: block => home({}, block),
}

describe('takes what Slack takes', () => {
  const everywhere = [...common, ...inputBlocks]
  const bySurface = {
    message: [...everywhere, ...cards, ...inMessagesOnly],
    modal: [...everywhere, ...inModalsOnly],
    home: [...everywhere, ...cards],
  }
  const all = (['message', 'modal', 'home'] as const).flatMap(surface =>
    bySurface[surface].map((block, i) => ({ surface, i, type: (block as { type: string }).type, block })),
  )

  it.each(all)('a $type in a $surface ($i)', ({ surface, block }) => {
    expect(checkSurface(surface, wrap[surface](block))).toEqual([])
  })

  it('every type of block is tried where it is allowed', () => {
    for (const [type, surfaces] of Object.entries(blockSurfaces)) {
      const tried = new Set(all.filter(one => one.type === type).map(one => one.surface))
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
