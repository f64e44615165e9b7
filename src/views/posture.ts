import type { Posture, PostureItem } from '../db/postures.ts'
import { POSTURE_GROUNDS } from '../domain/posture.ts'
import { parseRoleKey } from '../operations/permission.ts'
import { postureLimits } from '../operations/posture.ts'
import type { Block, Rendered } from '../ports.ts'
import {
  actions,
  begun,
  brief,
  button,
  context,
  fields,
  header,
  input,
  modal,
  radio,
  section,
  select,
  textInput,
} from './blocks.ts'
import { dayText, pair, role, sector, type ViewContext } from './context.ts'
import { districtInput } from './gate.ts'

/** `/poc posture`: what changed, where, until when. */
export function postureModal(view: ViewContext) {
  const { t } = view.words
  const sectors = view.mission.sectors.map(({ id }) => ({ text: sector(view, id), value: id }))
  return modal(
    'posture.declare',
    { title: t('posture.form.title'), submit: t('posture.form.submit'), close: t('alert.modal.cancel') },
    {},
    [
      section(t('posture.form.about')),
      input(
        'ground',
        t('posture.form.ground'),
        radio(
          'ground',
          POSTURE_GROUNDS.map(value => ({ value, text: t(`posture.ground.${value}`) })),
        ),
      ),
      input('sector', t('posture.form.sector'), select('sector', t('alert.details.choose'), sectors), {
        optional: true,
        hint: t('posture.form.sectorHint'),
      }),
      districtInput(view, { optional: true }),
      input(
        'untilDay',
        t('posture.form.until'),
        { type: 'datepicker', action_id: 'untilDay' },
        { optional: true },
      ),
      input('note', t('posture.form.note'), textInput('note', { multiline: true, max: postureLimits.note }), {
        optional: true,
      }),
    ],
  )
}

/** Changes of posture a list shows. */
const SHOWN = 40

const whereText = (
  view: ViewContext,
  { sector: id, district }: Pick<Posture, 'sector' | 'district'>,
): string => (district ? brief(district, 80) : id === null ? view.words.t('posture.whole') : sector(view, id))

/** The ground within a sentence. */
function groundText({ words }: ViewContext, { ground }: Pick<Posture, 'ground'>): string {
  return begun(words.t(`posture.ground.${ground}`), false)
}

/** That a joint item paused, or goes on, to whom of the mission it rests with. */
export function postureItemLine(view: ViewContext, posture: Posture, code: string, line: string): Rendered {
  const text = view.words.t(`posture.told.${line}`, {
    code,
    where: whereText(view, posture),
    ground: groundText(view, posture),
  })
  return { text, blocks: [section(`${line === 'paused' ? '⏸️' : '▶️'} ${text}`)] }
}

/** A change of posture. @param items null for a reader to whom their number could give one away. */
export function postureCard(
  view: ViewContext,
  posture: Posture,
  items: readonly PostureItem[] | null,
  declares: boolean,
): Rendered {
  const { t, dateTime } = view.words
  const title = t('posture.title', { code: posture.code })
  const ground = t(`posture.ground.${posture.ground}`)
  const state =
    posture.endedAt === null ? t('posture.stands') : t('posture.ended', { at: dateTime(posture.endedAt) })
  const count = (state: PostureItem['state']) => items?.filter(item => item.state === state).length ?? 0
  return {
    text: `${title}. ${pair(view, whereText(view, posture), `${ground}. ${state}`)}`,
    blocks: [
      header(title),
      section(`*${ground}*\n${state}`),
      fields([
        `*${t('posture.where')}*\n${whereText(view, posture)}`,
        `*${t('posture.until')}*\n${posture.untilDay ? dayText(view, posture.untilDay) : t('posture.untilEnded')}`,
        `*${t('posture.declared')}*\n${t('posture.declaredBy', { role: role(view, parseRoleKey(posture.declaredAs)), at: dateTime(posture.declaredAt) })}`,
      ]),
      ...(posture.note ? [section(`> ${brief(posture.note, postureLimits.note)}`)] : []),
      section(
        items === null
          ? t('posture.asks')
          : `${t('posture.asks')}\n${t('posture.counts', { paused: count('paused'), confirmed: count('confirmed'), ended: count('ended') })}`,
      ),
      ...(declares && posture.endedAt === null
        ? [actions(`posture:${posture.id}`, [button(t('posture.end'), 'posture.end', posture.id)])]
        : []),
    ],
  }
}

/** A joint item that paused, for the humanitarian it is for. */
export function postureItemCard(
  view: ViewContext,
  posture: Posture,
  item: PostureItem,
  code: string,
): Rendered {
  const { t } = view.words
  const lead = t('posture.item.lead', {
    where: whereText(view, posture),
    ground: groundText(view, posture),
    what: t(`posture.item.${item.recordKind}`, { code }),
  })
  const answered = item.state === 'confirmed' ? t('posture.item.confirmed') : t('posture.item.endedByYou')
  return {
    text: `${t('posture.item.title')} ${lead}`,
    blocks: [
      header(t('posture.item.title')),
      section(lead),
      ...(posture.note ? [section(`> ${brief(posture.note, postureLimits.note)}`)] : []),
      ...(item.state === 'paused'
        ? [
            section(t('posture.item.free')),
            actions(`posture_item:${item.id}`, [
              button(t('posture.item.confirm'), 'posture.answer:confirmed', item.id),
              button(t('posture.item.takeBack'), 'posture.answer:ended', item.id),
            ]),
          ]
        : [section(`*${answered}*`)]),
    ],
  }
}

/** What waits for somebody's confirmation, for `/poc` and *What waits for me*. */
export function postureWaits(
  view: ViewContext,
  asked: readonly { posture: Posture; item: PostureItem; code: string }[],
): Block[] {
  if (asked.length === 0) return []
  return [
    section(`*${view.words.t('posture.waits', { count: asked.length })}*`),
    ...asked.slice(0, 5).flatMap(({ posture, item, code }) => {
      const blocks = postureItemCard(view, posture, item, code).blocks ?? []
      return blocks.slice(1)
    }),
  ]
}

/** Changes that stand. */
export function posturesMessage(view: ViewContext, all: readonly Posture[], declares: boolean): Rendered {
  const { t } = view.words
  const title = t('posture.list')
  const endButton = ({ id, code }: Posture) =>
    declares
      ? button(t('posture.end'), 'posture.end', id, { label: `${t('posture.end')} ${code}` })
      : undefined
  const lines = all.map(
    posture => `• *${posture.code}* · ${t(`posture.ground.${posture.ground}`)} · ${whereText(view, posture)}`,
  )
  return {
    text: pair(view, title, view.words.number(all.length)),
    blocks: [
      header(title),
      ...(all.length === 0 ? [section(t('posture.none'))] : []),
      ...all.slice(0, SHOWN).map((posture, index) => section(lines[index] ?? '', endButton(posture))),
      ...(all.length > SHOWN ? [context(t('posture.more', { count: all.length - SHOWN }))] : []),
      ...(declares ? [actions('posture', [button(t('posture.new'), 'posture.new', 'posture')])] : []),
    ],
  }
}
