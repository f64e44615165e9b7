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
export { hotspotByCode, listHotspots, ownParts, readHotspot } from './hotspot/reading.ts'
