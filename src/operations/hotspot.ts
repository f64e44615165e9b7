/** What a person can do with a hotspot. */
export {
  amendHotspot,
  createHotspot,
  linkAlert,
  moveHotspot,
  recordVisit,
  reportCoverage,
  setContact,
} from './hotspot/change.ts'
export type { HotspotFacts } from './hotspot/facts.ts'
export { HOTSPOT_FILES, requestHotspotFile } from './hotspot/file.ts'
export { type Gap, hotspotGaps } from './hotspot/gaps.ts'
export { hotspotByCode, listHotspots, ownParts, readHotspot } from './hotspot/reading.ts'
