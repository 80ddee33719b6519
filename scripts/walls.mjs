// The walls of the house: every check that reads the sources without running them.
import { spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import limit from 'p-limit';
import { PROJECT } from './project.mjs';

/** @typedef {{ readonly name: string, readonly command: readonly string[] }} Wall */
/** @typedef {{ readonly passed: number, readonly failed: number }} Score */

/** @param {string} name @returns {string} */
const tool = (name) => join(PROJECT, 'node_modules', '.bin', name);
/** @param {string} folder @returns {Wall} */
const types = (folder) => ({ name: `types of ${folder}/`, command: [tool('tsc'), '-p', folder] });

/** The tests of the window see the DOM, the others must not. */
const TYPED_FOLDERS = [
  ...['shared', 'electron', 'renderer'],
  ...['test', 'test/unit/renderer', 'test/e2e'],
  'scripts',
  // A script that browsers get as it is.
  'assets/visitor',
];

/** @type {readonly Wall[]} */
const WALLS = [
  { name: 'format', command: [tool('prettier'), '--check', '--log-level', 'warn', '.'] },
  { name: 'lint', command: [tool('oxlint'), '--deny-warnings'] },
  ...TYPED_FOLDERS.map(types),
  {
    name: 'imports between rooms',
    command: [tool('depcruise'), 'shared', 'electron', 'renderer', 'test', 'scripts'],
  },
  { name: 'unused files, exports and packages', command: [tool('knip'), '--no-progress'] },
  {
    name: 'texts of the window stand in renderer/words',
    command: [execPath, join(PROJECT, 'scripts', 'words-wall.mjs')],
  },
  { name: 'prose', command: [tool('markdownlint-cli2')] },
  {
    name: 'docs/findings.md is what the catalogue says',
    command: [execPath, join(PROJECT, 'scripts', 'findings-document.mjs'), '--check'],
  },
];

/** Prints one line a wall, and what a failing one said. @returns {Promise<Score>} */
export async function runWalls() {
  const atOnce = limit(Math.max(1, cpus().length));
  const results = await Promise.all(WALLS.map((wall) => atOnce(() => standsUp(wall))));
  const passed = results.filter(Boolean).length;
  return { passed, failed: results.length - passed };
}

/** @param {Wall} wall @returns {Promise<boolean>} */
async function standsUp({ name, command: [program = '', ...args] }) {
  const child = spawn(program, args, { cwd: PROJECT, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (output += String(chunk)));
  /** @type {number | null} */
  const code = await new Promise((resolve) => {
    child.on('error', (error) => {
      output += error.message;
      resolve(1);
    });
    child.on('close', resolve);
  });
  console.log(code === 0 ? `ok      ${name}` : `FAILED  ${name}\n${output.trimEnd()}\n`);
  return code === 0;
}
