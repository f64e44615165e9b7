import { aPersonRead, type Story, type Told } from '../support/alert-facts.ts'

const acknowledged: Told[] = [
  { kind: 'acknowledge', slot: 'civilian' },
  { kind: 'acknowledge', slot: 'uniformed' },
]
const responding: Told[] = [
  ...acknowledged,
  { kind: 'watch', slot: 'civilian', untilAfter: 120, note: 'Waiting for the patrol' },
  { kind: 'respond', slot: 'uniformed', who: 'Patrol from Karamba base', untilAfter: 30 },
]
const onSite: Told[] = [...responding, { kind: 'on_site', slot: 'uniformed', after: 28 }]

export const allDetails = {
  placeHow: 'North of the river, behind the school',
  threat: 'armed_movement',
  cameBy: 'missed_call',
  atRisk: [
    { kind: 'residents', count: 1200 },
    { kind: 'idps', count: null },
    { kind: 'refugees', count: 40 },
    { kind: 'returnees', count: 12 },
    { kind: 'host_community', count: null },
    { kind: 'aid_workers', count: 3 },
  ],
  perpetrator: 'armed_group',
  askedFor: ['patrol', 'escort_to_safety', 'medical', 'contact_authorities'],
}

/** An alert in every state a card can show. */
export const stories: Record<string, Story> = {
  'just raised': {},
  'with every detail': { alert: allDetails },
  'nobody holds the post': { vacant: ['company_duty_officer', 'field_office_duty_officer'] },
  'acknowledged by one owner': { acts: acknowledged.slice(0, 1) },
  'acknowledged, nothing decided': { acts: acknowledged },
  'responding and watching': { acts: responding },
  'responding, no time known': { acts: [{ kind: 'respond', slot: 'uniformed', who: 'Patrol 3' }] },
  'not acting': { acts: [{ kind: 'not_acting', slot: 'civilian', reason: 'out_of_range' }] },
  'on site': { acts: onSite, now: 40 },
  'answered by radio': {
    acts: [{ kind: 'acknowledge', slot: 'uniformed', means: 'radio', note: 'Heard at the second call' }],
  },
  'passed on': { acts: [{ kind: 'cannot_take', slot: 'civilian', reason: 'off_duty' }] },
  overdue: { now: 15 },
  escalated: {
    now: 25,
    told: [
      { slot: 'uniformed', rung: 1, at: Date.UTC(2026, 10, 21, 0, 20), dueAt: Date.UTC(2026, 10, 21, 0, 20) },
      { slot: 'civilian', rung: 1, outcome: 'vacant' },
      { slot: 'civilian', rung: 2, late: true },
    ],
  },
  'two days later': { now: 2 * 24 * 60, acts: onSite },
  closed: {
    alert: { lifecycle: 'closed', outcome: 'averted' },
    acts: [...onSite, { kind: 'close', reason: 'averted', note: 'Market calm, patrol stays until noon' }],
  },
  withdrawn: { alert: { lifecycle: 'withdrawn' }, acts: [{ kind: 'withdraw', note: 'Raised twice' }] },
  exercise: { alert: { exercise: true } },
  'without coordinates': { alert: { placeId: null, placeSaid: 'The old mill', lat: null, lon: null } },
  'without a sector': {
    alert: { placeId: null, placeSaid: 'Beyond the hills', lat: null, lon: null, sector: null, triage: true },
  },
  'raised by a partner': {
    author: { person: aPersonRead({ constituency: 'ngo', section: 'Some NGO' }), role: null },
    acts: [{ kind: 'information', role: null, byPerson: 'person-1', note: 'They left at dawn' }],
  },
  'raised by a stranger': { author: { person: aPersonRead({ constituency: null }), role: null } },
  'a restricted perpetrator': { alert: { perpetrator: 'state_forces' } },
}

export const NASTY = {
  long: 'Armed men moving towards the market. '.repeat(271).slice(0, 10_000),
  ampersands: '&'.repeat(10_000),
  quotes: '"\\'.repeat(5_000),
  emoji: '🔥👨‍👩‍👧‍👦 '.repeat(1_000),
  rightToLeft: 'رجال مسلحون يتجهون نحو السوق\u202e evil \u202c ',
  broadcast: '<!channel> <!here|x> @here @channel @everyone <!subteam^S1> <#C1|general>',
  mention: '<@U0JOCWATCH> <https://evil.example|Acknowledge> <mailto:a@b.c>',
  marks: '*bold* _it_ ~no~ `code` ```block``` > 50 men &lt;!channel&gt; :tada:',
  invisible: '\u202e\u2066',
  template: '{{code}} $t(alert.exercise) {{- x}}',
  lines: '\n\n> quoted\n*\n_\n'.repeat(200),
}

/** The same words wherever a person may write some, each as long as it may be. */
export function inEveryField(words: string): Story {
  const cut = (max: number) => [...words].slice(0, max).join('').trim() || 'x'
  return {
    alert: {
      ...allDetails,
      what: cut(10_000),
      placeId: null,
      placeSaid: cut(150),
      placeHow: cut(500),
    },
    acts: [
      { kind: 'acknowledge', slot: 'civilian', note: cut(3000) },
      { kind: 'respond', slot: 'civilian', who: cut(200), untilAfter: 60, note: cut(3000) },
      { kind: 'respond', slot: 'uniformed', who: cut(200), untilAfter: 60, means: 'phone', note: cut(3000) },
      { kind: 'information', note: cut(3000) },
      { kind: 'cannot_take', slot: 'uniformed', reason: 'other', note: cut(3000), rung: 1 },
      { kind: 'respond', slot: 'uniformed', rung: 2, who: cut(200) },
    ],
  }
}

export function ended(story: Story, kind: 'close' | 'withdraw'): Story {
  const note = story.acts?.find(act => act.note)?.note ?? 'Done'
  return {
    ...story,
    alert: {
      ...story.alert,
      ...(kind === 'close' ? { lifecycle: 'closed', outcome: 'averted' } : { lifecycle: 'withdrawn' }),
    },
    acts: [...(story.acts ?? []), { kind, reason: kind === 'close' ? 'averted' : null, note }],
  }
}
