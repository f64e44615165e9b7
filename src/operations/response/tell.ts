import type { Alert } from '../../domain/alert.ts'
import { channelsFor } from '../alert/tell.ts'
import type { Open } from '../context.ts'
import { lineAt } from '../telling.ts'

/** One line in the alert's thread, wherever that is kept; goes after the card that the thread hangs on. */
export async function sayInThread(
  open: Open,
  alert: Alert,
  kind: string,
  data: Record<string, unknown>,
): Promise<void> {
  const { thread } = await channelsFor(open.tx, alert)
  for (const target of thread) await lineAt(open, kind, alert.id, target, data)
}
