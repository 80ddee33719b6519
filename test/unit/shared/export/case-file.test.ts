/** A case is written only as far as it can be read again, and no file of it takes the place of another. */
import { describe, expect, it } from 'vitest';
import { MAX_RUNS, readCase, writeCase } from '../../../../shared/export/case-file.ts';
import { unzipFiles } from '../../../../shared/export/zip.ts';
import type { InspectionEvent } from '../../../../shared/inspection/event.ts';
import type { RecordedRun } from '../../../../shared/inspection/recorded-run.ts';
import { degraded } from '../../renderer/streams.ts';

function recorded(events: readonly InspectionEvent[]): RecordedRun {
  return {
    settings: {
      domain: 'example.org',
      version: '1.0.0',
      startedAt: 1_764_000_000_000,
      at: 1_764_000_000_000,
      rootHints: '',
      trustAnchors: '',
      resolver: null,
      dnsPort: 53,
      smtpPort: 25,
      timeoutMs: 5000,
      families: [4, 6],
      smtp: true,
      allowPrivate: false,
      maxConnections: 24,
      withoutSni: false,
      chains: [],
      proxy: null,
      seed: '00',
    },
    events,
    exchanges: [],
    connections: [],
    probes: [],
    policyFiles: [],
  };
}

function namesIn(archive: Uint8Array | null): readonly string[] {
  const unzipped = unzipFiles(archive ?? new Uint8Array(0));
  if (!unzipped.ok) throw new Error(unzipped.reason);
  return unzipped.names;
}

/** The same with every name of the host made as long as names may be. */
function renamed(events: readonly InspectionEvent[], from: string, to: string) {
  const text = JSON.stringify(events).replaceAll(from, to);
  const parsed: unknown = JSON.parse(text);
  return parsed as readonly InspectionEvent[];
}

describe('a case', () => {
  it('of more runs than are read again is none', () => {
    const run = recorded(degraded().slice(0, 1));
    expect(writeCase(Array<RecordedRun>(MAX_RUNS + 1).fill(run))).toBeNull();
  });

  it('of very many conversations keeps all that is read again, and stays readable', () => {
    const run = recorded(degraded());
    const one = namesIn(writeCase([run])).filter((name) => /\/(chains|conversations)\//.test(name));
    expect(one.length).toBeGreaterThan(0);
    const chatty = degraded().flatMap((event): readonly InspectionEvent[] =>
      event.kind === 'probe'
        ? Array.from({ length: 1500 }, (_, index) => ({ ...event, index }))
        : [event],
    );
    const archive = writeCase([recorded(chatty)]);
    expect(namesIn(archive).filter((name) => name.endsWith('.pem'))).toEqual([]);
    expect(readCase(archive ?? new Uint8Array(0))).toMatchObject({ ok: true });
  });

  it('of a host with a long name holds the chain of each of its addresses', () => {
    const long = `${'a'.repeat(60)}.${'b'.repeat(60)}.example.org`;
    const short = namesIn(writeCase([recorded(degraded())]));
    const names = namesIn(writeCase([recorded(renamed(degraded(), 'mx1.example.org', long))]));
    expect(names).toHaveLength(short.length);
  });
});
