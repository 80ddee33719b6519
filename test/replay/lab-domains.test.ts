// The whole core against the built-in lab: every domain comes out as its plan says, and about as fast as can be.
import { describe, expect, it } from 'vitest';
import { composeOn, DEFAULT_CORE_OPTIONS } from '../../electron/compose.ts';
import { createLab } from '../../electron/lab/lab.ts';
import { knownName } from '../../electron/lab/zone-text.ts';
import { emptyReport } from '../../shared/inspection/empty-report.ts';
import { gather } from '../../shared/inspection/fold.ts';
import { judge } from '../../shared/inspection/judge.ts';
import type { Report } from '../../shared/inspection/report.ts';

const AT = Date.UTC(2026, 10, 24, 12);
const ROUND_TRIP_MS = 20;
/** Referrals to the TLD and the domain, MX, addresses and TLSA; TCP, greeting, EHLO, STARTTLS, TLS. */
const LEAST_ROUND_TRIPS = 9;

const lab = createLab({ at: AT, realTime: false, roundTripMs: ROUND_TRIP_MS });

async function inspect(domain: string): Promise<Report> {
  const { network, rootHints, trustAnchors, webRoots: roots } = lab;
  const options = { ...DEFAULT_CORE_OPTIONS, version: 'test', rootHints, trustAnchors };
  const lenient = { ...options, allowPrivate: true };
  const web = { port: 443, roots };
  const composed = composeOn(network, lenient, 'test.example', [], web);
  if (!composed.ok) throw new Error(composed.message);
  let report = emptyReport(domain);
  const signal = new AbortController().signal;
  for await (const event of composed.core.inspect(knownName(domain), signal)) {
    report = gather(report, event);
  }
  return judge(report);
}

describe('in the lab', () => {
  it.each(lab.domains.map((domain) => [domain.name, domain] as const))(
    '%s comes out as planned',
    async (name, planned) => {
      const report = await inspect(name);
      expect(report.outcome).toBe(planned.outcome);
      expect(report.findings.map(({ code }) => code)).toEqual(
        expect.arrayContaining([...planned.findings]),
      );
      // Nothing is wrong with it that its plan does not tell.
      const errors = report.findings.filter(({ severity }) => severity === 'error');
      expect(
        errors.map(({ code }) => code).filter((code) => !planned.findings.includes(code)),
      ).toEqual([]);
    },
  );

  it('good.lab takes at most twice the least number of round trips, ancestors included', async () => {
    const report = await inspect('good.lab');
    expect(report.finished).toBe(true);
    expect(report.durationMs).toBeGreaterThanOrEqual(LEAST_ROUND_TRIPS * ROUND_TRIP_MS);
    expect(report.durationMs).toBeLessThanOrEqual(2 * LEAST_ROUND_TRIPS * ROUND_TRIP_MS);
  });
});
