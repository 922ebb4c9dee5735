import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.spec.ts'],
    globalSetup: ['support/demo-server.ts'],
    // The specs walk one patient's month through one demo clinic, seat after seat: they share it and take turns.
    fileParallelism: false,
    sequence: { sequencer: (await import('./support/in-order.ts')).InOrder },
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 30_000 } },
    pool: 'forks',
  },
})
