/**
 * Slack's published limits and shapes as data, and a check of every payload against them.
 * Stands alone, so that a bot can check before it sends and a rehearsal server can refuse what Slack refuses.
 */
export { blockSurfaces, elementSurfaces, limits, type Surface } from './limits.ts'
export type { Problem } from './run.ts'
export { type CheckOptions, checkOptions, checkSurface } from './surfaces.ts'
export { clip, escapeMrkdwn, lengthOf } from './text.ts'
