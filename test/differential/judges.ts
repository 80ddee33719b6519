// One question put to the inspector's resolver, to unbound-host and to delv, and what each makes of it (RFC 4033 §5).
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { composeCore, DEFAULT_CORE_OPTIONS } from '../../electron/compose.ts';
import { nameFromText } from '../../shared/dns/name.ts';
import { typeFromText } from '../../shared/dns/record-type.ts';
import type { Security } from '../../shared/inspection/report.ts';
import { readStatus as readDelv } from '../integration/judges/delv.ts';
import { readStatus as readUnbound } from '../integration/judges/unbound-host.ts';
import { PORT, type World } from './world.ts';

export interface Verdict {
  readonly security: Security;
  /** Of an answer that can be used; null of one that cannot. */
  readonly rcode: 'NOERROR' | 'NXDOMAIN' | 'YXDOMAIN' | null;
  /** What the judge said of it, for people. */
  readonly words: string;
}

export interface Verdicts {
  readonly ours: Verdict;
  readonly unbound: Verdict;
  readonly delv: Verdict;
}

export interface Asked {
  readonly name: string;
  readonly type: string;
  /** The anchor is that of `island.tld` and not the root's. */
  readonly island?: true;
}

export async function judge(world: World, asked: Asked): Promise<Verdicts> {
  const [ours, unbound, delv] = await Promise.all([
    judgeOurselves(world, asked),
    judgeWithUnbound(world, asked),
    judgeWithDelv(world, asked),
  ]);
  return { ours, unbound, delv };
}

export async function judgeOurselves(world: World, asked: Asked): Promise<Verdict> {
  const { files } = world;
  const composed = composeCore({
    ...DEFAULT_CORE_OPTIONS,
    version: '0',
    rootHints: readFileSync(files.rootHints, 'utf8'),
    trustAnchors: readFileSync(asked.island ? files.islandAnchor : files.trustAnchor, 'utf8'),
    dnsPort: PORT,
    families: [4],
    allowPrivate: true,
    smtp: false,
  });
  if (!composed.ok) throw new Error(composed.message);
  const name = nameFromText(asked.name);
  const type = typeFromText(asked.type);
  if (!name.ok || type === null) throw new Error(`cannot ask ${asked.name} ${asked.type}`);
  const { core } = composed;
  const report = await core.resolve(name.value, type, new AbortController().signal);
  return {
    security: report.security,
    rcode: usable(report.security, report.rcode),
    words: report.reason ?? report.answers.map(({ data }) => data).join(' '),
  };
}

async function judgeWithUnbound({ files }: World, asked: Asked): Promise<Verdict> {
  const configuration = asked.island ? files.unboundIsland : files.unbound;
  const args = ['-C', configuration, '-v', '-t', asked.type, absolute(asked.name)];
  const words = await outputOf('unbound-host', args);
  const security = readUnbound(words);
  const rcode = /: 3\(NXDOMAIN\)/.test(words) ? 'NXDOMAIN' : 'NOERROR';
  return { security, rcode: usable(security, rcode), words };
}

async function judgeWithDelv({ files, everything }: World, asked: Asked): Promise<Verdict> {
  const anchor = asked.island
    ? ['-a', files.delvIslandAnchor, '+root=island.tld.']
    : ['-a', files.delvAnchor, '+root=.'];
  const server = [`@${everything}`, '-p', String(PORT)];
  const words = await outputOf('delv', [...server, ...anchor, absolute(asked.name), asked.type]);
  // It shows such a denial without having come to a verdict on it.
  const isPending = /^; (negative response, )?signed answer, pending validation$/m.test(words);
  const security = isPending ? 'indeterminate' : readDelv(words);
  const rcode = /ncache nxdomain/.test(words) ? 'NXDOMAIN' : 'NOERROR';
  return { security, rcode: usable(security, rcode), words };
}

function usable(security: Security, rcode: string): Verdict['rcode'] {
  if (security !== 'secure' && security !== 'insecure') return null;
  return rcode === 'NOERROR' || rcode === 'NXDOMAIN' || rcode === 'YXDOMAIN' ? rcode : null;
}

function absolute(name: string): string {
  return name === '.' ? name : `${name}.`;
}

/** Milliseconds: delv alone goes on for twelve seconds where it cannot use what it gets. */
const PATIENCE = 5_000;

function outputOf(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    // Both end with an error where an answer is bogus, and say why on standard error.
    execFile(command, [...args], { timeout: PATIENCE }, (error, stdout, stderr) => {
      const given = `${stderr}${stdout}`;
      const isLate = error?.killed === true && !given.includes(';; resolution failed: ');
      resolve(isLate ? `${given}\n;; resolution failed: not within ${PATIENCE} ms\n` : given);
    });
  });
}
