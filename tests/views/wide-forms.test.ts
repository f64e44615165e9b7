import { describe, expect, it } from 'vitest'
import type { ViewCall } from '../../src/handlers/contract.ts'
import { handlers } from '../../src/handlers/index.ts'
import { askingFirst, formsNotAsking } from '../../src/handlers/wide-forms.ts'
import { createLocales } from '../../src/locales/index.ts'

it('only forms that exist are left out of the question', () => {
  expect(formsNotAsking.filter(id => !(id in handlers.views))).toEqual([])
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
  const chosen = (value: string) => ({
    it: { type: 'radio', selected_option: { value, text: { text: '' } } },
  })
  const ticked = { it: { type: 'checkboxes', selected_options: [{ value: 'yes', text: { text: '' } }] } }
  const said = 'Ring 0812 345 678'

  const views = (id: string) => {
    let recorded = 0
    const asking = askingFirst({ [id]: async () => void recorded++ as never })
    return { submit: (values: object) => asking[id]!(call(values as never)), recorded: () => recorded }
  }

  it.each([
    'tasking.new',
    'hotspot.new',
    'gate.ask',
    'incident.record',
    'entry.write',
    'matrix.rate',
    'one.to_come',
  ])('%s asks once, and records when told to', async id => {
    const form = views(id)
    const answer = await form.submit({ tier: chosen('2'), what: text('Men at the mill'), why: text(said) })
    expect(form.recorded()).toBe(0)
    const { blocks } = (answer as { update: { blocks: { block_id?: string }[] } }).update
    expect(blocks.map(({ block_id }) => block_id)).toEqual(['tier', 'what', 'why', 'tempting', 'asItIs'])
    await form.submit({ why: text(said), asItIs: ticked })
    await form.submit({ why: text('Men at the mill') })
    expect(form.recorded()).toBe(2)
  })

  it('a warning of what is imminent, and an owner’s answer, are recorded at once', async () => {
    const warning = views('alert.raise')
    await warning.submit({ what: text(said), urgency: chosen('imminent') })
    expect(warning.recorded()).toBe(1)
    await warning.submit({ what: text(said), urgency: chosen('tension') })
    expect(warning.recorded()).toBe(1)
    const answer = views('alert.respond')
    await answer.submit({ who: text(said) })
    expect(answer.recorded()).toBe(1)
  })
})
