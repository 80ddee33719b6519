/** How far a run is, as the verdict line counts it: never more than is known. */
import { describe, expect, it } from 'vitest';
import { stagesOf } from '../../../renderer/inspect/stages.ts';
import { emptyReport } from '../../../shared/inspection/empty-report.ts';
import type { InspectionEvent } from '../../../shared/inspection/event.ts';
import { gather } from '../../../shared/inspection/fold.ts';
import { addresses, degraded, mxEvent, probeEvent, started, tlsaEvent } from './streams.ts';

const NAMES = ['mx1.example.org', 'mx2.example.org'] as const;
const [MX1, MX2] = NAMES;

function told(...events: readonly InspectionEvent[]): Readonly<Record<string, string>> {
  const report = [started('example.org'), ...events].reduce(gather, emptyReport('example.org'));
  return Object.fromEntries(
    stagesOf(report).map(({ name, state, done, total, isWhole }) => [
      name,
      `${state} ${done}/${total}${isWhole ? '' : '+'}`,
    ]),
  );
}

const LIST = mxEvent(
  'example.org',
  NAMES.map((name, index) => [10 * index, name] as const),
);
const NO_POLICY = emptyReport('').policy;

describe('the stages of a run', () => {
  it('wait for the mail hosts, but for the policies', () => {
    expect(told()).toEqual({
      ...{ mx: 'running 0/1', hosts: 'waiting 0/0+', addresses: 'waiting 0/0+' },
      ...{ ancestors: 'waiting 0/0+', policy: 'running 0/2' },
    });
  });

  it('count hosts whose addresses and records are both known', () => {
    expect(told(LIST)['hosts']).toBe('running 0/2');
    expect(told(LIST, addresses(MX1, ['192.0.2.1']))['hosts']).toBe('running 0/2');
    expect(told(LIST, tlsaEvent(MX1, []))['hosts']).toBe('running 0/2');
    const one = [addresses(MX1, ['192.0.2.1']), tlsaEvent(MX1, [])];
    expect(told(LIST, ...one)['hosts']).toBe('running 1/2');
    const both = [...one, addresses(MX2, []), tlsaEvent(MX2, [])];
    expect(told(LIST, ...both)['hosts']).toBe('done 2/2');
  });

  it('call the number of addresses final only when every host has told its own', () => {
    const first = [LIST, addresses(MX1, ['192.0.2.1', '2001:db8::1'])];
    expect(told(...first)['addresses']).toBe('running 0/2+');
    const probed = probeEvent(MX1, '192.0.2.1', [], []);
    expect(told(...first, probed)['addresses']).toBe('running 1/2+');
    const all = [...first, addresses(MX2, ['192.0.2.2'])];
    expect(told(...all, probed)['addresses']).toBe('running 1/3');
    const others = [probeEvent(MX1, '2001:db8::1', [], []), probeEvent(MX2, '192.0.2.2', [], [])];
    expect(told(...all, probed, ...others)['addresses']).toBe('done 3/3');
    // A second look at the same address, with another key, is no second address.
    const again = probeEvent(MX1, '192.0.2.1', [], [], { index: 1, offer: 'rsa' });
    expect(told(...all, probed, again)['addresses']).toBe('running 1/3');
  });

  it('count the hosts whose ancestors have been asked for', () => {
    const asked = { kind: 'ancestors', host: MX2, ancestors: [], tlsaServers: [] } as const;
    expect(told(LIST)['ancestors']).toBe('running 0/2');
    expect(told(LIST, asked, asked)['ancestors']).toBe('running 1/2');
  });

  it('count both policies', () => {
    const half: InspectionEvent = {
      ...{ kind: 'policy', tlsRpt: NO_POLICY.tlsRpt },
      mtaSts: { ...NO_POLICY.mtaSts, checked: true },
    };
    expect(told(half)['policy']).toBe('running 1/2');
    const tlsRpt = { ...NO_POLICY.tlsRpt, checked: true };
    expect(told({ ...half, tlsRpt })['policy']).toBe('done 2/2');
  });

  it('have none for mail servers where none are spoken to', () => {
    const report = [{ ...started('example.org'), smtp: false } as InspectionEvent, LIST].reduce(
      gather,
      emptyReport('example.org'),
    );
    expect(stagesOf(report).map(({ name }) => name)).toEqual(['mx', 'hosts', 'ancestors']);
  });

  it('are over where there is no mail host to ask about', () => {
    const none = { ...mxEvent('example.org', []), nonexistent: true } as InspectionEvent;
    expect(told(none)).toMatchObject({ mx: 'done 1/1', hosts: 'done 0/0', ancestors: 'done 0/0' });
  });

  it('are all done at the end of a whole run, but for policies that it did not look at', () => {
    const { policy, ...others } = told(...degraded());
    expect(policy).toBe('running 0/2');
    expect(Object.values(others).every((text) => text.startsWith('done'))).toBe(true);
  });
});
