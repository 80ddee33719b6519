// Vitest's two suites: `unit` needs nothing but Node; `integration` needs the universe of real servers.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/integration/**', 'test/universe/**', 'test/e2e/**', 'node_modules/**'],
          environment: 'node',
          // Vitest empties style sheets unless told otherwise; reports carry theirs as text.
          css: { include: [/report\.css/] },
          // Nothing here waits for a clock; this is room for properties on a busy machine.
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts', 'test/universe/**/*.test.ts'],
          globalSetup: ['test/integration/universe-setup.ts'],
          environment: 'node',
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
