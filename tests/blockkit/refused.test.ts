import { describe, expect, it } from 'vitest'
import { blockSurfaces, checkSurface, limits, type Surface } from '../../blockkit/index.ts'
import { cards, inMessagesOnly, inModalsOnly, payloadOf } from './accepted.ts'
import {
  container,
  divider,
  line,
  message,
  modal,
  mrkdwn,
  pie,
  section,
  table,
  visualization,
} from './fixtures.ts'
import { wrongBlocks } from './wrong-blocks.ts'
import { wrongData } from './wrong-data.ts'
import { wrongElements } from './wrong-elements.ts'

const at = (surface: Surface) => (surface === 'message' ? '/blocks/0' : '/view/blocks/0')

describe('refuses a block where its surface has no place for it', () => {
  const blocks = [
    ...cards,
    ...inMessagesOnly,
    ...inModalsOnly.slice(0, 1),
    { type: 'file', external_id: 'a', source: 'remote' },
  ]
  const wrong = blocks.flatMap(block => {
    const { type } = block as { type: string }
    const surfaces = (['message', 'modal', 'home'] as const).filter(
      surface => !blockSurfaces[type]?.includes(surface),
    )
    return surfaces.map(surface => ({ type, surface, block }))
  })

  it.each(wrong)('a $type in a $surface', ({ type, surface, block }) => {
    const pointer = `${at(surface)}/type`
    expect(checkSurface(surface, payloadOf(surface, block))).toEqual([
      {
        code: surface === 'message' ? 'invalid_blocks' : 'invalid_arguments',
        message: `[ERROR] unsupported type: ${type} [json-pointer:${pointer}]`,
        pointer,
      },
    ])
  })

  it('also inside a container', () => {
    expect(checkSurface('modal', modal({}, container({ child_blocks: [table()] })))[0]?.pointer).toBe(
      '/view/blocks/0/child_blocks/0/type',
    )
  })
})

describe('refuses in a message, with the words Slack uses', () => {
  it.each([...wrongBlocks, ...wrongElements, ...wrongData])('%s', (_, block, words, below) => {
    const pointer = `/blocks/0${below}`
    expect(checkSurface('message', message(block))).toContainEqual({
      code: 'invalid_blocks',
      message: `[ERROR] ${words} [json-pointer:${pointer}]`,
      pointer,
    })
  })

  it('a block_id twice, also inside a container', () => {
    const named = { ...divider, block_id: 'b' }
    expect(checkSurface('message', message(named, container({ child_blocks: [named] })))).toEqual([
      {
        code: 'invalid_blocks',
        message: '[ERROR] `block_id` "b" already exists [json-pointer:/blocks/1/child_blocks/0/block_id]',
        pointer: '/blocks/1/child_blocks/0/block_id',
      },
    ])
  })

  it('a series named twice in a chart', () => {
    const chart = line(2, 1)
    const series = chart.series.map(one => ({ ...one, name: 'same' }))
    expect(checkSurface('message', message(visualization({ ...chart, series })))[0]?.pointer).toBe(
      '/blocks/0/chart/series/1/name',
    )
  })

  it('each of several problems', () => {
    const problems = checkSurface(
      'message',
      message(section({ text: mrkdwn(0) }), { type: 'banner' }, visualization(pie(0))),
    )
    expect(problems.map(({ pointer }) => pointer)).toEqual([
      '/blocks/0/text/text',
      '/blocks/1/type',
      '/blocks/2/chart/segments',
    ])
  })
})

describe('counts code points', () => {
  it('takes 3,000 emoji in a section and refuses 3,001', () => {
    const emoji = (n: number) => message(section({ text: { type: 'mrkdwn', text: '😀'.repeat(n) } }))
    expect(checkSurface('message', emoji(limits.section.text))).toEqual([])
    expect(checkSurface('message', emoji(limits.section.text + 1))[0]?.message).toBe(
      '[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
    )
  })
})
