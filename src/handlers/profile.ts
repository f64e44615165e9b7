import { PROFILES } from '../domain/profile.ts'
import { answerProfile, changeProfile, profileChange, readProfile } from '../operations/profile.ts'
import { saidModal } from '../views/alert/receipt.ts'
import { profileModal } from '../views/profile.ts'
import type { ActionCall, CommandCall, Family, ViewAnswer, ViewCall } from './contract.ts'
import { readForm } from './form.ts'
import { viewContext } from './view-context.ts'

/** `/poc profile`: how closely the sides work together, and what would change with another way. */
async function profileCommand(call: CommandCall): Promise<void> {
  const facts = await readProfile(call.ctx)
  const changes = PROFILES.filter(id => id !== facts.profile).map(to =>
    profileChange(call.ctx, facts.profile, to),
  )
  await call.ui.open(profileModal(viewContext(call), facts, changes, facts.administers !== null))
}

async function changeSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { done, to } = await changeProfile(call.ctx, { to: readForm(call.values).choice('profile') ?? '' })
  const { t } = call.words
  const text = t(done ? 'profile.done' : 'profile.proposed', { profile: t(`profile.name.${to}`) })
  return { update: saidModal(viewContext(call), t('profile.title'), `✅ ${text}`) }
}

const answered = (agree: boolean) => async (call: ActionCall) => {
  const { to } = await answerProfile(call.ctx, { agree })
  const { t } = call.words
  const text = t(agree ? 'profile.done' : 'profile.notDone', { profile: t(`profile.name.${to}`) })
  await call.ui.tell({ text: `${agree ? '✅' : 'ℹ️'} ${text}` })
}

export const profileFamily: Family = {
  subcommands: { profile: profileCommand },
  actions: { 'profile.agree': answered(true), 'profile.refuse': answered(false) },
  views: { 'profile.change': changeSubmitted },
}
