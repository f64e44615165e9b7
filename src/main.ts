import { enableCompileCache } from 'node:module'
import { join, resolve } from 'node:path'

const NODE = 24
/** The exit code of a wrong configuration (sysexits.h), upon which a supervisor need not try again. */
const EX_CONFIG = 78

if (Number(process.versions.node.split('.')[0]) < NODE) {
  console.error(
    `Tocsin needs Node ${NODE} or later; this is ${process.version}.\n` +
      '  → Run it with "npm start", which brings its own, or install Node 24: https://nodejs.org/en/download',
  )
  process.exit(EX_CONFIG)
}
await main()

async function main(): Promise<void> {
  const cwd = process.cwd()
  const { readEnvironment } = await import('./config/environment.ts')
  const environment = readEnvironment(process.env, { cwd })
  enableCompileCache(join(resolve(cwd, environment.DATA_DIR || 'data'), 'compile-cache'))
  const { loadQuickly } = await import('./loading.ts')
  loadQuickly()
  try {
    const { loadConfig } = await import('./config.ts')
    const config = loadConfig(environment, { cwd })
    const [{ startBot }, { createLog }, { loadMission }] = await Promise.all([
      import('./bot/app.ts'),
      import('./bot/log.ts'),
      import('./config/mission-file.ts'),
    ])
    const log = createLog(config.logLevel)
    const mission = await loadMission(config.missionPath)
    const bot = await startBot({
      config,
      mission,
      log,
      onMissingWord: (language, key) => log.error({ language, key }, 'a word is missing'),
    })
    superviseProcess(bot, log)
    const mode = config.slack.appToken ? 'socket' : 'http'
    log.info({ mission: mission.short, mode, url: bot.url, afterMs: Math.round(performance.now()) }, 'ready')
  } catch (error) {
    const { startProblem } = await import('./bot/start-problem.ts')
    const { text, isConfiguration } = startProblem(error)
    console.error(text)
    process.exit(isConfiguration ? EX_CONFIG : 1)
  }
}

function superviseProcess(
  bot: { stop(): Promise<void> },
  log: { info(fields: object, message: string): void; error(fields: object, message: string): void },
): void {
  const end = async (code: number) => {
    await bot.stop().catch(error => log.error({ err: error }, 'the stop failed'))
    process.exit(code)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'stopping')
      void end(0)
    })
  }
  process.on('unhandledRejection', error => log.error({ err: error }, 'a promise failed and nobody looked'))
  process.on('uncaughtException', error => {
    log.error({ err: error }, 'the bot fails and ends')
    void end(1)
  })
}
