/** The environment's part about telephone gateways: which doors are open, and how texts leave. */
import { z } from 'zod'
import type { ConfigProblem } from './problems.ts'

/** Which gateways may hand over what comes from the field; absent: that door is shut. */
export interface IntakeConfig {
  twilio: { authToken: string; publicUrl: string } | undefined
  rapidproToken: string | undefined
  koboSecret: string | undefined
  /** Of the generic signed door. */
  secret: string | undefined
  poll: { url: string; token: string } | undefined
}

/** By which gateway texts leave; undefined: by none. */
export type SmsConfig =
  | {
      kind: 'twilio'
      accountSid: string
      authToken: string
      /** A number, or a messaging service (`MG…`). */
      from: string
      apiUrl: string
      /** Where Twilio says what became of a text. */
      statusUrl: string | undefined
    }
  | { kind: 'rapidpro'; apiUrl: string; apiToken: string }
  | undefined

const secret = (least: number) =>
  z
    .string()
    .regex(/^\S+$/, { error: 'The value holds a space.' })
    .refine(value => value.length >= least, {
      error: `The value is shorter than ${least} characters, and could be guessed.`,
      params: { remedy: 'Make one with: openssl rand -hex 32' },
    })

const web = (example: string) =>
  z.string().refine(value => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol), {
    error: 'The value is not an address the bot can use.',
    params: { remedy: `Write it like ${example}.` },
  })

/** The keys of the environment. */
export const gatewayKeys = {
  TWILIO_AUTH_TOKEN: secret(16).optional(),
  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC\w+$/, { error: 'The value does not begin with "AC".' })
    .optional(),
  TWILIO_FROM: z
    .string()
    .regex(/^(\+\d{7,15}|MG\w+)$/, {
      error: 'The value is neither a number beginning with + nor a messaging service beginning with MG.',
    })
    .optional(),
  TWILIO_API_URL: web('https://api.twilio.com').default('https://api.twilio.com'),
  RAPIDPRO_TOKEN: secret(16).optional(),
  RAPIDPRO_API_URL: web('https://app.rapidpro.io').optional(),
  RAPIDPRO_API_TOKEN: secret(16).optional(),
  KOBO_SECRET: secret(16).optional(),
  INTAKE_SECRET: secret(16).optional(),
  INTAKE_POLL_URL: web('https://gateway.example.org/messages').optional(),
  INTAKE_POLL_TOKEN: secret(16).optional(),
}

type Values = z.output<z.ZodObject<typeof gatewayKeys>> & { PUBLIC_URL?: string | undefined }
type Given = Readonly<Record<string, string | undefined>>

/** Keys that say nothing without another. */
export function gatewayProblems(given: Given): ConfigProblem[] {
  const needs = (key: string, needed: string, reason: string): ConfigProblem[] =>
    given[key] && !given[needed] ? [{ key: needed, reason, remedy: `Set it, or leave ${key} out.` }] : []
  return [
    ...needs('TWILIO_AUTH_TOKEN', 'PUBLIC_URL', 'It is missing, and Twilio signs the address it calls.'),
    ...needs(
      'TWILIO_FROM',
      'TWILIO_ACCOUNT_SID',
      'It is missing, and no text could be sent by Twilio without it.',
    ),
    ...needs(
      'TWILIO_FROM',
      'TWILIO_AUTH_TOKEN',
      'It is missing, and no text could be sent by Twilio without it.',
    ),
    ...needs(
      'RAPIDPRO_API_URL',
      'RAPIDPRO_API_TOKEN',
      'It is missing, and no text could be sent without it.',
    ),
    ...needs(
      'INTAKE_POLL_URL',
      'INTAKE_POLL_TOKEN',
      'It is missing, and the gateway could not tell who asks.',
    ),
    ...(given.TWILIO_FROM && given.RAPIDPRO_API_URL
      ? [
          {
            key: 'RAPIDPRO_API_URL',
            reason: 'Texts would leave by two gateways: TWILIO_FROM is set too.',
            remedy: 'Leave one of the two out.',
          },
        ]
      : []),
  ]
}

export function toIntakeConfig(values: Values): IntakeConfig {
  const { PUBLIC_URL: publicUrl, TWILIO_AUTH_TOKEN: authToken } = values
  return {
    twilio: authToken && publicUrl ? { authToken, publicUrl } : undefined,
    rapidproToken: values.RAPIDPRO_TOKEN,
    koboSecret: values.KOBO_SECRET,
    secret: values.INTAKE_SECRET,
    poll:
      values.INTAKE_POLL_URL && values.INTAKE_POLL_TOKEN
        ? { url: values.INTAKE_POLL_URL, token: values.INTAKE_POLL_TOKEN }
        : undefined,
  }
}

export function toSmsConfig(values: Values): SmsConfig {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, TWILIO_FROM: from } = values
  const { PUBLIC_URL: publicUrl } = values
  if (accountSid && authToken && from)
    return {
      kind: 'twilio',
      accountSid,
      authToken,
      from,
      apiUrl: values.TWILIO_API_URL,
      statusUrl: publicUrl ? `${publicUrl.replace(/\/$/, '')}/intake/twilio` : undefined,
    }
  const { RAPIDPRO_API_URL: apiUrl, RAPIDPRO_API_TOKEN: apiToken } = values
  return apiUrl && apiToken ? { kind: 'rapidpro', apiUrl, apiToken } : undefined
}
