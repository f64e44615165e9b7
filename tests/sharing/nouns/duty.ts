import fc from 'fast-check'
import { type Constituency, findRole, type RoleRef } from '../../../src/domain/mission.ts'
import { mayRead } from '../../../src/domain/sharing.ts'
import { sharingRules } from '../../../src/operations/channel.ts'
import * as duties from '../../../src/operations/duty.ts'
import { sameRole } from '../../../src/operations/permission.ts'
import {
  offModal,
  offReceipt,
  onModal,
  onReceipt,
  rotaModal,
  rotaPick,
} from '../../../src/views/duty/forms.ts'
import { vacanciesMessage, whoMessage } from '../../../src/views/duty/who.ts'
import { who as users } from '../../support/operations.ts'
import { act, type Noun } from '../noun.ts'
import { nth, type World, who } from '../world.ts'

/** What is left to know when a duty is handed over, a word for each post. */
const posts = [
  { ref: { role: 'field_office_duty_officer', sector: 'north' }, note: 'mephitidon' },
  { ref: { role: 'joc_watch', sector: null }, note: 'spilogaline' },
  { ref: { role: 'human_rights_officer', sector: null }, note: 'conepatid' },
  { ref: { role: 'humanitarian_coordinator', sector: null }, note: 'mydaulid' },
] as const satisfies readonly { ref: RoleRef; note: string }[]
/** What people are called, as a paper prints it: of those who answer for alerts, for whoever reads alerts and their own. */
const called = {
  company: 'Suricattid',
  humanRights: 'Cynictidor',
  ocha: 'Paracynict',
  liaison: 'Crossarchid',
} as const
const post = fc.constantFrom(...posts)
const day = ({ desk }: World, ahead: number) =>
  new Date(desk.clock.now() + ahead * 86_400_000).toISOString().slice(0, 10)

export const noun: Noun = {
  acts: {
    takeDuty: act(fc.record({ by: who, post }), async (world, { by, post: { ref } }) => {
      const ctx = await world.as(by)
      const handover = await duties.takeDuty(ctx, ref)
      world.answer(ctx, view => onReceipt(view, handover, { is: 'off' }))
    }),
    leaveDuty: act(fc.record({ by: who, post }), async (world, { by, post: { ref, note } }) => {
      const ctx = await world.as(by)
      const handover = await duties.leaveDuty(ctx, { ref, note })
      world.answer(ctx, view => offReceipt(view, handover))
    }),
    editRota: act(fc.record({ by: who, post, person: who }), async (world, { by, post: { ref }, person }) => {
      const ctx = await world.as(by)
      const rota = await duties.editRota(ctx, {
        ...{ ref, remove: [] },
        add: {
          person: { teamId: person === 'ngo' ? 'T0NGO' : 'T0MISSION', userId: users[person] },
          ...{ firstDay: day(world, 0), lastDay: day(world, 1), from: '00:00', to: '23:00' },
        },
      })
      world.answer(ctx, view => rotaModal(view, rota))
    }),
    askTest: act(fc.record({ by: who, post }), async (world, { by, post: { ref } }) => {
      world.add('dutyTest', (await duties.askTest(await world.as(by), ref)).id)
    }),
    confirmTest: act(fc.record({ by: who, nth }), async (world, { by, nth }) =>
      duties.confirmTest(await world.as(by), world.pick('dutyTest', nth)),
    ),
    requestCallSheet: act(fc.record({ by: who }), async (world, { by }) =>
      duties.requestCallSheet(await world.as(by)),
    ),
    'a name becomes known': act(
      fc.constantFrom(...(Object.keys(called) as (keyof typeof called)[])),
      async ({ desk }, name) => {
        const id = await desk.id(name)
        await desk.store.write(({ people }) => people.update(id, { name: called[name] }))
      },
    ),
    reviewVacancies: act(fc.constant(null), ({ desk }) => duties.reviewVacancies(desk.system)),
  },
  apart: {
    issueCallSheet: 'a timer, which `climb` fires',
    testMissed: 'a timer, which `climb` fires',
    rotaTurns: 'a timer, which `climb` fires',
    reviewDue: 'a timer, which `climb` fires',
    scheduleDuties: 'arms timers',
    readCallSheet: 'shown for every reader',
    endDuties: 'part of leaving and of closing access',
  },
  words: async () => [...posts.map(({ note }) => note), ...Object.values(called)],
  async allowed({ desk }, reader) {
    const may = new Set<string>()
    const { read } = desk.store
    const { mission } = desk
    const now = desk.clock.now()
    for (const [name, word] of Object.entries(called)) {
      const id = await desk.id(name as keyof typeof called)
      for (const ref of duties.postsOf(mission)) {
        const role = findRole(mission, ref.role)!
        const stands = (await duties.turnsFor(read, ref, now)).some(({ person }) => person.id === id)
        if (!stands || !role.mayOwn) continue
        const audience = [...mission.audiences.alert, role.constituency].filter(each => each !== 'host_state')
        const shared = { holder: role.constituency, audience: audience as Constituency[], named: [id] }
        if (mayRead(shared, 'record', reader, sharingRules(desk.system))) may.add(word)
      }
    }
    if (reader.kind !== 'person' || reader.personId === '') return may
    const taken = await read.duties.ofPerson(reader.personId)
    for (const { ref, note } of posts) {
      // Whoever left it reads it on their own receipt; whoever stands the post reads it as what was left to them.
      const left = await read.duties.previous(ref)
      const [first] = await duties.turnsFor(read, ref, now)
      const stands = first?.person.id === reader.personId || taken.some(period => sameRole(period, ref))
      if (stands || left?.personId === reader.personId) may.add(note)
    }
    return may
  },
  renders: ['duty.line', 'duty.test'],
  onlyTo: { 'duty.line': 'person', 'duty.test': 'person' },
  silent: { call_sheet: 'a paper: what it prints is shown below' },
  shown: async ({ desk }, reader) => (await duties.readCallSheet(desk.system, reader)).sections,
  opens: {
    takeable: (_, { ctx, view, see }) =>
      see(async () => {
        const { own, appointed } = await duties.takeable(ctx)
        return [onModal(view, [...own, ...appointed]), rotaPick(view, [...own, ...appointed])]
      }),
    ownDuties: (_, { ctx, view, see }) => see(async () => offModal(view, await duties.ownDuties(ctx), '')),
    async readRota(_, { ctx, view, see }) {
      for (const { ref } of posts) await see(async () => rotaModal(view, await duties.readRota(ctx, ref)))
    },
    vacantPosts: (_, { ctx, view, see }) =>
      see(async () => vacanciesMessage(view, await duties.vacantPosts(ctx))),
    async whoAnswers(world, { ctx, view, see }) {
      const { alert = [] } = world.made
      const codes = (await world.desk.store.read.alerts.byIds(alert)).map(({ code }) => code)
      for (const words of ['north', 'joc watch', ...codes])
        await see(async () => whoMessage(view, '', await duties.whoAnswers(ctx, words)))
    },
  },
}
