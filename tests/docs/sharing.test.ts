import { expect, it } from 'vitest'
import { sharingPage } from '../../scripts/sharing-table.ts'

it('the tables of docs/sharing.md are those the rule gives; `npm run docs:sharing` writes them', async () => {
  const { is, shouldBe } = await sharingPage()
  expect(is).toBe(shouldBe)
})

it('an alert that names forces of the host State is read by nobody of it', async () => {
  const { shouldBe } = await sharingPage()
  const rows = shouldBe.split('\n').filter(line => line.startsWith('| Host State |'))
  expect(rows.at(-1)).toBe('| Host State | no | no | no | no | no | no |')
})
