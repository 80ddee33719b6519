// Writes docs/findings.md from the catalogue in shared/findings; with --check only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { runnerImport } from 'vite';
import { PROJECT } from './project.mjs';

/** @typedef {import('../shared/findings/finding.ts').Finding} Finding */
/** @typedef {import('../shared/findings/finding.ts').Parameters} Parameters */

const DOCUMENT = join(PROJECT, 'docs', 'findings.md');
const isCheck = argv.includes('--check');

const INTRODUCTION = `# Findings

Every code that \`check\` and the window can report. Scripts may rely on a code: it is never renamed
or given another meaning. The severity is the usual one; a finding may be milder or graver where the
text says so. NAME stands for the DNS name or address a finding is about, ‹words› for what was seen.

This page is generated from \`shared/findings\` by \`npm run findings\`.
`;

const written = await findingsDocument();
if (!isCheck) writeFileSync(DOCUMENT, written);
else if (current() !== written) {
  console.error('docs/findings.md is not what the catalogue says. Run: npm run findings');
  process.exitCode = 1;
}

/** @returns {string | undefined} */
function current() {
  try {
    return readFileSync(DOCUMENT, 'utf8');
  } catch {
    return undefined;
  }
}

/** @returns {Promise<string>} */
async function findingsDocument() {
  const load = { configFile: /** @type {const} */ (false), root: PROJECT };
  /** @type {{ module: typeof import('../shared/findings/codes.ts') }} */
  const codes = await runnerImport(join(PROJECT, 'shared/findings/codes.ts'), load);
  /** @type {{ module: typeof import('../shared/findings/catalogue.ts') }} */
  const catalogue = await runnerImport(join(PROJECT, 'shared/findings/catalogue.ts'), load);
  const sections = codes.module.FINDING_CODES.map((code) =>
    section(catalogue.module.makeFinding(code, 'NAME', placeholders())),
  );
  return `${INTRODUCTION}\n${sections.join('\n')}`;
}

/** @param {Finding} finding @returns {string} */
function section({ code, severity, title, message, remedy, mends, reference }) {
  const whose = mends === 'nobody' ? '' : ` · to be mended by: ${mends}`;
  const text = [`## ${code}`, `**${severity}** · ${reference}${whose}`, `${title}. ${message}`];
  if (remedy !== '') text.push(`\`\`\`text\n${remedy.trimEnd()}\n\`\`\``);
  return `${text.join('\n\n')}\n`;
}

/** Parameters in which every one is there, and holds its own name. @returns {Parameters} */
function placeholders() {
  return new Proxy({}, { get: (_target, key) => `‹${String(key)}›`, has: () => true });
}
