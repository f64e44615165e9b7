/**
 * The layers of docs/architecture.md: whoever stands lower knows nothing of what stands above. `npm run layers`.
 */

/** What each part of `src/` may know besides itself; everything else of ours is forbidden to it. */
const MAY_KNOW = {
  domain: [],
  locales: [],
  db: ['domain', 'ports', 'errors'],
  operations: ['domain', 'db', 'ports', 'errors'],
  views: ['domain', 'db', 'operations', 'locales', 'ports', 'errors', 'blockkit'],
  handlers: ['domain', 'db', 'operations', 'views', 'locales', 'ports', 'errors', 'blockkit'],
  intake: ['domain', 'db', 'operations', 'locales', 'ports', 'errors'],
  jobs: ['domain', 'db', 'operations', 'views', 'locales', 'ports', 'errors', 'blockkit', 'loading'],
  config: ['domain', 'ports', 'errors'],
}
const SINGLE = ['ports', 'errors', 'ids', 'config', 'loading']

const place = name => {
  if (name === 'blockkit') return '^blockkit/'
  return SINGLE.includes(name) ? `^src/${name}(/|\\.ts$)` : `^src/${name}/`
}

const layers = Object.entries(MAY_KNOW).map(([layer, known]) => ({
  name: `layer-${layer}`,
  comment: `src/${layer} may know only ${known.join(', ') || 'itself'}.`,
  severity: 'error',
  from: { path: place(layer) },
  to: { path: '^(src|blockkit|rehearsal|missions|bench)/', pathNot: [layer, ...known].map(place) },
}))

module.exports = {
  forbidden: [
    ...layers,
    {
      name: 'no-circle',
      comment:
        'Two files that need each other are one file, or share a third. Types alone may refer to each other.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'domain-is-pure',
      comment: 'The rules do no input and output.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: {
        path: [
          '^(node:)?(fs|net|http|https|child_process|worker_threads|process)',
          'node_modules/(@slack|bullmq|ioredis|drizzle-orm|better-sqlite3)/',
        ],
      },
    },
    {
      name: 'ports-and-errors-know-the-domain-at-most',
      severity: 'error',
      from: { path: '^src/(ports|errors|ids)\\.ts$' },
      to: { path: '^(src|blockkit|rehearsal)/', pathNot: ['^src/domain/', '^src/(ports|errors)\\.ts$'] },
    },
    {
      name: 'nobody-knows-the-composition',
      comment: 'src/bot puts the house together; nothing in the house reaches for it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(bot/|cli/|main\\.ts$)' },
      to: { path: '^src/(bot|cli)/' },
    },
    {
      name: 'slack-stays-at-the-edge',
      comment: 'Only the composition speaks to Slack; everything else says what it wants through ports.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/bot/' },
      to: { path: 'node_modules/@slack/(bolt|web-api|socket-mode)/' },
    },
    {
      name: 'rehearsal-knows-only-slacks-protocol',
      severity: 'error',
      from: { path: '^rehearsal/' },
      to: { path: '^src/' },
    },
    {
      name: 'the-bot-knows-no-rehearsal',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(rehearsal|tests|bench)/' },
    },
    {
      name: 'blockkit-stands-alone',
      severity: 'error',
      from: { path: '^blockkit/' },
      to: { path: '^(src|rehearsal|tests|bench)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: {
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
}
