import { z } from 'zod'

/** Kinds of places a warning may name. */
export const PLACE_KINDS = [
  'town',
  'village',
  'neighbourhood',
  'market',
  'camp',
  'idp_settlement',
  'poc_site',
  'farming_area',
  'return_area',
  'river_crossing',
  'road_junction',
  'school',
  'health_facility',
  'water_point',
  'mine',
  'base',
] as const
export type PlaceKind = (typeof PLACE_KINDS)[number]

const coordinate = (limit: number) =>
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/, 'is not a number in decimal degrees')
    .transform(Number)
    .refine(value => Math.abs(value) <= limit, `lies beyond ${limit} degrees`)

/** One line of the gazetteer file: every cell a text, names as column heads. */
export const gazetteerRowSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9_-]*$/, 'must be lower-case letters, digits, "-" and "_"'),
  name: z.string().trim().min(1, 'is empty').max(75, 'is longer than 75 characters'),
  /** Other spellings and names, with ";" between them. */
  aliases: z.string().transform(cell =>
    cell
      .split(';')
      .map(alias => alias.trim())
      .filter(alias => alias !== ''),
  ),
  kind: z.enum(PLACE_KINDS),
  /** Empty where the mission has not settled it. */
  sector: z.string().transform(cell => cell.trim() || null),
  district: z.string().trim().min(1, 'is empty'),
  lat: coordinate(90),
  lon: coordinate(180),
})

/** A place of the gazetteer. `lat` and `lon` in WGS 84 decimal degrees; `sector` null where it is not settled. */
export type GazetteerRow = z.output<typeof gazetteerRowSchema>
export type Place = GazetteerRow
