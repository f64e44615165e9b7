import type { ExportManifest } from '../operations/export.ts'
import type { Rendered } from '../ports.ts'
import { context, section } from './blocks.ts'
import type { ViewContext } from './context.ts'

/** That an export was written, where, and by which digest it can be told from any other file. */
export function exportMessage(view: ViewContext, name: string, manifest: ExportManifest): Rendered {
  const { t } = view.words
  const text = t('export.made', {
    count: manifest.counts.alert ?? 0,
    holder: t(`alert.constituency.${manifest.holder}`),
  })
  return {
    text,
    blocks: [
      section(`✅ *${text}*`),
      section(`\`${name}\`\nSHA-256 \`${manifest.file.sha256}\``),
      context(t('export.fetch'), t('export.leftOut')),
    ],
  }
}
