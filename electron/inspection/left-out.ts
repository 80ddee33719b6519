/** Which addresses are not spoken to, and the report that stands in for their probe (RFC 6890). */
import type { AddressReport, ProbeReport } from '../../shared/inspection/report.ts';
import type { Run } from './run.ts';

/** The user's own network, and a family that was not asked for, are left alone. */
export function reasonToLeaveOut(run: Run, { address, family }: AddressReport): ProbeReport | null {
  const range = run.query.allowPrivate ? null : run.ports.specialRange(address);
  if (range !== null)
    return unprobed('private-address', `a ${RANGE_WORDS.get(range) ?? range} address`);
  if (!run.query.families.includes(family)) {
    return unprobed('skipped', `only IPv${family === 4 ? 6 : 4} was asked for`);
  }
  return null;
}

const RANGE_WORDS: ReadonlyMap<string, string> = new Map([
  ['linkLocal', 'link-local'],
  ['uniqueLocal', 'private (unique local)'],
  ['ipv4Mapped', 'IPv4-mapped'],
  ['ipv4Compatible', 'IPv4-compatible'],
  ['carrierGradeNat', 'carrier-grade NAT'],
  ['unspecified', 'unspecified'],
]);

function unprobed(failure: 'private-address' | 'skipped', error: string): ProbeReport {
  return {
    offer: 'usual',
    source: 'network',
    ok: false,
    error,
    stage: 'connect',
    failure,
    banner: null,
    starttls: null,
    injected: false,
    tlsVersion: null,
    cipher: null,
    keyType: null,
    sni: null,
    chain: [],
    chainExact: true,
    chainShape: null,
    pkix: null,
    transcript: [],
    stages: [],
    associations: [],
    verdict: null,
  };
}
