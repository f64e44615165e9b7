import { codesNamed, parseFind } from '../domain/find-query.ts'
import { find, findCodes } from '../operations/find.ts'
import { modal, section } from '../views/blocks.ts'
import { foundBlocks, foundModal } from '../views/find.ts'
import type { ActionCall, Call, CommandCall, Family, ShortcutCall, View } from './contract.ts'
import { readMetadata } from './form.ts'
import { viewContext } from './view-context.ts'

/** Longer than this nobody types on purpose; the modal carries it from page to page. */
const TYPED_MAX = 300

/** `/poc find words`: everything this person may read that fits. */
async function findCommand(call: CommandCall): Promise<void> {
  await call.ui.open(await found(call, [...call.text].slice(0, TYPED_MAX).join('')))
}

/** *Older* and *Newer*. */
async function pagePressed(call: ActionCall): Promise<void> {
  const { typed = '' } = readMetadata<{ typed: string }>(call.view?.privateMetadata ?? '')
  const { page = 0 } = readMetadata<{ page: number }>(call.value)
  await call.ui.replace(await found(call, typed, page))
}

async function found(call: Call, typed: string, page = 0): Promise<View> {
  const query = parseFind(typed, call.ctx.mission)
  return foundModal(viewContext(call), await find(call.ctx, query, page), typed)
}

/** *Open a code*: what stands behind the codes a message names. */
async function openFromMessage(call: ShortcutCall): Promise<void> {
  const view = viewContext(call)
  const { t } = call.words
  const codes = codesNamed(call.message?.text ?? '')
  const items = await findCodes(call.ctx, codes)
  const blocks =
    items.length > 0
      ? foundBlocks(view, items)
      : [section(t(codes.length === 0 ? 'find.noCode' : 'find.nothingTheirs'))]
  await call.ui.open(modal('find', { title: t('find.title'), close: t('alert.modal.done') }, {}, blocks))
}

export const findFamily: Family = {
  subcommands: { find: findCommand },
  actions: { 'find.page': pagePressed },
  shortcuts: { 'find.open_code': openFromMessage },
}
