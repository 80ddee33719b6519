/** Looks at the policies that stand beside DANE: MTA-STS (RFC 8461) and TLS reporting (RFC 8460). */
import { addressToText } from '../../shared/dns/address.ts';
import { nameFromText, type Name } from '../../shared/dns/name.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import { NO_MTA_STS, NO_TLS_RPT } from '../../shared/inspection/empty-report.ts';
import type { MtaStsReport, TlsRptReport } from '../../shared/inspection/report.ts';
import { readMtaStsPolicy, type MtaStsPolicy } from '../../shared/policy/mta-sts-policy.ts';
import { readMtaStsRecord } from '../../shared/policy/mta-sts-record.ts';
import { uncoveredHosts } from '../../shared/policy/mx-pattern.ts';
import { readTlsRptRecord } from '../../shared/policy/tls-rpt-record.ts';
import type { LookUp } from '../resolver/resolver.ts';
import { MAX_POLICY_MS, MAX_TXT_RECORDS } from './limits.ts';
import { hasFailed, judgedSecurity } from './look-up-report.ts';
import type { Run } from './run.ts';

/**
 * Runs beside the hosts, with a deadline of its own, and tells one event. Nothing of it reaches the
 * verdict on DANE, and what the resolver notices on the way is not told: it is about other names.
 */
export async function inspectPolicy(run: Run, hosts: readonly Name[]): Promise<void> {
  const deadline = startDeadline(run);
  try {
    if (!(await takesMail(run, hosts, deadline.signal))) return;
    const [mtaSts, tlsRpt] = await Promise.all([
      inTime(deadline, inspectMtaSts(run, hosts, deadline), MTA_STS_LATE),
      inTime(deadline, inspectTlsRpt(run, deadline.signal), TLS_RPT_LATE),
    ]);
    run.emit({ kind: 'policy', mtaSts, tlsRpt });
  } catch (error) {
    if (!deadline.isOver() || run.signal.aborted) throw error;
  } finally {
    deadline.end();
  }
}

const LATE = `it was not found out within ${MAX_POLICY_MS / 1000} seconds`;
const MTA_STS_LATE: MtaStsReport = { ...NO_MTA_STS, checked: true, problem: LATE };
const TLS_RPT_LATE: TlsRptReport = { ...NO_TLS_RPT, checked: true, problem: LATE };

/** RFC 5321 §5.1: without MX records the domain is its own host, if it has an address. */
async function takesMail(run: Run, hosts: readonly Name[], signal: AbortSignal): Promise<boolean> {
  const [only, second] = hosts;
  if (only === undefined) return false;
  if (second !== undefined || only.key !== run.query.domain.key) return true;
  return (await addressesOf(run, only, signal)).addresses.length > 0;
}

async function inspectTlsRpt(run: Run, signal: AbortSignal): Promise<TlsRptReport> {
  const lookUp = await lookUpTexts(run, '_smtp._tls', signal);
  if (lookUp === null) return { ...NO_TLS_RPT, checked: true };
  const { security, failure, texts } = lookUp;
  if (failure !== null) return { ...NO_TLS_RPT, checked: true, security, problem: failure };
  return { checked: true, security, ...readTlsRptRecord(texts) };
}

async function inspectMtaSts(
  run: Run,
  hosts: readonly Name[],
  deadline: Deadline,
): Promise<MtaStsReport> {
  const lookUp = await lookUpTexts(run, '_mta-sts', deadline.signal);
  if (lookUp === null) return { ...NO_MTA_STS, checked: true };
  const { security, failure, texts } = lookUp;
  const known = { ...NO_MTA_STS, checked: true, security };
  if (failure !== null) return { ...known, problem: failure };
  const found = { ...known, ...readMtaStsRecord(texts) };
  // Without mail servers nothing is connected to, the web server neither.
  if (found.id === null || !run.query.smtp) return found;
  const file = await readPolicyFile(run, deadline);
  if (!file.ok) return { ...found, problem: file.reason };
  const { policy } = file;
  // RFC 8461 §5: with mode none there is no policy to follow, so no host can break it.
  const covered = policy.mode === 'none' ? [] : hosts.map(({ key }) => key);
  return { ...found, policy, uncovered: uncoveredHosts(covered, policy.mx) };
}

type FileReading =
  | { readonly ok: true; readonly policy: MtaStsPolicy }
  | { readonly ok: false; readonly reason: string };

async function readPolicyFile(run: Run, deadline: Deadline): Promise<FileReading> {
  const host = nameFromText(`mta-sts.${run.query.domain.key}`);
  if (!host.ok) return failed('the name of its web server would be too long');
  const { addresses, isFailed } = await addressesOf(run, host.value, deadline.signal);
  if (addresses.length === 0) {
    const fault = isFailed ? 'cannot be looked up' : 'has no address';
    return failed(`its web server ${host.value.key} ${fault}`);
  }
  const allowed = addresses.filter((address) => isAllowed(run, address));
  if (allowed.length === 0) {
    return failed(`its web server ${host.value.key} has only private or special addresses`);
  }
  const file = await run.ports.fetchPolicyFile(
    { host: host.value.key, addresses: allowed, timeoutMs: deadline.leftMs() - TELLING_MS },
    deadline.signal,
  );
  return file.kind === 'file' ? readMtaStsPolicy(file.text) : failed(file.reason);
}

/** Milliseconds kept back, so that a slow web server is named before the deadline ends everything. */
const TELLING_MS = 500;

function failed(reason: string): FileReading {
  return { ok: false, reason };
}

/** The user's own network, and a family that was not asked for, are left alone. */
function isAllowed(run: Run, address: string): boolean {
  const isFamilyAsked = run.query.families.includes(address.includes(':') ? 6 : 4);
  return isFamilyAsked && (run.query.allowPrivate || run.ports.specialRange(address) === null);
}

interface Addresses {
  readonly addresses: readonly string[];
  /** A look-up failed, so that there may be more. */
  readonly isFailed: boolean;
}

async function addressesOf(run: Run, host: Name, signal: AbortSignal): Promise<Addresses> {
  const lookUps = await Promise.all(
    [TYPE.A, TYPE.AAAA].map((type) => run.ports.resolver.resolve(host, type, signal)),
  );
  const addresses = lookUps
    .filter((lookUp) => !hasFailed(lookUp))
    .flatMap((lookUp) => lookUp.rrset?.records ?? [])
    .flatMap(({ rdata }) => addressToText(rdata) ?? []);
  return { addresses, isFailed: lookUps.some(hasFailed) };
}

interface Texts {
  readonly security: LookUp['security'];
  /** Why there is no answer to read; null when there is one. */
  readonly failure: string | null;
  readonly texts: readonly string[];
}

/** Null where the name would be longer than DNS allows: no record can be there. */
async function lookUpTexts(run: Run, label: string, signal: AbortSignal): Promise<Texts | null> {
  const owner = nameFromText(`${label}.${run.query.domain.key}`);
  if (!owner.ok) return null;
  const lookUp = await run.ports.resolver.resolve(owner.value, TYPE.TXT, signal);
  const security = judgedSecurity(lookUp);
  if (hasFailed(lookUp)) {
    const why = lookUp.reason?.text ?? lookUp.rcode;
    return { security, failure: `its record could not be looked up: ${why}`, texts: [] };
  }
  const records = lookUp.rrset?.records.slice(0, MAX_TXT_RECORDS) ?? [];
  return { security, failure: null, texts: records.map(({ rdata }) => joinStrings(rdata)) };
}

/** RFC 8461 §3.1, RFC 8460 §3: the strings of a record are joined without spaces; octets stay what they are. */
function joinStrings(rdata: Uint8Array): string {
  let text = '';
  for (let at = 0; at < rdata.length; at += 1 + (rdata[at] ?? 0)) {
    const string = rdata.subarray(at + 1, at + 1 + (rdata[at] ?? 0));
    text += String.fromCharCode(...string);
  }
  return text;
}

interface Deadline {
  readonly signal: AbortSignal;
  leftMs(): number;
  isOver(): boolean;
  /** Ends what is still under way. */
  end(): void;
}

function startDeadline(run: Run): Deadline {
  const controller = new AbortController();
  const { clock } = run.ports;
  const ends = clock.monotonic() + MAX_POLICY_MS;
  const follow = (): void => controller.abort(run.signal.reason);
  run.signal.addEventListener('abort', follow, { once: true });
  if (run.signal.aborted) follow();
  let over = false;
  const cancel = clock.setTimer(MAX_POLICY_MS, () => {
    over = true;
    controller.abort(new Error('MAX_POLICY_MS'));
  });
  return {
    signal: controller.signal,
    leftMs: () => Math.max(0, ends - clock.monotonic()),
    isOver: () => over,
    end: () => {
      cancel();
      run.signal.removeEventListener('abort', follow);
      controller.abort(new Error('the policies have been looked at'));
    },
  };
}

/** What our own deadline cut off becomes a sentence; a person's abort and bugs are passed on. */
async function inTime<T>(deadline: Deadline, work: Promise<T>, late: T): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (deadline.isOver()) return late;
    throw error;
  }
}
