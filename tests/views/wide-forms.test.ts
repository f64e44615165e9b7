import { describe, expect, it } from 'vitest'
import type { ViewCall } from '../../src/handlers/contract.ts'
import { handlers } from '../../src/handlers/index.ts'
import { askingFirst, wideForms } from '../../src/handlers/wide-forms.ts'
import { createLocales } from '../../src/locales/index.ts'

/** Forms whose words few read, or that take none: each with the reason why it does not ask. */
const narrow: Record<string, string> = {
  'alert.respond': 'an answer of an owner, which waits for no question',
  'alert.watch': 'an answer of an owner, which waits for no question',
  'alert.not_acting': 'an answer of an owner, which waits for no question',
  'alert.cannot_take': 'an answer of an owner, which waits for no question',
  'alert.recorded': 'an answer of an owner, which waits for no question',
  'alert.details': 'choices',
  'alert.specialist': 'takes words away',
  'alert.withdraw': 'takes a false warning back at once',
  'alert.verify': 'choices',
  'alert.reopen': 'opens an alert again at once',
  'registration.join': 'for the administrators of the own side',
  'registration.refuse': 'to one person',
  'partner.unnamed': 'sealed',
  'handover.leaving': 'people',
  'compromised.close': 'cuts access at once',
  'duty.on': 'posts',
  'duty.off': 'to whoever takes the duty',
  'duty.rota_pick': 'posts',
  'duty.rota': 'posts',
  'channel.register': 'choices',
  'profile.change': 'choices',
  'release.refuse': 'to one person',
  'source.record': 'sealed',
  'source.read': 'choices',
  'source.link': 'a code',
  'source.grade': 'choices',
  'source.deputy': 'people',
  'source.confirm': 'choices',
  'report.join': 'a code',
  'incident.link': 'a code',
  'concern.flag': 'to the humanitarian side’s officer alone, without an author',
  'notice.add': 'refuses positions and hours altogether',
  'drawdown.settle': 'to whoever takes it over',
  'drawdown.answer': 'to whoever asked',
  'authorities.decide': 'to those who decide',
  'reprisal.answer': 'human rights officers alone',
  'hotspot.coverage': 'choices',
  'hotspot.visit': 'choices',
  'hotspot.contact': 'people',
  'hotspot.link': 'a code',
  'callback.no_answer': 'a time',
  'callback.not_warning': 'choices',
  'callback.whose': 'sealed',
  'matrix.open': 'choices',
  'matrix.waive': 'to the chair',
  'matrix.send_back': 'to the voices of the round',
  'matrix.units': 'numbers',
  'list.filter': 'a search',
  'tasking.hand_on': 'people',
  'tasking.snooze': 'a time',
  'tasking.reassign': 'people',
  'sms.phone': 'sealed',
  'quote.add': 'words that stand in Slack already',
  subscription: 'choices',
}

it('every form asks about words that many will read, or says why it need not', () => {
  const asks = wideForms.map(([id]) => id)
  const forms = Object.keys(handlers.views)
  expect(forms.filter(id => !asks.includes(id) && !(id in narrow))).toEqual([])
  expect([...asks, ...Object.keys(narrow)].filter(id => !forms.includes(id))).toEqual([])
})

describe('a form filled in with a telephone number', () => {
  const words = createLocales('UTC', ['en']).words('en')
  const call = (values: Record<string, unknown>): ViewCall =>
    ({
      words,
      ctx: { mission: {}, clock: { now: () => 0 } },
      values,
      asFilledIn: () => ({
        type: 'modal',
        blocks: Object.keys(values).map(block_id => ({ type: 'input', block_id })),
      }),
    }) as never
  const text = (value: string) => ({ it: { type: 'plain_text_input', value } })
  const ticked = { it: { type: 'checkboxes', selected_options: [{ value: 'yes', text: { text: '' } }] } }
  const said = 'Ring 0812 345 678'

  it.each(wideForms.map(([id, fields]) => [id, fields[0]!]))(
    '%s asks once, and records when told to',
    async (id, field) => {
      let recorded = 0
      const views = askingFirst({ [id]: async () => void recorded++ as never })
      const urgency = { it: { type: 'radio', selected_option: { value: 'tension', text: { text: '' } } } }
      const answer = await views[id]!(call({ urgency, [field]: text(said) }))
      expect(recorded).toBe(0)
      const blocks = (answer as { update: { blocks: { block_id?: string }[] } }).update.blocks
      expect(blocks.map(({ block_id }) => block_id)).toEqual(['urgency', field, 'tempting', 'asItIs'])
      await views[id]!(call({ urgency, [field]: text(said), asItIs: ticked }))
      expect(recorded).toBe(1)
      await views[id]!(call({ urgency, [field]: text('Men at the mill') }))
      expect(recorded).toBe(2)
    },
  )
})
