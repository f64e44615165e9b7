import { defineConfig } from 'drizzle-kit'

/** `npx drizzle-kit generate --name <what-changes>` writes the next file of `migrations/` from the schema. */
export default defineConfig({ dialect: 'sqlite', schema: './src/db/schema.ts', out: './migrations' })
