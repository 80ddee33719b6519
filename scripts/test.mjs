// `npm test` and `npm run check`: set-up, then walls and every suite, or those named; the last line is `N passed, N failed`.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { argv, env, exit, platform } from 'node:process';
import * as z from 'zod';
import { APP_MODES, buildStale } from './build.mjs';
import { electronRuntime } from './electron-runtime.mjs';
import { PROJECT } from './project.mjs';
import {
  BROWSER_NEEDS,
  DISPLAY_NEEDS,
  ELECTRON_NEEDS,
  UNIVERSE_NEEDS,
  ensurePackages,
  findProgram,
} from './setup/packages.mjs';
import { runWalls } from './walls.mjs';

/** @typedef {import('./walls.mjs').Score & { readonly skipped?: number }} Score */

const PLAYWRIGHT = ['test', '--reporter=list,json'];

const isCi = Boolean(env['CI']) && env['CI'] !== 'false';
const isRoot = process.getuid?.() === 0;
const hasDisplay = platform !== 'linux' || Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
const NOTHING_RAN = { passed: 0, failed: 1 };

/** The universe's servers need low ports and loopback addresses of their own. */
const hasUniverse = platform === 'linux' && isRoot;

const VITEST_REPORT = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

const PLAYWRIGHT_REPORT = z.object({
  errors: z.array(z.unknown()),
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
});

/** @type {Readonly<Record<string, { readonly title: string, readonly needs: readonly import('./setup/packages.mjs').Need[], readonly work: () => Score | Promise<Score> }>>} */
const SECTIONS = {
  walls: { title: 'walls', needs: [], work: runWalls },
  unit: { title: 'unit tests', needs: [], work: () => vitest('unit') },
  integration: {
    title: 'integration tests',
    needs: hasUniverse ? UNIVERSE_NEEDS : [],
    work: integrationTests,
  },
  e2e: {
    title: 'end-to-end tests',
    needs: [
      ...ELECTRON_NEEDS,
      ...BROWSER_NEEDS,
      ...(hasDisplay ? [] : DISPLAY_NEEDS),
      ...(hasUniverse ? UNIVERSE_NEEDS : []),
    ],
    work: endToEndTests,
  },
};

const chosen = Object.entries(SECTIONS)
  .filter(([name]) => argv.length === 2 || argv.includes(name, 2))
  .map(([, section]) => section);
const packages = ensurePackages([...new Set(chosen.flatMap(({ needs }) => needs))], 'by the tests');
if (!packages.ok) {
  console.error(packages.message);
  exit(1);
}

/** @type {Score[]} */
const scores = [];
for (const { title, work } of chosen) {
  console.log(`\n== ${title}`);
  scores.push(await work());
}
const passed = sum(scores.map((score) => score.passed));
const skipped = sum(scores.map((score) => score.skipped ?? 0));
const failed = sum(scores.map((score) => score.failed)) + (isCi ? skipped : 0);
if (skipped > 0) {
  console.log(`${skipped} skipped${isCi ? ', counted as failed because this is CI' : ''}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** Side by side: most of both is waiting. @returns {Promise<Score>} */
async function integrationTests() {
  if (!hasUniverse) {
    console.log('Skipped: the real name and mail servers need root on Linux (sudo npm test).');
    return { passed: 0, failed: 0, skipped: 1 };
  }
  if (!buildStale(['cli'])) return NOTHING_RAN;
  const [beside, alone] = await Promise.all([vitestBeside('integration'), vitestBeside('alone')]);
  return {
    passed: beside.passed + alone.passed,
    failed: beside.failed + alone.failed,
    skipped: (beside.skipped ?? 0) + (alone.skipped ?? 0),
  };
}

/** @returns {Promise<Score>} */
async function endToEndTests() {
  if (!buildStale(APP_MODES)) return NOTHING_RAN;
  const runtime = await electronRuntime();
  if (runtime.kind === 'missing') {
    console.error(runtime.reason);
    return NOTHING_RAN;
  }
  return playwright();
}

/** @param {'unit'} project @returns {Score} */
function vitest(project) {
  const file = reportFile(project);
  run(tool('vitest'), vitestArguments(project, file));
  return vitestScore(file);
}

/** @param {string} project @returns {Promise<Score>} */
async function vitestBeside(project) {
  const file = reportFile(project);
  await runBeside(tool('vitest'), vitestArguments(project, file));
  return vitestScore(file);
}

/**
 * Prints what it said when it has ended, so that two do not talk at once.
 * @param {string} program @param {readonly string[]} args @param {Readonly<Record<string, string>>} [more]
 */
async function runBeside(program, args, more = {}) {
  const child = spawn(program, args, {
    cwd: PROJECT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, ...more },
  });
  /** @type {Buffer[]} */
  const said = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (/** @type {Buffer} */ chunk) => said.push(chunk));
  await new Promise((resolve) => {
    child.on('error', (error) => {
      said.push(Buffer.from(`${program}: ${error.message}\n`));
      resolve(null);
    });
    child.on('close', resolve);
  });
  console.log(Buffer.concat(said).toString());
}

/** @param {string} project @param {string} file @returns {readonly string[]} */
function vitestArguments(project, file) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  return ['run', '--project', project, ...reporters];
}

/** @param {string} file @returns {Score} */
function vitestScore(file) {
  const report = readReport(file, VITEST_REPORT);
  if (report === undefined) return NOTHING_RAN;
  // A file that fails to load has no tests in it, and would otherwise count for nothing.
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length;
  return atLeastOne({
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded,
    skipped: report.numPendingTests + report.numTodoTests,
  });
}

/** On a display of its own each, windows do not take the keyboard from each other: then two halves run side by side. @returns {Promise<Score>} */
async function playwright() {
  if (hasDisplay) {
    const file = reportFile('e2e');
    run(tool('playwright'), PLAYWRIGHT, { PLAYWRIGHT_JSON_OUTPUT_FILE: file });
    return playwrightScore(file);
  }
  const halves = await Promise.all([playwrightHalf(1), playwrightHalf(2)]);
  return {
    passed: sum(halves.map((score) => score.passed)),
    failed: sum(halves.map((score) => score.failed)),
    skipped: sum(halves.map((score) => score.skipped ?? 0)),
  };
}

/** @param {1 | 2} half @returns {Promise<Score>} */
async function playwrightHalf(half) {
  const file = reportFile(`e2e-${half}`);
  // Each looks for a free display from another number on, lest both find the same.
  const display = ['-a', '-n', `${half}00`, '-s', '-screen 0 1600x1000x24'];
  const output = `--output=test-results/${half}`;
  await runBeside(
    findProgram('xvfb-run') ?? 'xvfb-run',
    [...display, tool('playwright'), ...PLAYWRIGHT, `--shard=${half}/2`, output],
    { PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  );
  return playwrightScore(file);
}

/** @param {string} file @returns {Score} */
function playwrightScore(file) {
  const report = readReport(file, PLAYWRIGHT_REPORT);
  if (report === undefined) return NOTHING_RAN;
  const { expected, unexpected, flaky, skipped } = report.stats;
  const failed = unexpected + flaky + report.errors.length;
  return atLeastOne({ passed: expected, failed, skipped });
}

/** A suite in which nothing ran has failed. @param {Score} score @returns {Score} */
function atLeastOne(score) {
  return score.passed + score.failed + (score.skipped ?? 0) === 0 ? NOTHING_RAN : score;
}

/** @param {string} program @param {readonly string[]} args @param {Readonly<Record<string, string>>} [more] */
function run(program, args, more = {}) {
  const started = spawnSync(program, args, {
    cwd: PROJECT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...env, ...more },
  });
  if (started.error !== undefined) console.error(`${program}: ${started.error.message}`);
}

/** @param {string} name @returns {string} */
function tool(name) {
  return join(PROJECT, 'node_modules', '.bin', name);
}

/** @param {string} name @returns {string} where a suite writes its report; an older one is gone */
function reportFile(name) {
  const file = join(PROJECT, 'out', 'reports', `${name}.json`);
  rmSync(file, { force: true });
  return file;
}

/**
 * @template T
 * @param {string} file
 * @param {z.ZodType<T>} schema
 * @returns {T | undefined} undefined when the suite did not get as far as writing one
 */
function readReport(file, schema) {
  return existsSync(file) ? schema.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

/** @param {readonly number[]} numbers @returns {number} */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
