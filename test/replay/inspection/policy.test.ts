// MTA-STS and TLS reporting within an inspection: what is asked, what is told, and that the verdict on DANE stays out of it.
import { describe, expect, test } from 'vitest';
import type { Report } from '../../../shared/inspection/report.ts';
import { emptyReport } from '../../../shared/inspection/empty-report.ts';
import { fold } from '../../../shared/inspection/fold.ts';
import { begin, BOGUS, createLog, replay, SERVFAIL, type Script } from './script.ts';

const MAIL = {
  'example.org MX': { records: 'example.org. 60 IN MX 10 mx.example.org.' },
  'mx.example.org A': { records: 'mx.example.org. 60 IN A 192.0.2.1' },
};
const TXT = (owner: string, text: string) => ({ records: `${owner}. 60 IN TXT ${text}` });
const STS = {
  '_mta-sts.example.org TXT': TXT('_mta-sts.example.org', '"v=STSv1; " "id=1"'),
  'mta-sts.example.org A': { records: 'mta-sts.example.org. 60 IN A 192.0.2.80' },
};
const RPT = {
  '_smtp._tls.example.org TXT': TXT(
    '_smtp._tls.example.org',
    '"v=TLSRPTv1; rua=mailto:a@example.org"',
  ),
};
const file = (...lines: readonly string[]) =>
  ({ kind: 'file', text: ['version: STSv1', 'max_age: 60', ...lines].join('\n') }) as const;
const GOOD = file('mode: enforce', 'mx: *.example.org');

function codes({ findings }: Report): readonly string[] {
  return findings
    .filter(({ code }) => /^(mta-sts|tlsrpt)/.test(code))
    .map(({ code, severity }) => `${code} ${severity}`);
}

describe('what is told', () => {
  test.each<readonly [string, Script, readonly string[]]>([
    ['neither of the two', { answers: MAIL }, ['tlsrpt-missing notice']],
    [
      'both in order',
      { answers: { ...MAIL, ...STS, ...RPT }, policyFile: GOOD },
      ['mta-sts-ok ok', 'tlsrpt-ok ok'],
    ],
    [
      'a policy that leaves out the host',
      {
        answers: { ...MAIL, ...STS, ...RPT },
        policyFile: file('mode: enforce', 'mx: other.example'),
      },
      ['mta-sts-mx-mismatch error', 'tlsrpt-ok ok'],
    ],
    [
      'the same in testing mode',
      {
        answers: { ...MAIL, ...STS, ...RPT },
        policyFile: file('mode: testing', 'mx: other.example'),
      },
      ['mta-sts-mx-mismatch warning', 'tlsrpt-ok ok'],
    ],
    [
      'a policy that is taken back, whatever it lists',
      { answers: { ...MAIL, ...STS, ...RPT }, policyFile: file('mode: none', 'mx: other.example') },
      ['mta-sts-ok ok', 'tlsrpt-ok ok'],
    ],
    [
      'a file that cannot be had',
      { answers: { ...MAIL, ...STS, ...RPT } },
      ['mta-sts-invalid warning', 'tlsrpt-ok ok'],
    ],
    [
      'a record that cannot be read',
      {
        answers: {
          ...MAIL,
          '_mta-sts.example.org TXT': TXT('_mta-sts.example.org', '"v=STSv1; id="'),
          '_smtp._tls.example.org TXT': TXT('_smtp._tls.example.org', '"v=TLSRPTv1; rua=x"'),
        },
        policyFile: GOOD,
      },
      ['mta-sts-invalid warning', 'tlsrpt-invalid warning'],
    ],
    [
      'look-ups that fail: nothing is known, so nothing is found',
      {
        answers: {
          ...MAIL,
          '_mta-sts.example.org TXT': SERVFAIL,
          '_smtp._tls.example.org TXT': BOGUS,
        },
      },
      [],
    ],
  ])('%s', async (_, script, expected) => {
    const { report } = await replay(script);
    expect(codes(report)).toEqual(expected);
  });

  test('records, strings joined, and the policy stand in the report', async () => {
    const { report } = await replay({ answers: { ...MAIL, ...STS, ...RPT }, policyFile: GOOD });
    expect(report.policy).toEqual({
      mtaSts: {
        checked: true,
        record: 'v=STSv1; id=1',
        id: '1',
        security: 'secure',
        policy: { mode: 'enforce', maxAge: 60, mx: ['*.example.org'] },
        uncovered: [],
        problem: null,
      },
      tlsRpt: {
        checked: true,
        record: 'v=TLSRPTv1; rua=mailto:a@example.org',
        rua: ['mailto:a@example.org'],
        security: 'secure',
        problem: null,
      },
    });
  });

  test('a failed look-up is told as a problem', async () => {
    const { report } = await replay({ answers: { ...MAIL, '_mta-sts.example.org TXT': SERVFAIL } });
    expect(report.policy.mtaSts).toMatchObject({
      checked: true,
      record: null,
      problem: 'its record could not be looked up: SERVFAIL',
    });
  });
});

describe('what is asked', () => {
  test('a web server whose look-up fails is not said to have no address', async () => {
    const problemWith = async (answer: Script['answers'][string]) => {
      const answers = { ...MAIL, ...STS, 'mta-sts.example.org A': answer };
      return (await replay({ answers })).report.policy.mtaSts.problem;
    };
    expect(await problemWith(SERVFAIL)).toBe(
      'its web server mta-sts.example.org cannot be looked up',
    );
    expect(await problemWith({})).toBe('its web server mta-sts.example.org has no address');
  });

  test('the file is fetched from the addresses of our own look-up', async () => {
    const { fetched } = await replay({ answers: { ...MAIL, ...STS }, policyFile: GOOD });
    expect(fetched).toEqual(['mta-sts.example.org 192.0.2.80']);
  });

  test('without a record nothing is fetched', async () => {
    expect((await replay({ answers: MAIL, policyFile: GOOD })).fetched).toEqual([]);
  });

  test('DNS only: both records are read, and nothing is fetched or found amiss', async () => {
    const script = { answers: { ...MAIL, ...STS, ...RPT }, policyFile: GOOD };
    const { fetched, report } = await replay(script, { smtp: false });
    expect(fetched).toEqual([]);
    expect(report.policy.mtaSts).toMatchObject({ checked: true, id: '1', policy: null });
    expect(codes(report)).toEqual(['tlsrpt-ok ok']);
  });

  test.each([
    ['a private address', '10.0.0.80', {}, []],
    ['a private address that is allowed', '10.0.0.80', { allowPrivate: true }, ['10.0.0.80']],
    ['a family that was not asked for', '192.0.2.80', { families: [6] as const }, []],
  ])('%s: %s', async (_, address, query, connected) => {
    const answers = {
      ...MAIL,
      ...STS,
      'mta-sts.example.org A': { records: `mta-sts.example.org. 60 IN A ${address}` },
    };
    const { fetched, report } = await replay({ answers, policyFile: GOOD }, query);
    expect(fetched).toEqual(connected.map((text) => `mta-sts.example.org ${text}`));
    const expected = connected.length === 0 ? 'mta-sts-invalid warning' : 'mta-sts-ok ok';
    expect(codes(report)).toContain(expected);
  });

  test.each<readonly [string, Script]>([
    ['a null MX', { answers: { 'example.org MX': { records: 'example.org. 60 IN MX 0 .' } } }],
    ['a domain that does not exist', { answers: {} }],
    ['a domain without MX and address', { answers: { 'example.org MX': { records: '' } } }],
    ['an MX look-up that failed', { answers: { 'example.org MX': BOGUS } }],
  ])('%s: policies are not looked at', async (_, script) => {
    const { asked, report } = await replay(script);
    expect(asked.filter((question) => question.endsWith('TXT'))).toEqual([]);
    expect(report.policy.mtaSts.checked).toBe(false);
    expect(report.policy.tlsRpt.checked).toBe(false);
    expect(codes(report)).toEqual([]);
  });

  test('a domain that is its own host has its policies looked at', async () => {
    const { report } = await replay({
      answers: {
        'example.org MX': { records: '' },
        'example.org A': { records: 'example.org. 60 IN A 192.0.2.1' },
        ...STS,
      },
      policyFile: file('mode: enforce', 'mx: example.org'),
    });
    expect(codes(report)).toContain('mta-sts-ok ok');
  });
});

describe('the verdict on DANE', () => {
  const script: Script = { answers: { ...MAIL, ...STS, ...RPT }, policyFile: 'never' };

  test('is there before a web server that never answers has been given up', async () => {
    const log = createLog();
    let report = emptyReport('example.org');
    let hostsWereSettled = false;
    for await (const event of begin(script, log, {}, new AbortController().signal)) {
      report = fold(report, event);
      hostsWereSettled ||= report.outcome !== 'pending';
      // Only then do the deadlines ring, the one for the policies last.
      if (hostsWereSettled && log.fetched.length > 0) log.timers.at(-1)?.();
    }
    expect(hostsWereSettled).toBe(true);
    expect(report.finished).toBe(true);
    expect(report.policy.mtaSts).toMatchObject({ checked: true, policy: null });
    expect(report.policy.mtaSts.problem).toContain('15 seconds');
    expect(report.findings.some(({ code }) => code === 'limit-reached')).toBe(false);
  });

  test('is the same with a good policy, a bad one and none', async () => {
    const outcomes = await Promise.all(
      [GOOD, file('mode: enforce', 'mx: other.example'), undefined].map(async (policyFile) => {
        const { report } = await replay({
          answers: { ...MAIL, ...STS },
          ...(policyFile ? { policyFile } : {}),
        });
        return JSON.stringify([report.outcome, report.summary, report.hosts]);
      }),
    );
    expect(new Set(outcomes).size).toBe(1);
  });

  test('an abort ends the fetching too', async () => {
    const controller = new AbortController();
    const log = createLog();
    const run = async (): Promise<void> => {
      for await (const event of begin(script, log, {}, controller.signal)) {
        if (log.fetched.length > 0) controller.abort(new Error(`enough after ${event.kind}`));
      }
    };
    await expect(run()).rejects.toThrow('enough');
  });
});
