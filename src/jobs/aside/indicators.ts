import { DateTime } from 'luxon'
import { csvText } from '../../domain/csv.ts'
import { createLocales } from '../../locales/index.ts'
import { channelReader } from '../../operations/channel.ts'
import type { Ctx, Services } from '../../operations/context.ts'
import { type Indicators, indicatorsFor, readIndicators } from '../../operations/indicators.ts'
import type { ViewContext } from '../../views/context.ts'
import {
  indicatorColumns,
  indicatorRows,
  indicatorsAlt,
  indicatorsText,
  indicatorsTitle,
} from '../../views/indicators.ts'
import type { MadeFile } from './index.ts'
import { picture } from './picture.ts'
import type { Task } from './task.ts'

/** The indicators for whoever asked: a picture with its words, or rows. @throws TocsinError as `readIndicators`. */
export async function indicatorsFile(
  ctx: Ctx,
  view: ViewContext,
  { form }: Extract<Task, { do: 'indicators' }>,
): Promise<MadeFile> {
  const indicators = await readIndicators(ctx)
  if (form === 'picture') return indicatorsPicture(view, indicators)
  const parts: string[] = []
  for await (const part of csvText(indicatorColumns(view), indicatorRows(indicators))) parts.push(part)
  const title = indicatorsTitle(view)
  return {
    name: `indicators-${dayOf(view)}.csv`,
    title,
    bytes: Buffer.from(parts.join(''), 'utf8'),
    altText: title,
    text: title,
  }
}

/** The picture of a week, for a channel in which everybody sees figures of the whole mission; else null. */
export async function weekPicture(services: Services, channelId: string): Promise<MadeFile | null> {
  const ctx: Ctx = { ...services, actor: { kind: 'system' } }
  const { mission } = services
  const now = services.clock.now()
  const channel = await services.store.read.channels.byId(channelId)
  const reader = channel && (await channelReader(services.store.read, channel, now))
  const indicators = reader && (await indicatorsFor(ctx, reader))
  if (!channel || !indicators) return null
  const locales = createLocales(mission.zone, mission.languages, { onMissing: () => {} })
  return indicatorsPicture({ words: locales.words(channel.language), mission, now }, indicators)
}

/** The chart, in words for who cannot see it, and the whole as text beside it. */
async function indicatorsPicture(view: ViewContext, indicators: Indicators): Promise<MadeFile> {
  const { indicatorsChart } = await import('../../views/indicators-chart.ts')
  return {
    name: `indicators-${dayOf(view)}.png`,
    title: indicatorsTitle(view),
    bytes: await picture(indicatorsChart(view, indicators)),
    altText: indicatorsAlt(view, indicators),
    text: indicatorsText(view, indicators),
  }
}

const dayOf = ({ now, words }: ViewContext): string =>
  DateTime.fromMillis(now, { zone: words.zone }).toISODate() ?? ''
