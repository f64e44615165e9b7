import { describe, expect, it } from 'vitest'
import { checkSurface, limits } from '../../blockkit/index.ts'
import { cases, type LimitPath } from './limit-cases.ts'

const published = Object.entries(limits).flatMap(([group, entries]) =>
  Object.entries(entries).map(([name, value]) => ({ path: `${group}.${name}` as LimitPath, value })),
)

it('every limit in the data has a case, and every case a limit', () => {
  expect(Object.keys(cases).sort()).toEqual(published.map(({ path }) => path).sort())
})

describe.each(published)('$path ($value)', ({ path, value }) => {
  const { build, pointer, surface = 'message', options, code } = cases[path]
  const check = (n: number) => checkSurface(surface, build(n), options)
  const beyond = path.endsWith('Min') ? value - 1 : value + 1

  it('accepts what is exactly at the limit', () => {
    expect(check(value)).toEqual([])
  })

  it('refuses one beyond it, with the code and the place Slack names', () => {
    const expected = code ?? (surface === 'message' ? 'invalid_blocks' : 'invalid_arguments')
    expect(check(beyond)[0]).toMatchObject({ code: expected, pointer })
  })
})
