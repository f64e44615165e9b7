import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { CONSTITUENCIES } from '../../src/domain/mission.ts'
import { createLocales } from '../../src/locales/index.ts'
import { personName } from '../../src/views/person.ts'

const locales = createLocales('Africa/Lusaka', ['en', 'fr'])

test('whoever wears a uniform is marked as such beside their name, and nobody else is (R-093)', () => {
  const named = CONSTITUENCIES.map(constituency =>
    personName(locales.words('en'), { userId: 'U1', constituency }),
  )
  expect(named).toEqual(['<@U1> (military)', '<@U1> (UN police)', ...Array(5).fill('<@U1>')])
  expect(personName(locales.words('fr'), { userId: 'U1', constituency: 'military' })).toBe(
    '<@U1> (militaire)',
  )
  expect(personName(locales.words('en'), { userId: 'U1', constituency: null })).toBe('<@U1>')
})

test('no view names a person in another way, except where it says beside each what they are', () => {
  const folder = resolve('src/views')
  const naming = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts'))
    .filter(file => readFileSync(join(folder, file), 'utf8').includes('<@${'))
  expect(naming.filter(file => file !== 'channel.ts')).toEqual(['person.ts'])
})
