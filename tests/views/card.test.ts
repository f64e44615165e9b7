import { describe, expect, test } from 'vitest'
import { escapeMrkdwn } from '../../blockkit/index.ts'
import { alertCard } from '../../src/views/alert/card.ts'
import { aPersonRead, holderOf, tellAlert } from '../support/alert-facts.ts'
import { ended, inEveryField, NASTY, stories } from './stories.ts'
import { expectMessage, LANGUAGES, mentionsIn, mission, obeyed, textsOf, viewIn } from './surface.ts'

const everyone = { attribution: false }
const few = { attribution: true }
const card = (language: string, name: string, reader = everyone) =>
  alertCard(viewIn(language, stories[name]!.now), tellAlert(mission, stories[name]), reader)
const shown = (message: ReturnType<typeof card>) => {
  const { mrkdwn, plain } = textsOf(message.blocks)
  return [...plain, ...mrkdwn].join('\n')
}

describe.each(LANGUAGES)('the card in %s', language => {
  test.each(Object.keys(stories))('%s: Slack takes it, for every reader', name => {
    const facts = tellAlert(mission, stories[name])
    for (const attribution of [true, false]) {
      for (const personId of [undefined, 'person-1', facts.owners[0]!.holder?.id, 'somebody']) {
        const message = expectMessage(
          alertCard(viewIn(language, stories[name]!.now), facts, { attribution, personId }),
        )
        expect(message.text, 'names the alert').toContain(facts.alert.code)
        expect(message.text, 'ends as a sentence').toMatch(/\.$/)
      }
    }
  })

  test.each(Object.entries(NASTY))('%s: shown, not obeyed, and short enough', (_name, words) => {
    const open = inEveryField(words)
    for (const story of [open, ended(open, 'close'), ended(open, 'withdraw')]) {
      const message = expectMessage(
        alertCard(viewIn(language), tellAlert(mission, story), { ...few, personId: 'person-1' }),
      )
      mentionsIn(obeyed(message))
    }
  })

  test('names of roles, sectors and terms at their limits still fit', () => {
    const long = 'Officier de permanence de la coordination civilo-militaire '.repeat(4).slice(0, 200)
    const name = { en: long, fr: long }
    const wordy = {
      ...mission,
      sectors: mission.sectors.map(sector => ({ ...sector, name })),
      roles: mission.roles.map(role => ({ ...role, name })),
      bases: mission.bases.map(base => ({ ...base, name: long.slice(0, 75) })),
    }
    const facts = tellAlert(wordy, stories['with every detail'])
    expectMessage(alertCard({ ...viewIn(language), mission: wordy }, facts, few))
  })
})

describe('what the card says', () => {
  test('an alert just raised asks for an acknowledgement and says what is unknown', () => {
    const message = shown(card('en', 'just raised'))
    expect(message).toContain('To acknowledge by 02:20')
    expect(message).toContain('Not yet known: kind of threat, who is at risk, how it came in')
    expect(message).toMatch(/0\.\d km|\d(\.\d)? km/)
    expect(message).toContain('Lives in danger now')
  })

  test('a post nobody holds is said to be vacant', () => {
    expect(shown(card('en', 'nobody holds the post'))).toContain('(nobody holds this role)')
    expect(shown(card('fr', 'nobody holds the post'))).toContain('(poste vacant)')
  })

  test('each owner’s answer stands under that owner alone', () => {
    const fields = textsOf(card('en', 'acknowledged by one owner').blocks).mrkdwn
    expect(fields.find(text => text.startsWith('*Civilian owner*'))).toContain('Acknowledged 02:11')
    expect(fields.find(text => text.startsWith('*Uniformed owner*'))).not.toContain('Acknowledged')
  })

  test('an answer by radio says so', () => {
    expect(shown(card('en', 'answered by radio'))).toContain('Acknowledged 02:11 (by radio)')
  })

  test('the alert’s own sector is said once, another one with its post', () => {
    expect(shown(card('en', 'just raised')).match(/Sector North/g)).toHaveLength(1)
    const author = { person: aPersonRead(), role: { role: 'liaison_assistant', sector: 'south' } }
    const message = shown(alertCard(viewIn('en'), tellAlert(mission, { author }), everyone))
    expect(message).toContain('by Community liaison assistant, Sector South')
  })

  test('what is overdue says since when, so that an old card does not mislead', () => {
    expect(shown(card('en', 'overdue'))).toContain('Not acknowledged, was due 02:20')
  })

  test('a time on another day than the raising carries its date', () => {
    const facts = tellAlert(mission, { alert: { urgency: 'tension' } })
    const acts = [{ kind: 'acknowledge', slot: 'uniformed' } as const]
    const decided = tellAlert(mission, { alert: { urgency: 'tension' }, acts })
    expect(shown(alertCard(viewIn('en'), facts, everyone))).toContain('To acknowledge by 06:10')
    expect(shown(alertCard(viewIn('en'), decided, everyone))).toContain('To decide by 22 Nov 02:10')
  })

  test('a place without a sector, without coordinates or both is said to be unknown', () => {
    expect(shown(card('en', 'without a sector'))).toContain('Sector not yet known')
    expect(shown(card('en', 'without coordinates'))).toContain('exact position')
    expect(shown(card('en', 'without coordinates'))).not.toContain('Nearest base')
  })

  test('an exercise and an ending stand first in the title', () => {
    const title = (name: string) => textsOf(card('en', name).blocks).plain[0]
    expect(title('exercise')).toMatch(/^EXERCISE · A-/)
    expect(title('closed')).toMatch(/^CLOSED · A-/)
    expect(title('withdrawn')).toMatch(/^WITHDRAWN · A-/)
    expect(card('en', 'exercise').text).toMatch(/^EXERCISE/)
  })

  test('an ended alert no longer calls by its colour: its ending stands for its urgency, and the end comes first', () => {
    const message = card('en', 'closed')
    expect(textsOf(message.blocks).plain[0]).not.toMatch(/[🔴🟠🟡]|Imminent/u)
    expect(shown(message)).toContain('as “Imminent”')
    expect(message.blocks?.[1]).toMatchObject({ text: { text: expect.stringContaining('Threat averted.') } })
  })

  test('a direct message offers the steps that wait for its reader, and none to those only informed', () => {
    const facts = tellAlert(mission, stories['acknowledged by one owner'])
    const offered = (personId: string) => {
      const message = alertCard(viewIn('en'), facts, { attribution: false, personId })
      const block = message.blocks?.find(({ type }) => type === 'actions') as unknown as {
        elements: { action_id: string }[]
      }
      return block.elements.map(element => element.action_id)
    }
    const [civilian, uniformed] = facts.owners.map(({ holder }) => holder!.id)
    expect(offered(uniformed!)[0]).toBe('alert.acknowledge')
    expect(offered(civilian!)[0]).toBe('alert.respond')
    expect(offered('somebody')).toEqual(['alert.read_out', 'alert.more'])
  })

  test('an ended alert shows its outcome and asks for nothing', () => {
    const closed = card('en', 'closed')
    expect(shown(closed)).toContain('Threat averted. Closed')
    expect(shown(closed)).not.toMatch(/To close|phone or radio first/)
    const actions = closed.blocks?.find(block => block.type === 'actions')
    expect(JSON.stringify(actions)).not.toMatch(/alert\.(acknowledge|respond|watch|on_site|close)\b/)
  })

  test('a warning near a base with nobody going stands out', () => {
    expect(shown(card('en', 'just raised'))).toMatch(/❗ [\d.]+ km from Karamba base/)
    expect(shown(card('en', 'responding and watching'))).not.toContain('❗')
  })

  test('a text too long for the card says where the rest stands', () => {
    const facts = tellAlert(mission, { alert: { what: NASTY.long } })
    expect(shown(alertCard(viewIn('en'), facts, everyone))).toContain('The rest stands under “Read-out”')
    expect(shown(card('en', 'just raised'))).not.toContain('The rest stands')
  })

  test('a restricted class of perpetrators looks to everyone like one nobody has named', () => {
    const named = alertCard(viewIn('en'), tellAlert(mission, stories['a restricted perpetrator']), everyone)
    const unnamed = alertCard(viewIn('en'), tellAlert(mission), everyone)
    expect(named).toEqual(unnamed)
    expect(shown(card('en', 'a restricted perpetrator', few))).toContain('State forces')
    expect(shown(card('en', 'just raised', few))).toContain('alleged perpetrators')
  })

  test('a post whose holder raised the alert is not shown as if nobody stood it', () => {
    const duty = holderOf({ role: 'field_office_duty_officer', sector: 'north' })
    const facts = tellAlert(mission, { alert: { raisedBy: duty.id } })
    const { blocks } = alertCard(viewIn('en'), facts, { attribution: false })
    expect(JSON.stringify(blocks)).toContain('Field office duty officer (who raised it)')
  })

  test('a place at a base itself is said to be there, and not "0 km north" of it', () => {
    const { lat, lon } = mission.bases[0]!
    const { blocks } = alertCard(viewIn('fr'), tellAlert(mission, { alert: { lat, lon } }), {
      attribution: false,
    })
    expect(JSON.stringify(blocks)).toMatch(/Sur place\u00a0: Karamba base/)
    expect(JSON.stringify(blocks)).not.toMatch(/\b0 km/)
  })

  test('nobody is mentioned for having raised the alert they own', () => {
    const duty = holderOf({ role: 'company_duty_officer', sector: 'north' })
    const facts = tellAlert(mission, { alert: { raisedBy: duty.id } })
    const message = alertCard(viewIn('en'), facts, everyone)
    expect(mentionsIn(obeyed(message))).not.toContain(`<@${duty.userId}>`)
    expect(mentionsIn(obeyed(card('en', 'just raised')))).toContain(`<@${duty.userId}>`)
  })

  test('an author without a role is named as their side chose, never by organisation', () => {
    const message = shown(card('en', 'raised by a partner'))
    expect(message).toContain('by a humanitarian partner')
    expect(message).not.toContain('Some NGO')
  })

  test('a direct message says why it came', () => {
    const facts = tellAlert(mission)
    const to = (personId: string) => shown(alertCard(viewIn('en'), facts, { attribution: false, personId }))
    expect(to(facts.owners[1]!.holder!.id)).toContain('waits for you as Company duty officer, Sector North')
    expect(to('person-1')).toContain('You raised this alert')
    expect(to('somebody')).toContain('for information')
    const closed = tellAlert(mission, stories.closed)
    const after = alertCard(viewIn('en'), closed, { attribution: false, personId: 'somebody' })
    expect(shown(after)).not.toContain('for information')
  })

  test('people’s words are escaped once: nothing is shown as an entity', () => {
    const what = 'Men & women <here> "there"'
    const facts = tellAlert(mission, {
      alert: { what },
      acts: [{ kind: 'respond', slot: 'uniformed', who: 'A & B' }],
    })
    const message = alertCard(viewIn('en'), facts, everyone)
    expect(textsOf(message.blocks).mrkdwn).toContain(escapeMrkdwn(what))
    expect(message.text).toContain('Responding: A &amp; B')
    expect(obeyed(message).join()).not.toContain('&amp;amp;')
  })

  test('each act gives the buttons a new block, so that no menu keeps an old choice', () => {
    const ids = [0, 1, 2, 3].map(count => {
      const acts = stories['on site']!.acts!.slice(0, count)
      const message = alertCard(viewIn('en'), tellAlert(mission, { acts }), everyone)
      return message.blocks?.find(block => block.type === 'actions')?.block_id
    })
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('no personal name appears, whoever raised it', () => {
    const facts = tellAlert(mission, { author: { person: aPersonRead({ userId: 'U0CLA' }), role: null } })
    expect(obeyed(alertCard(viewIn('en'), facts, few)).join()).not.toContain('U0CLA')
  })
})
