import { alertFigures } from '../../operations/alert/figures.ts'
import type { Ctx } from '../../operations/context.ts'
import { figuresAlt, figuresText, figuresTitle } from '../../views/alert/figures.ts'
import type { ViewContext } from '../../views/context.ts'
import type { MadeFile } from './index.ts'
import { picture } from './picture.ts'
import type { Task } from './task.ts'

/** The figures whoever asked may see: as text, and as a picture that says the same. */
export async function alertFiguresFile(
  ctx: Ctx,
  view: ViewContext,
  { span, sector }: Extract<Task, { do: 'alert.figures' }>,
): Promise<MadeFile> {
  const figures = await alertFigures(ctx, span, sector)
  const { figuresChart } = await import('../../views/alert/figures-chart.ts')
  return {
    name: `alerts-${span}${sector === null ? '' : `-${sector}`}.png`,
    title: figuresTitle(view, figures),
    bytes: await picture(figuresChart(view, figures)),
    altText: figuresAlt(view, figures),
    text: figuresText(view, figures),
  }
}
