import { expect, it } from 'vitest'
import { openForWriting } from '../../src/db/connection.ts'
import { aPerson } from '../support/records.ts'
import { testStore } from '../support/store.ts'

const duty = { role: 'duty_officer', sector: 'north' }

async function withHolder() {
  const opened = await testStore()
  await opened.store.write(async ({ people, roles }) => {
    for (const id of ['a', 'b']) await people.insert(aPerson({ id, userId: id, section: null }))
    await roles.insert({ id: '1', ...duty, personId: 'a', rank: 0, since: 0, until: 100 })
    await roles.insert({ id: '2', ...duty, personId: 'b', rank: 0, since: 100 })
  })
  const holders = (now: number) =>
    opened.store.write(async ({ roles }) =>
      (await roles.holders(duty.role, duty.sector, now)).map(({ person }) => [person.id, person.section]),
    )
  return { ...opened, holders }
}

it('a writer sees who holds a role at the time asked for, however often it was asked before', async () => {
  const { holders } = await withHolder()
  expect(await holders(50)).toEqual([['a', null]])
  expect(await holders(100)).toEqual([['b', null]])
})

it('a writer sees what was changed in the same transaction, and not what was taken back', async () => {
  const { store, holders } = await withHolder()
  await holders(50)
  const failing = store.write(async ({ people, roles }) => {
    await people.update('a', { section: 'Civil Affairs' })
    const [holder] = await roles.holders(duty.role, duty.sector, 50)
    expect(holder?.person.section).toBe('Civil Affairs')
    throw new Error('taken back')
  })
  await expect(failing).rejects.toThrow('taken back')
  expect(await holders(50)).toEqual([['a', null]])
})

it('a writer sees what another process changed since its last transaction', async () => {
  const { store, holders } = await withHolder()
  await holders(50)
  const other = openForWriting(store.path)
  other.exec(`update people set section = 'Human Rights' where id = 'a'`)
  other.close()
  expect(await holders(50)).toEqual([['a', 'Human Rights']])
})
