import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { commandName } from '../../src/bot/router.ts'
import { handlers } from '../../src/handlers/index.ts'
import { manifest, mission } from './support.ts'

const at = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const schema = JSON.parse(at('../support/slack-manifest.schema.json'))
const setup = at('../../docs/slack-setup.md')
const published = readFileSync(
  createRequire(import.meta.url).resolve('@slack/web-api/dist/types/request/manifest.d.ts'),
  'utf8',
)

/** The names Slack's own types allow, such as every scope of a bot. */
function names(type: string): string[] {
  const union = new RegExp(`type ${type} = ([^;]+);`).exec(published)?.[1] ?? ''
  return [...union.matchAll(/'([^']+)'/g)].map(([, name]) => name!)
}

const { bot: scopes } = manifest.oauth_config.scopes
const { bot_events: events } = manifest.settings.event_subscriptions
const commands = manifest.features.slash_commands as { command: string; should_escape?: boolean }[]

test('the manifest keeps to the shapes and limits Slack publishes', () => {
  const validate = new Ajv({ allErrors: true }).compile(schema)
  validate(manifest)
  expect(validate.errors).toBeNull()
})

test('a manifest Slack would refuse is refused here', () => {
  const validate = new Ajv().compile(schema)
  const broken = structuredClone(manifest)
  broken.features.slash_commands[0].command = 'poc'
  expect(validate(broken)).toBe(false)
  expect(validate({ ...manifest, colour: 'red' })).toBe(false)
})

test('it asks for scopes and events that exist', () => {
  expect(names('BotScope').length).toBeGreaterThan(40)
  expect(scopes.filter((scope: string) => !names('BotScope').includes(scope))).toEqual([])
  expect(events.filter((event: string) => !names('ManifestEvent').includes(event))).toEqual([])
})

test('the setup guide gives a reason for each scope, and for no other', () => {
  const section = setup.slice(setup.indexOf('## Scopes'))
  const table = [...section.slice(0, section.indexOf('\n## ')).matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)]
  expect(table.map(([, scope]) => scope).sort()).toEqual([...scopes].sort())
})

test('every command of the manifest has its handler, and every handler its command', () => {
  const named = commands.map(({ command }) => commandName(command, mission.commandPrefix))
  expect(named.sort()).toEqual(Object.keys(handlers.commands).sort())
})

test('mentions and channels arrive as ids, so that a name cannot be mistaken for another’s', () => {
  expect(commands.filter(({ should_escape }) => should_escape !== true)).toEqual([])
})

test('every event somebody handles is subscribed to', () => {
  // A name with a dot is the bot's own; messages are subscribed to by kind of channel.
  const handled = Object.keys(handlers.events).filter(event => !event.includes('.'))
  const subscribed = new Set(events.map((event: string) => event.split('.')[0]))
  expect(handled.filter(event => !subscribed.has(event))).toEqual([])
})

test('every shortcut of the manifest has its handler, and every handler its shortcut', () => {
  const named = manifest.features.shortcuts.map(({ callback_id }: { callback_id: string }) => callback_id)
  expect(named.sort()).toEqual(Object.keys(handlers.shortcuts).sort())
})
