// What the text of a host says of each TLSA record: only what was seen.
import { expect, test } from 'vitest';
import { printHostChain } from '../../../../electron/cli/print-host.ts';
import { createTerminal } from '../../../../electron/cli/terminal.ts';
import type { HostReport } from '../../../../shared/inspection/report.ts';
import {
  address,
  ended,
  host,
  judged,
  NO_MATCH,
  probe,
  MATCH,
  record,
  tlsa,
} from '../../shared/inspection/evidence.ts';

const terminal = createTerminal({
  stdout: { write: () => true },
  stderr: { write: () => true },
  environment: {},
});

function print(given: Partial<HostReport>): string {
  const [judgedHost] = judged([host(given)]).hosts;
  return judgedHost === undefined ? '' : printHostChain(judgedHost, terminal).join('\n');
}

test.each([
  ['left out', []],
  ['out of reach', [ended('timeout', 'connect')]],
])('of a server %s no record is said to match nothing', (_, probes) => {
  const text = print({ addresses: [address('192.0.2.1', probes)] });
  expect(text).toContain('compared with nothing: no certificate was seen');
  expect(text).not.toContain('stale');
});

test('a weaker digest is said to be set aside, not to match nothing', () => {
  const reason = 'set aside, since a 3 1 2 record stands beside it';
  const aside = { ...NO_MATCH, code: 'superseded-digest', reason } as const;
  const text = print({
    tlsa: tlsa({ records: [record(), record({ matchingType: 2 })] }),
    addresses: [address('192.0.2.1', [probe({ associations: [aside, MATCH] })])],
  });
  expect(text).toContain(reason);
  expect(text).not.toContain('stale');
});

test('a record that matches none of the certificates seen is a next key, or stale', () => {
  const text = print({
    tlsa: tlsa({ records: [record(), record({ data: 'ee'.repeat(32) })] }),
    addresses: [address('192.0.2.1', [probe({ associations: [MATCH, NO_MATCH] })])],
  });
  expect(text).toContain('current; matches the server’s certificate');
  expect(text).toContain('matches nothing presented: a next key, or stale');
});
