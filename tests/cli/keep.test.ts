import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openPartners } from '../../src/db/partners.ts'
import { createVault } from '../../src/db/vault.ts'
import { recordSource } from '../../src/operations/source.ts'
import { openDesk, testVault } from '../support/operations.ts'

const OLD = Buffer.alloc(32, 7)
const NEW = Buffer.alloc(32, 8)
const base64 = (key: Uint8Array) => Buffer.from(key).toString('base64')

/** `npm run store -- …` in a process of its own. */
function command(
  dataDir: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: number; out: string; err: string }> {
  return new Promise(resolve => {
    const options = { env: { ...process.env, DATA_DIR: dataDir, MISSION: 'missions/ombara.yaml', ...env } }
    execFile(process.execPath, ['src/cli/store.ts', ...args], options, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err })
    })
  })
}

async function withSource() {
  const desk = await openDesk()
  const { alert } = await desk.raise()
  const grade = { reliability: 'B', credibility: 2, independent: true }
  const { source } = await recordSource(await desk.as('liaison'), {
    alertId: alert.id,
    name: 'Amo',
    ...grade,
  })
  return { desk, source }
}

describe('the operator’s commands', { timeout: 60_000 }, () => {
  it('move every source to a new key, after which the old one can be thrown away', async () => {
    const { desk, source } = await withSource()
    await desk.store.close()
    const keys = { VAULT_KEY: base64(NEW), VAULT_KEYS_OLD: base64(OLD) }
    expect(await command(desk.dataDir, ['rotate-vault'], keys)).toMatchObject({
      code: 0,
      out: expect.stringContaining('Moved 1 sources'),
    })
    const again = await command(desk.dataDir, ['rotate-vault'], {
      VAULT_KEY: base64(NEW),
      VAULT_KEYS_OLD: '',
    })
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('Moved 0 sources') })
    expect(createVault({ current: NEW, old: [] }).keyId).not.toBe(testVault.keyId)
    expect(source.keyId).toBe(testVault.keyId)
  })

  it('move which organisation an unnamed partner is to a new key of the humanitarian side', async () => {
    const desk = await openDesk()
    openPartners(desk.dataDir, { current: OLD, old: [] }).seal('P-7K4Q', 'Medics')
    await desk.store.close()
    const keys = { PARTNER_KEY: base64(NEW), PARTNER_KEYS_OLD: base64(OLD) }
    expect(await command(desk.dataDir, ['rotate-partners'], keys)).toMatchObject({
      code: 0,
      out: expect.stringContaining('Moved 1 unnamed partners'),
    })
    expect(openPartners(desk.dataDir, { current: NEW, old: [] }).open('P-7K4Q')).toEqual({ known: 'Medics' })
    const none = await command(desk.dataDir, ['rotate-partners'], { PARTNER_KEY: '', PARTNER_KEYS_OLD: '' })
    expect(none).toMatchObject({ code: 1, err: expect.stringContaining('PARTNER_KEY is not set') })
  })

  it('say which sources no key opens, and refuse a key that is none without repeating it', async () => {
    const { desk } = await withSource()
    await desk.store.close()
    const wrong = await command(desk.dataDir, ['rotate-vault'], {
      VAULT_KEY: base64(NEW),
      VAULT_KEYS_OLD: '',
    })
    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('1 sources open with none') })
    const none = await command(desk.dataDir, ['rotate-vault'], {
      VAULT_KEY: 'hunter2hunter2',
      VAULT_KEYS_OLD: '',
    })
    expect(none).toMatchObject({ code: 1, err: expect.stringContaining('VAULT_KEY') })
    expect(none.err).not.toContain('hunter2')
  })

  it('tell what retention would erase and export a holder’s records while the bot runs', async () => {
    const { desk } = await withSource()
    const dry = await command(desk.dataDir, ['retention', '--dry-run'])
    expect(dry).toMatchObject({ code: 0, out: expect.stringContaining('Would erase 0 ended alerts') })
    const made = await command(desk.dataDir, ['export', '--holder', 'mission_civilian'])
    expect(made).toMatchObject({ code: 0, out: expect.stringContaining('1 alert') })
    expect(readdirSync(join(desk.dataDir, 'exports'))).toHaveLength(2)
    expect(await desk.store.read.access.ofRecord('export', 'mission_civilian')).toEqual([
      expect.objectContaining({ personId: 'operator' }),
    ])
    const unknown = await command(desk.dataDir, ['export', '--holder', 'everybody'])
    expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining('"everybody"') })
  })

  it('erase nothing while the bot runs, and all of it once it is stopped', async () => {
    const { desk } = await withSource()
    const erase = ['erase-sources', '--before', '2100-01-01']
    expect(await command(desk.dataDir, erase)).toMatchObject({
      code: 1,
      err: expect.stringContaining('A bot runs'),
    })
    await desk.store.close()
    expect(await command(desk.dataDir, erase)).toMatchObject({
      code: 0,
      out: expect.stringContaining('Erased 1'),
    })
    const wal = join(desk.dataDir, 'tocsin.db-wal')
    expect(existsSync(wal) ? readFileSync(wal).length : 0).toBe(0)
    const wrong = await command(desk.dataDir, ['erase-sources', '--before', 'yesterday'])
    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('is not a day') })
    expect(wrong.err).not.toContain('    at ')
    const missing = await command(desk.dataDir, ['patrols', 'nowhere.csv'])
    expect(missing).toMatchObject({ code: 1, err: 'There is no file nowhere.csv.\n' })
  })
})
