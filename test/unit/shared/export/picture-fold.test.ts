// Which hosts of a picture one may stand for: those that are alike, and never one that something is wrong with.
import { describe, expect, test } from 'vitest';
import { foldHosts } from '../../../../shared/export/picture-fold.ts';
import type { HostReport } from '../../../../shared/inspection/report.ts';
import { address, hostNamed, mismatch, probe } from '../inspection/evidence.ts';

const NOTHING = { open: new Set<string>(), apart: new Set<string>() };

/** Twelve sound hosts, and three more that are all like this. */
function hostsWith(more: Partial<HostReport>): readonly HostReport[] {
  return Array.from({ length: 15 }, (_, index) =>
    hostNamed(`mx${index + 1}.example.org`, {
      outcome: 'authenticated',
      addresses: [address(`192.0.2.${index + 1}`, [probe()])],
      ...(index >= 12 ? more : {}),
    }),
  );
}

const drawn = (hosts: readonly HostReport[]): readonly string[] =>
  foldHosts(hosts, NOTHING).map((entry) =>
    entry.kind === 'host' ? entry.host.name : `${entry.fold.hosts.length} more`,
  );

describe('behind the first of fifteen hosts', () => {
  test('stand all others that are like it', () => {
    expect(drawn(hostsWith({}))).toEqual(['mx1.example.org', '14 more']);
  });

  test.each<[string, Partial<HostReport>]>([
    ['whose mail is deferred before any certificate', { outcome: 'deferred' }],
    ['that only encrypts', { outcome: 'encrypted-only' }],
    ['whose addresses are bogus', { security: 'bogus' }],
    [
      'whose certificate matches nothing, though no sender minds',
      { outcome: 'opportunistic', addresses: [address('192.0.2.99', [mismatch()])] },
    ],
  ])('stands none %s, even of several', (_, more) => {
    // Enough of them to be folded, were they sound.
    const hosts = [...hostsWith(more), ...hostsWith(more).slice(12)];
    const names = [13, 14, 15, 13, 14, 15].map((number) => `mx${number}.example.org`);
    expect(drawn(hosts)).toEqual(['mx1.example.org', '11 more', ...names]);
  });
});
