import { z } from 'zod'
import { localText, words } from './parts.ts'
import type { LocalText } from './types.ts'

/** `casevac`: whom to ring about a casualty or a life in danger now. */
export const casevacSection = z.strictObject({ name: localText, phone: words }).optional()

export type Casevac = { name: LocalText; phone: string }
