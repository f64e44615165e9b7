import { z } from 'zod'

/**
 * What Slack sends, as far as the bot reads it. Anything that fits none of these shapes is no Slack payload and is
 * refused before it reaches Bolt. Fields not named here pass through untouched.
 */
const id = z.string().min(1)
const user = z.looseObject({ id, team_id: z.string().nullish() })
const team = z.looseObject({ id }).nullish()
const channel = z.looseObject({ id }).nullish()
const message = z.looseObject({ ts: id, thread_ts: z.string().nullish() }).nullish()
const values = z.record(z.string(), z.record(z.string(), z.looseObject({ type: z.string() })))
const state = z.looseObject({ values }).nullish()
const view = z.looseObject({
  id,
  type: z.enum(['modal', 'home']),
  hash: z.string().default(''),
  callback_id: z.string().default(''),
  private_metadata: z.string().default(''),
  blocks: z.array(z.looseObject({ type: z.string() })).default([]),
  state,
})
const interaction = {
  user,
  team,
  channel,
  trigger_id: z.string().nullish(),
  response_url: z.string().nullish(),
}

const commandSchema = z.looseObject({
  command: z.string().startsWith('/'),
  text: z.string().default(''),
  team_id: id,
  user_id: id,
  channel_id: id,
  trigger_id: z.string().nullish(),
  response_url: z.string().nullish(),
})

const schemas = {
  event_callback: z.looseObject({
    type: z.literal('event_callback'),
    event_id: id,
    team_id: z.string().nullish(),
    event: z.looseObject({ type: id }),
  }),
  block_actions: z.looseObject({
    type: z.literal('block_actions'),
    ...interaction,
    actions: z.array(z.looseObject({ type: id, action_id: id, block_id: z.string().default('') })).min(1),
    message,
    view: view.nullish(),
    state,
  }),
  block_suggestion: z.looseObject({
    type: z.literal('block_suggestion'),
    ...interaction,
    action_id: id,
    block_id: z.string().default(''),
    value: z.string().default(''),
    view: view.nullish(),
  }),
  view_submission: z.looseObject({ type: z.literal('view_submission'), ...interaction, view }),
  view_closed: z.looseObject({ type: z.literal('view_closed'), ...interaction, view }),
  shortcut: z.looseObject({ type: z.literal('shortcut'), ...interaction, callback_id: id }),
  message_action: z.looseObject({
    type: z.literal('message_action'),
    ...interaction,
    callback_id: id,
    message: z.looseObject({
      ts: id,
      thread_ts: z.string().nullish(),
      text: z.string().default(''),
      user: z.string().default(''),
    }),
  }),
} as const

type Bodies = { [K in keyof typeof schemas]: z.output<(typeof schemas)[K]> }
export type CommandBody = z.output<typeof commandSchema>
export type EventBody = Bodies['event_callback']
export type ActionBody = Bodies['block_actions']
export type OptionsBody = Bodies['block_suggestion']
export type ViewBody = Bodies['view_submission'] | Bodies['view_closed']
export type ShortcutBody = Bodies['shortcut'] | Bodies['message_action']
export type InteractionBody = ActionBody | OptionsBody | ViewBody | ShortcutBody

export type Payload =
  | { kind: 'event'; body: EventBody }
  | { kind: 'command'; body: CommandBody }
  | { kind: 'action'; body: ActionBody }
  | { kind: 'options'; body: OptionsBody }
  | { kind: 'view'; body: Bodies['view_submission'] }
  | { kind: 'closed'; body: Bodies['view_closed'] }
  | { kind: 'shortcut'; body: ShortcutBody }

/** Every kind of payload, as metrics and logs name it. */
export type PayloadKind = Payload['kind']

const kinds = {
  event_callback: 'event',
  block_actions: 'action',
  block_suggestion: 'options',
  view_submission: 'view',
  view_closed: 'closed',
  shortcut: 'shortcut',
  message_action: 'shortcut',
} as const satisfies Record<keyof typeof schemas, PayloadKind>

/** The payload in a decoded request body, or undefined where it is none of Slack's that the bot understands. */
export function readPayload(body: unknown): Payload | undefined {
  if (typeof body !== 'object' || body === null) return undefined
  if ('command' in body) {
    const command = commandSchema.safeParse(body)
    return command.success ? { kind: 'command', body: command.data } : undefined
  }
  const type = 'type' in body ? body.type : undefined
  if (typeof type !== 'string' || !Object.hasOwn(schemas, type)) return undefined
  const known = type as keyof typeof schemas
  const parsed = schemas[known].safeParse(body)
  return parsed.success ? ({ kind: kinds[known], body: parsed.data } as Payload) : undefined
}

/** Who acted: their own workspace, which in a shared channel is not the one the bot is installed in. */
export function actedBy(payload: Exclude<Payload, { kind: 'event' }>): { teamId: string; userId: string } {
  if (payload.kind === 'command') return { teamId: payload.body.team_id, userId: payload.body.user_id }
  const { user: who, team: where } = payload.body
  return { teamId: who.team_id ?? where?.id ?? '', userId: who.id }
}
