import { TocsinError } from '../errors.ts'
import { findAlerts, readAlert } from '../operations/alert.ts'
import { callCrisis, crisisFacts } from '../operations/crisis.ts'
import { channelBarred, keepsForum } from '../operations/forum/facts.ts'
import { invitesOf } from '../operations/forum/invite.ts'
import {
  answerInvite,
  closeForum,
  type ForumFacts,
  forumByCode,
  forumForm,
  hostForum,
  kindsToMake,
  likelyDuplicates,
  listForums,
  makeForum,
  readForum,
  returnForum,
} from '../operations/forum.ts'
import { openEntriesOf } from '../operations/meeting.ts'
import { saidModal } from '../views/alert/receipt.ts'
import { crisisBlocks } from '../views/crisis.ts'
import { forumCard, forumList } from '../views/forum/card.ts'
import { hostModal, type NewForumForm, newForumModal } from '../views/forum/forms.ts'
import { openEntryBlocks } from '../views/meeting/waiting.ts'
import type { ActionCall, Call, CommandCall, Family, ViewAnswer, ViewCall } from './contract.ts'
import { filledAgain, readForm, readMetadata } from './form.ts'
import { figuresCommand } from './meeting.ts'
import { planCommand } from './plan.ts'
import { exerciseCommand } from './tabletop.ts'
import { viewContext } from './view-context.ts'

/** What may follow `/poc-group`; anything else is a code, or the list. */
const subcommands: Record<string, (call: CommandCall) => Promise<void>> = {
  new: call => openNew(call, { name: call.text }),
  crisis: crisisCommand,
  plan: planCommand,
  exercise: exerciseCommand,
  figures: figuresCommand,
  list: call => listCommand(call, call.text.trim().toLowerCase() === 'all'),
}

/** `/poc-group`: the groups this person may read; `new [name]`; `F-7K4Q`: that one, as are `K-7K4Q` and `X-7K4Q`. */
async function groupCommand(call: CommandCall): Promise<void> {
  const [word = '', ...rest] = call.text.split(/\s+/)
  const run = Object.hasOwn(subcommands, word.toLowerCase()) ? subcommands[word.toLowerCase()] : undefined
  if (run) return run({ ...call, text: rest.join(' ') })
  // A code says by itself what it is of.
  if (/^K-/i.test(word)) return planCommand(call)
  if (/^X-/i.test(word)) return exerciseCommand(call)
  const found = call.text ? await forumByCode(call.ctx, call.text) : null
  return found ? showForum(call, found) : listCommand(call, false, call.text)
}

/** @param sought what was typed and is no group they may read. */
async function listCommand(call: CommandCall, ended: boolean, sought = ''): Promise<void> {
  const all = await listForums(call.ctx, ended)
  await call.ui.tell(forumList(viewContext(call), all, { mayMake: kindsToMake(call.ctx).length > 0, sought }))
}

/** A group's card, to this person alone. */
async function showForum(call: Call, facts: ForumFacts): Promise<void> {
  const crisis = await crisisFacts(call.ctx.store.read, facts)
  const view = viewContext(call)
  await call.ui.tell(
    forumCard(view, facts, {
      more: [
        ...(crisis ? crisisBlocks(view, crisis) : []),
        ...openEntryBlocks(view, await openEntriesOf(call.ctx, facts)),
      ],
      invites: invitesOf(call.ctx, facts),
      keeps: keepsForum(call.ctx, facts),
      barred: await channelBarred(call.ctx, facts),
    }),
  )
}

async function showPressed(call: ActionCall): Promise<void> {
  await showForum(call, await readForum(call.ctx, call.value))
}

/** What is known before the form is opened. */
interface Begun {
  kind?: string
  name?: string
  alertId?: string | null
  sector?: string | null
  /** What was typed for an alert and is none they may read. */
  unknownAlert?: string
}

async function formFor(call: Call, begun: Begun): Promise<NewForumForm> {
  const { kinds, channels } = await forumForm(call.ctx)
  const kind =
    kinds.find(({ id }) => id === begun.kind) ?? kinds.find(each => each.class !== 'crisis') ?? kinds[0]
  if (!kind) throw new TocsinError('not_allowed')
  const alert = begun.alertId ? (await readAlert(call.ctx, begun.alertId)).alert : null
  const standing = await listForums(call.ctx)
  return {
    kinds,
    kind,
    channels,
    parents: standing.filter(({ forum }) => forum.state === 'active' && forum.class !== 'crisis'),
    alike: await likelyDuplicates(call.ctx, {
      kind: kind.id,
      name: begun.name ?? '',
      sector: begun.sector ?? null,
      alertId: alert?.id ?? null,
    }),
    sector: begun.sector ?? alert?.sector ?? null,
    alert: alert && { id: alert.id, code: alert.code },
    name: begun.name ?? null,
    unknownAlert: begun.unknownAlert ?? '',
  }
}

/** The form for a new group, with likely duplicates first. */
export async function openNew(call: Call, begun: Begun): Promise<void> {
  await call.ui.open(newForumModal(viewContext(call), await formFor(call, begun)))
}

/** `/poc-group crisis [A-7K4Q]`: the form that calls one, about an alert where one is named. */
async function crisisCommand(call: CommandCall): Promise<void> {
  const [found, ...others] = call.text ? await findAlerts(call.ctx, call.text) : []
  const alertId = found && others.length === 0 ? found.alert.id : null
  await openCrisis(call, alertId, alertId === null ? call.text : '')
}

/** The form that calls a crisis forum; also from an alert's card. @throws TocsinError `not_allowed`. */
export async function openCrisis(call: Call, alertId: string | null, unknownAlert = ''): Promise<void> {
  const kind = kindsToMake(call.ctx).find(each => each.class === 'crisis')
  if (!kind) throw new TocsinError('not_allowed')
  await openNew(call, { kind: kind.id, alertId, unknownAlert })
}

/** Another kind was chosen: the form shows what it begins with. */
async function kindChosen(call: ActionCall): Promise<void> {
  if (call.view?.callbackId !== 'forum.new') return
  const { alertId = null } = readMetadata<{ alertId: string | null }>(call.view.privateMetadata)
  const form = readForm(call.values)
  const begun = { kind: call.value, name: form.text('name'), sector: form.choice('sector'), alertId }
  await call.ui.replace(newForumModal(viewContext(call), await formFor(call, begun)))
}

async function newSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { alertId = null, alike: shown = [] } = readMetadata<{ alertId: string | null; alike: string[] }>(
    call.privateMetadata,
  )
  const [kind, name, sector] = [form.choice('kind') ?? '', form.text('name'), form.choice('sector')]
  const alike = await likelyDuplicates(call.ctx, { kind, name, sector, alertId })
  // What is like it only by what was typed since is shown once before it is made.
  if (alike.some(({ forum }) => !shown.includes(forum.id))) {
    const seen = await formFor(call, { kind, name, sector, alertId })
    return { update: filledAgain(newForumModal(viewContext(call), { ...seen, alike }), call) }
  }
  const days = form.text('everyDays')
  const crisis = call.ctx.mission.forums.kinds.some(each => each.id === kind && each.class === 'crisis')
  const input = {
    kind,
    name,
    sector,
    chair: form.choice('chair'),
    members: form.choices('members'),
    invites: form.choices('invites'),
    omission: form.text('omission'),
    everyDays: crisis || days === '' ? null : Number(days),
    channelId: form.channel('channel'),
    parentId: form.choice('parent'),
    alertId,
    situation: form.text('situation'),
    requestKey: call.viewId,
  }
  const facts = crisis ? (await callCrisis(call.ctx, input)).forum : await makeForum(call.ctx, input)
  const view = viewContext(call)
  const barred = await channelBarred(call.ctx, facts)
  const { code } = facts.forum
  const said = crisis
    ? [call.words.t('crisis.receipt.made', { code }), ...(barred ? [call.words.t('forum.card.barred')] : [])]
    : [call.words.t(barred ? 'forum.receipt.barred' : 'forum.receipt.made', { code })]
  return { update: saidModal(view, code, `✅ ${said.join('\n')}`) }
}

/** *Accept* or *Decline* on an invitation. */
async function invitePressed(call: ActionCall, answer: 'accepted' | 'declined'): Promise<void> {
  const who = call.actionId.slice(call.actionId.indexOf(':') + 1)
  const { forum } = await answerInvite(call.ctx, { forumId: call.value, who, answer })
  await call.ui.tell({ text: call.words.t(`forum.receipt.${answer}`, { code: forum.code }) })
}

/** *Another group does its work…*: which, and why. */
async function hostPressed(call: ActionCall): Promise<void> {
  const facts = await readForum(call.ctx, call.value)
  if (!keepsForum(call.ctx, facts)) throw new TocsinError('not_allowed')
  const hosts = (await listForums(call.ctx)).filter(
    ({ forum }) => forum.state === 'active' && forum.class !== 'crisis' && forum.id !== facts.forum.id,
  )
  if (hosts.length === 0) throw new TocsinError('host_invalid')
  await call.ui.open(hostModal(viewContext(call), facts, hosts))
}

async function hostSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { forumId = '' } = readMetadata<{ forumId: string }>(call.privateMetadata)
  const form = readForm(call.values)
  const { forum } = await hostForum(call.ctx, {
    forumId,
    hostId: form.choice('host') ?? '',
    why: form.text('why'),
  })
  return {
    update: saidModal(
      viewContext(call),
      forum.code,
      `✅ ${call.words.t('forum.receipt.hosted', { code: forum.code })}`,
    ),
  }
}

/** What a button of the card does at once; a card that stands shows it itself. */
async function moved(call: ActionCall, what: 'returned' | 'closed', facts: ForumFacts): Promise<void> {
  await call.ui.tell({ text: call.words.t(`forum.receipt.${what}`, { code: facts.forum.code }) })
}

export const forumFamily: Family = {
  commands: { group: groupCommand },
  actions: {
    'forum.show': showPressed,
    'forum.new': call => openNew(call, {}),
    'forum.kind': kindChosen,
    'forum.accept': call => invitePressed(call, 'accepted'),
    'forum.decline': call => invitePressed(call, 'declined'),
    'forum.host': hostPressed,
    'forum.return': async call => moved(call, 'returned', await returnForum(call.ctx, call.value)),
    'forum.close': async call => moved(call, 'closed', await closeForum(call.ctx, call.value)),
  },
  views: { 'forum.new': newSubmitted, 'forum.host': hostSubmitted },
}
