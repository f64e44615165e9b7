import { codesNamed, parseFind } from '../domain/find-query.ts'
import { find, findCodes } from '../operations/find.ts'
import { modal, section } from '../views/blocks.ts'
import { FIND_TYPED_MAX, foundBlocks, foundModal } from '../views/find.ts'
import type {
  ActionCall,
  Call,
  CommandCall,
  Family,
  ShortcutCall,
  View,
  ViewAnswer,
  ViewCall,
} from './contract.ts'
import { readForm, readMetadata } from './form.ts'
import { viewContext } from './view-context.ts'

/** `/poc find words`: everything this person may read that fits. */
async function findCommand(call: CommandCall): Promise<void> {
  await call.ui.open(await found(call, [...call.text].slice(0, FIND_TYPED_MAX).join('')))
}

/** *Find*, for those who can type no command where they are: the newest first. */
async function findPressed(call: ActionCall): Promise<void> {
  await call.ui.open(await found(call, ''))
}

/** *Search*, in the list itself. */
async function searched(call: ViewCall): Promise<ViewAnswer> {
  return { update: await found(call, readForm(call.values).text('typed')) }
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
  actions: { 'find.page': pagePressed, 'find.form': findPressed },
  views: { find: searched },
  shortcuts: { 'find.open_code': openFromMessage },
}
