import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'

const script = `
  import { createRequire } from 'node:module'
  import { loadQuickly } from '${resolve('src/loading.ts')}'
  loadQuickly()
  const { sql } = await import('drizzle-orm')
  const { z } = await import('zod')
  const { parsePhoneNumberFromString } = await import('libphonenumber-js')
  const names = Object.keys(createRequire(import.meta.url).cache)
  const loaded = ['drizzle-orm', 'zod', 'libphonenumber-js'].map(name => names.some(each => each.includes('/' + name + '/')))
  console.log(JSON.stringify({ loaded, kinds: [typeof sql, typeof z.object, typeof parsePhoneNumberFromString] }))
`

it('libraries of a hundred modules each are loaded by their CommonJS build, with all they export', () => {
  const out = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' })
  expect(JSON.parse(out)).toEqual({
    loaded: [true, true, true],
    kinds: ['function', 'function', 'function'],
  })
})
