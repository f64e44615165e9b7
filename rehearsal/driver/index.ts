/**
 * The vocabulary in which tests speak of Slack:
 *
 * @example
 * const slack = await rehearse({ manifest })
 * // start the app with slack.env, then:
 * const modal = await slack.as('duty.karamba').command('/poc-alert armed men').modal()
 * await modal.fill({ 'What is happening': 'Armed men at the market', Urgency: 'Imminent' })
 * await modal.choose('Where', 'kara', 'Karamba market')
 * await modal.submit()
 * const card = await slack.as('company.karamba').in('#poc-north').expectCard(/A-/)
 * await card.click('Acknowledge')
 * await card.expectUpdate(/Acknowledged/)
 */
import { OMBARA } from '../seed.ts'
import { startWorkspace, type Workspace, type WorkspaceOptions } from '../server/index.ts'
import { newestCard } from './card.ts'
import { userId } from './fields.ts'
import { Modal } from './modal.ts'
import { Person } from './person.ts'
import { Stage } from './stage.ts'

export { Card } from './card.ts'
export { Deed, Done } from './deed.ts'
export type { FieldValue } from './fields.ts'
export { Modal } from './modal.ts'
export { Home, Person } from './person.ts'
export { Place } from './place.ts'
export type { Match } from './text.ts'

export type RehearseOptions = Partial<WorkspaceOptions> &
  Pick<WorkspaceOptions, 'manifest'> & {
    /** Real milliseconds an expectation waits at most; 10,000 unless said. */
    deadlineMs?: number
    /** Resolves once the app has nothing left to do, so that "nothing was said" can be told from "not yet". */
    settle?: () => Promise<void>
  }

/** A workspace under test, and its people. */
export interface Rehearsal {
  workspace: Workspace
  /** What the app under test needs to connect: Slack's address and the secrets. */
  env: {
    SLACK_API_URL: string
    SLACK_BOT_TOKEN: string
    SLACK_SIGNING_SECRET: string
    SLACK_APP_TOKEN: string
  }
  /** A person by handle or id. @throws Error where there is none */
  as(person: string): Person
  /** Sets how to wait for the app, where it starts after the workspace. */
  settleWith(settle: () => Promise<void>): void
  /** Waits until everything sent is acknowledged and the app says it is done. */
  settle(): Promise<void>
  stop(): Promise<void>
}

/** Starts a workspace, with the people of the fictional mission unless another seed is given. */
export async function rehearse(options: RehearseOptions): Promise<Rehearsal> {
  const { deadlineMs = 10_000, settle = async () => {}, ...rest } = options
  const secrets = {
    signingSecret: rest.signingSecret ?? 'rehearsal-signing-secret',
    botToken: rest.botToken ?? 'xoxb-rehearsal',
    appToken: rest.appToken ?? 'xapp-rehearsal',
  }
  const workspace = await startWorkspace({ seed: OMBARA, ...rest, ...secrets })
  let settleApp = settle
  const stage = new Stage(workspace, deadlineMs, () => settleApp(), {
    modal: (of, user, id) => new Modal(of, user, id),
    newestCard,
  })
  return {
    workspace,
    env: {
      SLACK_API_URL: workspace.apiUrl,
      SLACK_BOT_TOKEN: secrets.botToken,
      SLACK_SIGNING_SECRET: secrets.signingSecret,
      SLACK_APP_TOKEN: secrets.appToken,
    },
    as: person => new Person(stage, userId(stage, person)),
    settleWith: next => {
      settleApp = next
    },
    settle: () => stage.settle(),
    stop: () => workspace.stop(),
  }
}
