// Vitest's suites: `unit` needs nothing but Node; `integration` needs the universe of real servers; `alone`
// needs real programs too, but brings up by itself what it talks to, so that it can run beside the other. What would
// fit either is where it makes both end at about the same time.
import { defineConfig } from 'vitest/config';

const ALONE = [
  'differential',
  'hook-scripts',
  'hook-scripts-failures',
  'lab-judges',
  'mail-software',
  'outbound*',
  'publish-formats',
  'root-anchors',
  'tlsa-records',
].map((name) => `test/integration/${name}.test.ts`);

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/integration/**', 'test/universe/**', 'test/e2e/**', 'node_modules/**'],
          environment: 'node',
          // Every core: by itself it leaves one free, which of two is half.
          maxWorkers: '100%',
          // Vitest empties style sheets unless told otherwise; reports and pages carry theirs as text.
          css: { include: [/(page|report|visitor)\.css/] },
          // Nothing here waits for a clock; this is room for properties on a busy machine.
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts', 'test/universe/**/*.test.ts'],
          exclude: ALONE,
          globalSetup: ['test/integration/universe-setup.ts'],
          environment: 'node',
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'alone',
          include: ALONE,
          environment: 'node',
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
