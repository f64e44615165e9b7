import type { Urgency } from './codes.ts'

/** How soon somebody is called back, in milliseconds. */
export interface IntakeDue {
  callBackMs: number
  /** Where the text itself says that it happens now or soon. */
  urgentMs: number
  /** From one rung to the next. */
  climbMs: number
}

/** How warnings from the field come in by telephone, text and form. */
export interface Intake {
  /** ISO 3166-1 alpha-2, in which numbers without a country's code are read; null: none. */
  country: string | null
  /** Numbers of the mission, as E.164, and the base whose liaison assistant answers for each. */
  numbers: readonly { number: string; base: string }[]
  /** Roles told of a call back, lowest first; each is told in the base's sector where it is held there. */
  ladder: readonly string[]
  due: IntakeDue
  /** Terms of the list `came_by`; null: left open. */
  cameBy: Readonly<Record<'call' | 'text' | 'form', string | null>>
  /** Folded words of short texts and forms, and what they stand for. */
  keywords: { urgency: ReadonlyMap<string, Urgency>; threat: ReadonlyMap<string, string> }
  /** Where a form's answers stand: names of questions, groups with "/". */
  form: Readonly<
    Partial<Record<'what' | 'place' | 'urgency' | 'threat' | 'count' | 'position' | 'base' | 'phone', string>>
  >
  /** The only word a source is ever sent, where it agreed to; null: nothing is. */
  reply: { word: string; perDay: number } | null
  texts: {
    /** The number owners are asked to ring; null: that of the operations centre. */
    call: string | null
    /** How long a one-time code counts. */
    codeValidMs: number
  }
}
