// When an inspection tells what unmatched records are: with the host's own chain, and again with another host's.
import { expect, test } from 'vitest';
import { createAssociationCrypto } from '../../../../electron/crypto/association-crypto.ts';
import { withDetective } from '../../../../electron/inspection/detective.ts';
import { describeProbe } from '../../../../electron/smtp/describe.ts';
import { formatTlsa, type Tlsa } from '../../../../shared/dane/tlsa.ts';
import { toHex } from '../../../../shared/dns/bytes.ts';
import { emptyTlsa } from '../../../../shared/inspection/empty-report.ts';
import type { InspectionEvent } from '../../../../shared/inspection/event.ts';
import type { RecordIdentity } from '../../../../shared/inspection/report.ts';
import { authority, HOST, record, server, type Issued } from '../../shared/dane/chain-maker.ts';
import { NOON } from '../../shared/x509/certificate-maker.ts';

const OTHER = 'mx2.example.org';
const root = authority('Root', null);
const leaf = server(root);
const other = server(root, { subject: OTHER });
const crypto = createAssociationCrypto();

const matching = record('3 1 1', leaf.der);
const issuers = { ...record('2 1 1', root.der), usage: 3 };
const others = record('3 1 1', other.der);
const unknown = record('3 1 1', server(root).der);

function tlsaEvent(host: string, records: readonly Tlsa[]): InspectionEvent {
  const reports = records.map((one) => ({
    ...one,
    data: toHex(one.data),
    usable: true,
    matches: false,
    matchedDepth: null,
    role: 'next-or-stale' as const,
    identity: null,
  }));
  return { kind: 'tlsa', host, tlsa: { ...emptyTlsa(host, 25), records: reports } };
}

function probeEvent(
  host: string,
  chain: readonly Issued[],
  records: readonly Tlsa[],
  index = 0,
): InspectionEvent {
  const probe = describeProbe(
    {
      address: '192.0.2.1',
      serverName: host,
      stage: 'done',
      failure: null,
      error: null,
      banner: null,
      starttls: 'offered',
      injected: false,
      session: {
        version: 'TLSv1.3',
        cipher: '',
        presented: chain.map(({ der }) => der),
        exact: true,
      },
      transcript: [],
      offer: 'usual',
      source: 'network',
      parting: Promise.resolve(null),
      stages: [],
    },
    { records, referenceNames: [host], at: NOON },
    crypto,
  );
  return { kind: 'probe', host, address: '192.0.2.1', index, probe };
}

/** The identities told, each with what was told before it. */
function run(...events: readonly InspectionEvent[]) {
  const told: InspectionEvent[] = [];
  const emit = withDetective((event) => told.push(event), crypto);
  for (const event of events) emit(event);
  return told;
}

function identities(told: readonly InspectionEvent[]) {
  return told.flatMap((event) =>
    event.kind === 'identities' ? [{ host: event.host, is: event.identities.map(shorten) }] : [],
  );
}

function shorten(identity: RecordIdentity | null): string {
  return identity === null ? '' : `${identity.host} ${identity.depth} ${identity.meant}`;
}

test('a host’s own chain shows what its records are; those that match are not looked into', () => {
  const records = [matching, issuers, unknown];
  const told = run(tlsaEvent(HOST, records), probeEvent(HOST, [leaf, root], records));
  expect(identities(told)).toEqual([{ host: HOST, is: ['', `${HOST} 1 2 1 1`, ''] }]);
  expect(told.map(({ kind }) => kind)).toEqual(['tlsa', 'probe', 'identities']);
});

test('another host’s chain, seen later, shows what was open; nothing is told twice', () => {
  const records = [matching, others];
  const told = run(
    tlsaEvent(HOST, records),
    probeEvent(HOST, [leaf], records),
    tlsaEvent(OTHER, [others]),
    probeEvent(OTHER, [other], [others]),
    probeEvent(OTHER, [other], [others]),
  );
  expect(identities(told)).toEqual([{ host: HOST, is: ['', `${OTHER} 0 3 1 1`] }]);
});

test('a record that the second key type matches is taken back', () => {
  const records = [matching, others];
  const told = run(
    probeEvent(OTHER, [other], []),
    tlsaEvent(HOST, records),
    probeEvent(HOST, [leaf], records),
    probeEvent(HOST, [other], records, 1),
  );
  expect(identities(told)).toEqual([
    { host: HOST, is: ['', `${OTHER} 0 3 1 1`] },
    { host: HOST, is: ['', ''] },
  ]);
});

test('before its own chain is known nothing is said of a host’s records', () => {
  const told = run(tlsaEvent(HOST, [others]), probeEvent(OTHER, [other], []));
  expect(identities(told)).toEqual([]);
});

test('a verdict that says itself why is not looked into: an expired issuer is the right record', () => {
  const anchor = record('2 1 1', root.der);
  const misnamed = server(root, { extensions: [], subject: 'elsewhere.example' });
  const told = run(tlsaEvent(HOST, [anchor]), probeEvent(HOST, [misnamed, root], [anchor]));
  expect(identities(told)).toEqual([]);
  expect(formatTlsa(anchor)).toMatch(/^2 1 1/);
});
