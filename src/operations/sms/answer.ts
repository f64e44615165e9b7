import { timingSafeEqual } from 'node:crypto'
import type { Phone } from '../../db/contacts.ts'
import type { Text } from '../../db/texts.ts'
import { codesIn, isAnswer } from '../../domain/sms.ts'
import { TocsinError } from '../../errors.ts'
import { acknowledge } from '../alert/answer.ts'
import type { Ctx, Open } from '../context.ts'
import { requireVault } from '../source/vault.ts'
import { lineAt, personTarget } from '../telling.ts'
import { checkedInByText } from './check-in.ts'
import { PHONE_PURPOSE } from './phone.ts'
import { oneTimeCodes } from './text.ts'

/** After so many wrong codes from one telephone none counts any more until an hour has passed. */
const WRONG_MAX = 5
const WRONG_FORGOTTEN_MS = 3_600_000

/**
 * Whether a text is an owner's answer to one of ours. It is, where it comes from the telephone a text was sent to and
 * holds that text's one-time code: their post has then acknowledged, by text. What looks like an answer and holds no
 * code that counts acknowledges nothing, and its sender is told so in Slack. A member of a team that is out says so by
 * text too. Everything else is a warning like any other, whoever sent it.
 */
export async function answeredByText(open: Open, number: string, text: string): Promise<boolean> {
  const phones = await open.tx.contacts.phonesBy(requireVault(open).digests(PHONE_PURPOSE, number))
  const codes = codesIn(text)
  if (phones.length === 0) return false
  const now = open.clock.now()
  for (const phone of phones) {
    if (isLocked(phone, now)) continue
    for (const sent of await open.tx.texts.open(phone.personId, now)) {
      if (!matches(oneTimeCodes(open, sent), codes)) continue
      await acknowledgeBy(open, sent)
      return true
    }
  }
  for (const phone of phones) {
    if (isLocked(phone, now) || !(await wasUsed(open, phone, codes, now))) continue
    await lineAt(open, 'sms.refused', phone.personId, personTarget(phone.personId), { why: 'already_done' })
    return true
  }
  if (await checkedInByText(open, phones, text)) return true
  if (!isAnswer(text)) return false
  for (const phone of phones) {
    await countWrong(open, phone, now)
    await lineAt(open, 'sms.refused', phone.personId, personTarget(phone.personId), { why: 'code' })
  }
  return true
}

/** The same answer once more: somebody was not sure that the first had arrived. */
async function wasUsed(
  open: Open,
  { personId }: Phone,
  codes: readonly string[],
  now: number,
): Promise<boolean> {
  for (const sent of await open.tx.texts.used(personId, now))
    if (matches(oneTimeCodes(open, sent), codes)) return true
  return false
}

/** Constant in time over every code: how many letters were right shows nowhere. */
function matches(expected: readonly string[], given: readonly string[]): boolean {
  let found = false
  for (const code of expected)
    for (const said of given) {
      const [a, b] = [Buffer.from(code), Buffer.from(said)]
      if (a.length === b.length && timingSafeEqual(a, b)) found = true
    }
  return found
}

async function acknowledgeBy(open: Open, sent: Text): Promise<void> {
  const now = open.clock.now()
  await open.tx.texts.use(sent.id, now)
  await open.tx.contacts.setWrong(sent.personId, 0, null)
  const person = await open.tx.people.byId(sent.personId)
  if (!person) return
  const roles = await open.tx.roles.rolesOf(person.id, now)
  const ctx: Ctx = { ...open, actor: { kind: 'person', person, roles } }
  try {
    await acknowledge(ctx, { alertId: sent.alertId, slot: sent.slot, rung: sent.rung, means: 'sms' })
  } catch (error) {
    if (!(error instanceof TocsinError)) throw error
    await lineAt(open, 'sms.refused', sent.alertId, personTarget(person.id), { why: error.code })
  }
}

const isLocked = ({ wrong, wrongSince }: Phone, now: number): boolean =>
  wrong >= WRONG_MAX && wrongSince !== null && now - wrongSince < WRONG_FORGOTTEN_MS

async function countWrong(open: Open, phone: Phone, now: number): Promise<void> {
  const forgotten = phone.wrongSince === null || now - phone.wrongSince >= WRONG_FORGOTTEN_MS
  await open.tx.contacts.setWrong(
    phone.personId,
    forgotten ? 1 : phone.wrong + 1,
    forgotten ? now : phone.wrongSince,
  )
}
