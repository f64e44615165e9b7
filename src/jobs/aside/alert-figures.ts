import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { alertFigures } from '../../operations/alert/figures.ts'
import type { Ctx } from '../../operations/context.ts'
import { figuresAlt, figuresText, figuresTitle } from '../../views/alert/figures.ts'
import type { ViewContext } from '../../views/context.ts'
import type { MadeFile } from './index.ts'
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

/** An SVG as PNG; its words in a font that comes with the bot, for resvg drops what it has no font for. */
async function picture(svg: string): Promise<Uint8Array> {
  const { Resvg } = await import('@resvg/resvg-js')
  const fonts = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf')
  const drawn = new Resvg(svg, {
    background: '#ffffff',
    font: {
      loadSystemFonts: false,
      fontFiles: ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map(name => join(fonts, name)),
      defaultFontFamily: 'DejaVu Sans',
      sansSerifFamily: 'DejaVu Sans',
    },
  })
  return drawn.render().asPng()
}
