import fc from 'fast-check'
import { ENTRY_KINDS, type EntryKind, layerOf } from '../../../src/domain/entry.ts'
import { mayRead } from '../../../src/domain/sharing.ts'
import { sharingRules } from '../../../src/operations/channel.ts'
import {
  editEntry,
  readEntries,
  readOwnEntry,
  withdrawEntry,
  writeEntry,
} from '../../../src/operations/entry.ts'
import { editEntryModal, entriesModal } from '../../../src/views/entry.ts'
import { act, type Noun } from '../noun.ts'
import { nth, type World, who } from '../world.ts'

const planted = {
  human_rights: 'manidae',
  command: 'lynxifer',
  dissent: 'cristata',
} as const satisfies Record<EntryKind, string>
const byAndNth = fc.record({ by: who, nth })

const rows = async ({ desk, made: { entry = [] } }: World) =>
  (await Promise.all(entry.map(id => desk.store.read.entries.byId(id)))).filter(row => row !== null)

export const noun: Noun = {
  acts: {
    writeEntry: act(
      fc.record({ by: who, nth, kind: fc.constantFrom(...ENTRY_KINDS) }),
      async (world, { by, nth: which, kind }) => {
        const input = { alertId: world.pick('alert', which), kind, text: planted[kind] }
        world.add('entry', (await writeEntry(await world.as(by), input)).id)
      },
    ),
    editEntry: act(byAndNth, async (world, given) => {
      const entryId = world.pick('entry', given.nth)
      const row = await world.desk.store.read.entries.byId(entryId)
      return editEntry(await world.as(given.by), { entryId, text: row ? `${planted[row.kind]} anew` : 'x' })
    }),
    withdrawEntry: act(byAndNth, async (world, given) =>
      withdrawEntry(await world.as(given.by), { entryId: world.pick('entry', given.nth) }),
    ),
  },
  words: async world => [...(await rows(world)).map(({ code }) => code), ...Object.values(planted)],
  async allowed(world, reader) {
    const may = new Set<string>()
    const alerts = await world.alerts()
    for (const { alertId, code, kind, author } of await rows(world)) {
      const facts = alerts.find(({ alert }) => alert.id === alertId)!
      const { named, namesState, releases, specialist } = facts
      const record = { ...facts.alert, named, namesState, releases }
      const own = reader.kind === 'person' && reader.personId === author
      const open =
        specialist.length === 0 && mayRead(record, layerOf(kind), reader, sharingRules(world.desk.system))
      if (own || open) may.add(code).add(planted[kind])
    }
    return may
  },
  opens: {
    async readEntries({ made: { alert = [] } }, { ctx, view, see }) {
      for (const id of alert) await see(async () => entriesModal(view, await readEntries(ctx, id)))
    },
    async readOwnEntry({ made: { entry = [] } }, { ctx, view, see }) {
      for (const id of entry) await see(async () => editEntryModal(view, await readOwnEntry(ctx, id)))
    },
  },
}
