import { z } from 'zod'
import { PROFILES } from '../profile.ts'
import { SENSITIVITIES, TLPS } from '../release.ts'
import { authoritiesSection, feedbackSection } from './aftermath-section.ts'
import { duplicatesSection, earlyWarningSection } from './alert-parts.ts'
import { casevacSection } from './casevac-section.ts'
import * as codes from './codes.ts'
import { componentReportsSection } from './component-report-section.ts'
import { digestSection } from './digest-section.ts'
import { forumsSection } from './forum-section.ts'
import { gates } from './gate-schema.ts'
import { incidentTemplateSection } from './incident-section.ts'
import { intakeSchema } from './intake-schema.ts'
import { matrixSection } from './matrix-section.ts'
import {
  constituency,
  duration,
  id,
  language,
  latitude,
  localText,
  longitude,
  rule,
  words,
  zone,
} from './parts.ts'
import { placesSection } from './place-section.ts'
import { subscriptionsSection } from './subscription-section.ts'
import { remindersSection, taskingsSection } from './tasking-schema.ts'
import { teamsSection } from './team-section.ts'

const slackId = (letters: string, what: string) =>
  z
    .string()
    .refine(
      text => new RegExp(`^[${letters}][A-Z0-9]{2,}$`).test(text),
      rule(
        `This is not the id of a Slack ${what}.`,
        `Copy the ${what}'s id from Slack; it begins with ${[...letters].join(' or ')}.`,
      ),
    )

const team = slackId('TE', 'workspace')
const user = slackId('UW', 'member')

const holder = z.string().transform((text, context) => {
  const match = /^([TE][A-Z0-9]{2,})\/([UW][A-Z0-9]{2,})$/.exec(text)
  if (match) return { team: match[1] as string, user: match[2] as string }
  context.addIssue({
    code: 'custom',
    message: `"${text}" does not name a person.`,
    params: { remedy: 'Write the workspace id, a slash and the member id, such as T0123456/U0123456.' },
  })
  return z.NEVER
})

const term = { id, name: localText }
/** `asks_note`: choosing this term asks for a note. */
const plainTerm = { ...term, asks_note: z.boolean().default(false) }
const plainTerms = z.array(z.strictObject(plainTerm)).min(1)

const taxonomy = z.strictObject({
  threats: z
    .array(
      z.strictObject({ ...term, class: z.enum(codes.THREAT_CLASSES), scope: z.enum(codes.THREAT_SCOPES) }),
    )
    .min(1),
  came_by: plainTerms,
  at_risk: plainTerms,
  perpetrators: z
    .array(
      z.strictObject({
        ...term,
        class: z.enum(codes.PERPETRATOR_CLASSES),
        restricted: z.boolean().default(false),
      }),
    )
    .min(1),
  /** `physical`: asking for it is asking for physical protection. */
  asked_for: z.array(z.strictObject({ ...plainTerm, physical: z.boolean().default(false) })).min(1),
  /** `hands_over`: the reason says that somebody else acts instead. */
  not_acting: z.array(z.strictObject({ ...plainTerm, hands_over: z.boolean().default(false) })).min(1),
  cannot_take: plainTerms,
  /** `attack`: civilians came to harm, so that the incident is to be recorded. */
  outcomes: z.array(z.strictObject({ ...plainTerm, attack: z.boolean().default(false) })).min(1),
})

const dueTimes = z.strictObject({
  acknowledge: duration,
  decide: duration,
  on_site: duration,
  close: duration,
  climb: duration,
})

const ladder = z.strictObject({
  id,
  slot: z.enum(codes.SLOTS),
  constituency,
  rungs: z.array(z.strictObject({ role: id, means: z.array(z.enum(codes.MEANS)).min(1) })).min(1),
  due: z.strictObject({
    happening_now: dueTimes,
    imminent: dueTimes,
    within_24h: dueTimes,
    within_72h: dueTimes,
    tension: dueTimes,
    already_happened: dueTimes,
  }),
})

const route = z.strictObject({
  sectors: z.array(id).min(1).optional(),
  threats: z.array(id).min(1).optional(),
  uniformed: id,
  civilian: id,
  inform: z.array(id).min(1),
})

const seed = z.strictObject({
  people: z
    .array(
      z.strictObject({
        team,
        user,
        constituency,
        section: words.optional(),
        location: words.optional(),
        national: z.boolean(),
        language: language.optional(),
      }),
    )
    .default([]),
  holders: z
    .array(
      z.strictObject({ role: id, sector: id.optional(), holder, alternates: z.array(holder).default([]) }),
    )
    .default([]),
  channels: z
    .array(
      z.strictObject({
        team,
        channel: slackId('CG', 'channel'),
        purpose: id,
        sector: id.optional(),
        language,
        digest: z.boolean().default(false),
      }),
    )
    .default([]),
})

/** `:memo:` and `memo` name the same emoji. */
const recordKeys = {
  record_emoji: z
    .string()
    .transform(text => text.replace(/^:|:$/g, ''))
    .refine(
      text => /^[a-z0-9_+'-]{1,100}$/.test(text),
      rule('This is not the name of an emoji.', 'Write its name as Slack shows it, such as ":memo:".'),
    )
    .default('memo'),
}

/** The mission file as written (YAML), before its parts are checked against each other. */
export const missionFileSchema = z.strictObject({
  mission: z.strictObject({
    name: localText,
    short: words,
    zone,
    languages: z
      .array(language)
      .min(1)
      .refine(
        list => new Set(list).size === list.length,
        rule('A language is named twice.', 'Name each language once, the default first.'),
      ),
    gazetteer: z.string().min(1),
    command_prefix: z
      .string()
      .refine(
        text => /^[a-z][a-z0-9-]{0,19}$/.test(text),
        rule(
          'Slack does not take this as part of a command.',
          'Write up to 20 lower-case letters, such as poc.',
        ),
      ),
    operations_centre: id,
    poc_adviser: id.optional(),
  }),
  sectors: z.array(z.strictObject({ id, name: localText })).min(1),
  bases: z.array(z.strictObject({ id, name: words, sector: id, lat: latitude, lon: longitude })).min(1),
  roles: z
    .array(
      z.strictObject({
        id,
        name: localText,
        scope: z.enum(codes.ROLE_SCOPES),
        constituency,
        owner: z.enum(['may', 'never']).default('may'),
        administers: z.enum(codes.SIDES).optional(),
        phone: words.optional(),
        appointed_by: id.optional(),
        register_channels: z.boolean().default(false),
      }),
    )
    .min(1),
  taxonomy,
  ladders: z.array(ladder).min(1),
  routing: z.array(route).min(1),
  tasking: z.array(z.strictObject({ from: id, to: id, kind: z.enum(codes.TASKING_KINDS) })).default([]),
  channels: z.strictObject({ purposes: z.array(z.strictObject(term)).min(1) }),
  digest: digestSection,
  component_reports: componentReportsSection,
  audiences: z.strictObject({
    alert: z.array(constituency).min(1),
    hotspot: z.array(constituency).min(1).optional(),
  }),
  matrix: matrixSection.optional(),
  layers: z.strictObject({
    attribution: z.array(id),
    command: z.array(id),
    human_rights: z.array(id),
    child_protection: z.array(id).min(1),
    sexual_violence: z.array(id).min(1),
  }),
  groups: z.array(z.strictObject({ ...term, class: z.enum(codes.GROUP_CLASSES) })).default([]),
  conduct_contacts: z.array(z.strictObject({ name: localText, phone: words })).min(1),
  people: z.strictObject({
    reach_every: duration,
    reach_answer_within: duration,
    handover_within: duration,
  }),
  duplicates: duplicatesSection.optional(),
  early_warning: earlyWarningSection.optional(),
  cards_kept: z.union([z.literal(0), duration]),
  stale_membership: duration,
  ...recordKeys,
  places: placesSection,
  casevac: casevacSection,
  subscriptions: subscriptionsSection,
  releasing: z.strictObject({ mission: id, human_rights: id, humanitarian: id }),
  marks: z.strictObject({ tlp: z.enum(TLPS), sensitivity: z.enum(SENSITIVITIES) }),
  integration: z.enum(PROFILES).default('one_in_one_out'),
  small_numbers: z.number().int().min(1).max(1000).default(10),
  oversight: z.array(id).default([]),
  gates,
  retention: z.strictObject({
    alerts: duration,
    sources: duration,
    outbox: duration,
    inbox: duration,
    access_log: duration,
    exports: duration,
    backups: duration,
  }),
  intake: intakeSchema.prefault({}),
  taskings: taskingsSection,
  reminders: remindersSection,
  teams: teamsSection,
  authorities: authoritiesSection.optional(),
  feedback: feedbackSection.optional(),
  incident_template: incidentTemplateSection.optional(),
  forums: forumsSection,
  seed: seed.default({ people: [], holders: [], channels: [] }),
})

export type MissionFile = z.output<typeof missionFileSchema>
