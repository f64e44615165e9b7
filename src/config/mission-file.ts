import { readFile } from 'node:fs/promises'
import { dirname, relative, resolve } from 'node:path'
import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  LineCounter,
  type Node,
  parseDocument,
} from 'yaml'
import { type Mission, MissionError, type MissionProblem, parseMission } from '../domain/mission.ts'
import { type GazetteerFile, parseGazetteer } from './gazetteer-file.ts'

/**
 * Reads a mission file (YAML) and the gazetteer (CSV) it names, whose path is relative to it.
 *
 * @param path the mission file; relative to the working directory unless absolute.
 * @throws MissionError with every problem found in both files, each with its file and line.
 */
export async function loadMission(path: string): Promise<Mission> {
  const missionPath = resolve(path)
  const own = await readDocument(missionPath, 'Set MISSION to the path of a mission file.')
  const base = await baseOf(own, missionPath)
  const raw: unknown = base ? { ...base.raw, ...without(own.raw, 'extends') } : own.raw
  const place = (problem: MissionProblem): MissionProblem => {
    const [first] = problem.keys
    const { shown, document, counter } =
      base && first !== undefined && !Object.hasOwn(own.raw, first) ? base : own
    return { file: shown, line: lineOf(document, counter, problem.keys), ...problem }
  }

  const gazetteer = await loadGazetteer(raw, missionPath)
  const problems = gazetteer.problems.map(place)
  try {
    const mission = parseMission(raw, gazetteer.rows)
    if (problems.length === 0) return mission
  } catch (error) {
    if (!(error instanceof MissionError)) throw error
    for (const problem of error.problems) {
      if (problem.keys[0] === 'gazetteer') problems.push(placeInGazetteer(problem, gazetteer))
      else if (!(problem.path === 'mission.gazetteer' && problems.length > 0)) problems.push(place(problem))
    }
  }
  throw new MissionError(problems)
}

interface MissionDocument {
  shown: string
  document: Document.Parsed
  counter: LineCounter
  raw: Record<string, unknown>
}

async function readDocument(path: string, remedy: string): Promise<MissionDocument> {
  const shown = shownPath(path)
  const text = await readText(path, shown, [], remedy)
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false })
  if (document.errors.length > 0) {
    throw new MissionError(
      document.errors.map(error => ({
        path: 'the file',
        keys: [],
        reason: `This is not readable YAML: ${error.message}.`,
        remedy: 'Look at the indentation, quotation marks and brackets on this line and the one above.',
        file: shown,
        line: counter.linePos(error.pos[0]).line,
      })),
    )
  }
  return { shown, document, counter, raw: document.toJS() }
}

/** The file whose sections a mission file takes where it has none of its own; null where it names none. */
async function baseOf({ raw }: MissionDocument, missionPath: string): Promise<MissionDocument | null> {
  const named = raw?.extends
  if (typeof named !== 'string' || named === '') return null
  return readDocument(
    resolve(dirname(missionPath), named),
    'Correct `extends`; its path is relative to the mission file.',
  )
}

function without(raw: Record<string, unknown>, key: string): Record<string, unknown> {
  const { [key]: _, ...rest } = raw
  return rest
}

interface LoadedGazetteer extends GazetteerFile {
  file: string
}

async function loadGazetteer(raw: unknown, missionPath: string): Promise<LoadedGazetteer> {
  const named = (raw as { mission?: { gazetteer?: unknown } } | null)?.mission?.gazetteer
  const none: LoadedGazetteer = { rows: [], lines: [], problems: [], file: '' }
  if (typeof named !== 'string' || named === '') return none
  const path = resolve(dirname(missionPath), named)
  const file = shownPath(path)
  try {
    const text = await readText(
      path,
      file,
      ['mission', 'gazetteer'],
      'Correct mission.gazetteer; its path is relative to the mission file.',
    )
    return { ...parseGazetteer(text, file), file }
  } catch (error) {
    if (!(error instanceof MissionError)) throw error
    return { ...none, problems: error.problems.map(({ file: _, ...problem }) => problem) }
  }
}

/** A problem of the gazetteer, with the CSV's own line; its second key is the index of the row. */
function placeInGazetteer(problem: MissionProblem, { file, lines }: LoadedGazetteer): MissionProblem {
  const [, row, ...cell] = problem.keys
  return { ...problem, path: ['gazetteer', ...cell].map(String).join('.'), file, line: lines[Number(row)] }
}

async function readText(path: string, shown: string, keys: string[], remedy: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    const reason =
      code === 'ENOENT' ? `There is no file ${shown}.` : `The file ${shown} cannot be read (${code}).`
    throw new MissionError([{ path: keys.join('.') || 'the file', keys, reason, remedy, file: shown }])
  }
}

/** The line of the deepest part of the path that stands in the file. */
function lineOf(
  document: Document.Parsed,
  counter: LineCounter,
  keys: readonly PropertyKey[],
): number | undefined {
  let node: unknown = document.contents
  let offset = isNode(node) ? node.range?.[0] : undefined
  for (const key of keys) {
    if (isAlias(node)) node = node.resolve(document)
    if (!isCollection(node)) break
    const pair = isMap(node) ? node.items.find(item => String(item.key) === String(key)) : undefined
    const next = node.get(key, true)
    if (pair === undefined && !isNode(next)) break
    offset = ((pair?.key ?? next) as Node).range?.[0] ?? offset
    node = next
  }
  return offset === undefined ? undefined : counter.linePos(offset).line
}

function shownPath(path: string): string {
  const short = relative(process.cwd(), path)
  return short.startsWith('..') ? path : short
}
