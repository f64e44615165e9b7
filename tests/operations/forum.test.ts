import { describe, expect, it } from 'vitest'
import { actorAsReader } from '../../src/operations/alert/reading.ts'
import { mayReadForum } from '../../src/operations/forum/facts.ts'
import * as forums from '../../src/operations/forum.ts'
import { type Desk, openDesk, refusal, type Who } from '../support/operations.ts'

const working = { kind: 'working_group' }

async function reads(desk: Desk, name: Who, id: string): Promise<boolean> {
  return forums.readForum(await desk.as(name), id).then(
    () => true,
    () => false,
  )
}

describe('making a group', () => {
  it('invites agencies and NGOs unless a reason says why not (R-065)', async () => {
    const desk = await openDesk()
    const joc = await desk.as('joc')
    expect(await refusal(forums.makeForum(joc, { ...working, invites: ['un_agency'] }))).toMatchObject({
      code: 'omission_missing',
      field: 'omission',
    })
    const { forum, invites } = await forums.makeForum(joc, {
      ...working,
      invites: ['un_agency'],
      omission: 'No NGO works there',
    })
    expect(invites.map(({ who, state }) => `${who} ${state}`)).toEqual(['ngo omitted', 'un_agency invited'])
    expect(forum.omission).toBe('No NGO works there')
  })

  it('lets those invited read it, lets their whole constituency read once they accepted, and nobody who declined', async () => {
    const desk = await openDesk()
    const { forum } = await forums.makeForum(await desk.as('joc'), working)
    expect(await reads(desk, 'ocha', forum.id)).toBe(true)
    expect(await reads(desk, 'unhcr', forum.id)).toBe(false)
    await forums.answerInvite(await desk.as('ocha'), {
      ...{ forumId: forum.id, who: 'un_agency', answer: 'accepted' },
    })
    expect(await reads(desk, 'unhcr', forum.id)).toBe(true)
    expect(await reads(desk, 'ngo', forum.id)).toBe(false)
    await forums.answerInvite(await desk.as('ocha'), {
      ...{ forumId: forum.id, who: 'un_agency', answer: 'declined' },
    })
    expect(await reads(desk, 'unhcr', forum.id)).toBe(false)
  })

  it('is for the posts of its kind, and an invitation for those invited', async () => {
    const desk = await openDesk()
    expect(await refusal(forums.makeForum(await desk.as('company'), working))).toMatchObject({
      code: 'not_allowed',
    })
    const { forum } = await forums.makeForum(await desk.as('joc'), working)
    for (const name of ['joc', 'pocAdviser', 'humanRights'] as const)
      expect(
        await refusal(
          forums.answerInvite(await desk.as(name), { forumId: forum.id, who: 'ngo', answer: 'accepted' }),
        ),
      ).toMatchObject({ code: 'not_allowed' })
  })

  it('is one group, however often its form is submitted', async () => {
    const desk = await openDesk()
    const joc = await desk.as('joc')
    const made = await Promise.all([1, 2].map(() => forums.makeForum(joc, { ...working, requestKey: 'V1' })))
    expect(new Set(made.map(({ forum }) => forum.id)).size).toBe(1)
  })

  it('shows likely duplicates, but only to those who may read them (R-106)', async () => {
    const desk = await openDesk()
    const { forum } = await forums.makeForum(await desk.as('ocha'), { kind: 'protection_cluster' })
    const alike = async (name: Who) =>
      (await forums.likelyDuplicates(await desk.as(name), { kind: 'protection_cluster' })).map(
        each => each.forum.id,
      )
    expect(await alike('ocha')).toEqual([forum.id])
    expect(await alike('joc')).toEqual([])
  })

  it('of a sector means the posts of that sector', async () => {
    const desk = await openDesk()
    expect(await refusal(forums.makeForum(await desk.as('joc'), { kind: 'sector_group' }))).toMatchObject({
      code: 'sector_missing',
    })
    const { posts } = await forums.makeForum(await desk.as('joc'), { kind: 'sector_group', sector: 'north' })
    expect(new Set(posts.map(({ sector }) => sector))).toEqual(new Set(['north']))
  })

  it('of members alone is read by them and not by their components', async () => {
    const desk = await openDesk()
    const senior = await forums.makeForum(await desk.as('pocAdviser'), { kind: 'senior_forum' })
    const may = async (name: Who) => mayReadForum(desk.system, senior, actorAsReader(await desk.as(name))!)
    expect(await may('forceHq')).toBe(true)
    expect(await may('battalion')).toBe(false)
  })
})
