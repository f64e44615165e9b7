import { ALERT_FIGURES, type Span } from '../../operations/alert/figures.ts'
import { ALERT_CSV } from '../../operations/alert/list.ts'
import { INDICATORS_FILE, type IndicatorForm } from '../../operations/indicators.ts'
import { createAside } from '../aside/index.ts'
import type { Delivery, Renderer } from '../contract.ts'
import type { RenderingFamily } from './index.ts'

/** Files that are made aside, for the one person they are sent to. */
export const figuresRendering: RenderingFamily = {
  lines() {
    const aside = createAside()
    const csv: Renderer = async (ctx, { target, data }): Promise<Delivery> => {
      const personId = target.slice('person:'.length)
      const file = await aside(ctx, { do: 'alert.csv', personId, event: Number(data.event) })
      return file ? { do: 'file', recordId: ALERT_CSV, file } : { do: 'drop', code: 'gone' }
    }
    const figures: Renderer = async (ctx, { target, data }): Promise<Delivery> => {
      const personId = target.slice('person:'.length)
      const { span, sector } = data as { span: Span; sector: string | null }
      const file = await aside(ctx, { do: 'alert.figures', personId, span, sector })
      return file ? { do: 'file', recordId: ALERT_FIGURES, file } : { do: 'drop', code: 'gone' }
    }
    const indicators: Renderer = async (ctx, { target, data }): Promise<Delivery> => {
      const personId = target.slice('person:'.length)
      const file = await aside(ctx, { do: 'indicators', personId, form: data.form as IndicatorForm })
      return file ? { do: 'file', recordId: INDICATORS_FILE, file } : { do: 'drop', code: 'gone' }
    }
    const week: Renderer = async (ctx, { target }): Promise<Delivery> => {
      const file = await aside(ctx, { do: 'indicators.week', channelId: target })
      return file
        ? { do: 'file', recordId: INDICATORS_FILE, file }
        : { do: 'drop', code: 'not_for_this_channel' }
    }
    return { 'alert.csv': csv, 'alert.figures': figures, indicators, 'indicators.week': week }
  },
}
