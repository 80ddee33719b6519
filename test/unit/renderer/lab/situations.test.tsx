// The rows of the table of situations: their groups, their faces, and the steps of each.
import { MantineProvider } from '@mantine/core';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import {
  situationFace,
  situationGroups,
  stepGroups,
  stepIcon,
} from '../../../../renderer/lab/situations.ts';
import { SCENARIOS, type Worth } from '../../../../shared/lab/scenario.ts';
import { mailStep, question, reportWith } from './reports.ts';

describe('groups', () => {
  test('hold every situation once, and begin with the three of HaveDane', () => {
    const groups = situationGroups(reportWith());
    const ids = groups.flatMap(({ rows }) => rows.map(({ scenario }) => scenario.id));
    expect(ids.slice(0, 3)).toEqual(['do', 'dont', 'wrong']);
    expect([...ids].sort()).toEqual(SCENARIOS.map(({ id }) => id).sort());
  });

  test('without a situation are left out', () => {
    const report = reportWith();
    const few = report.situations.filter(({ id }) => id === 'wrong' || id === 'fallback');
    const groups = situationGroups({ ...report, situations: few });
    expect(groups.map(({ name }) => name)).toEqual(['havedane', 'ways']);
  });
});

describe('faces', () => {
  const worths: readonly Worth[] = ['conforms', 'unsafe', 'too-strict', 'allowed', 'odd'];

  test('nothing is red that is not unsafe, and nothing green that does not conform', () => {
    const tones = worths.map((worth) => [worth, situationFace({ phase: 'decided', worth }).tone]);
    expect(tones.filter(([, tone]) => tone === 'err')).toEqual([['unsafe', 'err']]);
    expect(tones.filter(([, tone]) => tone === 'ok')).toEqual([['conforms', 'ok']]);
  });

  test('silence is no verdict', () => {
    const face = situationFace({ phase: 'silent', worth: null });
    expect(face).toEqual({ tone: 'none', icon: 'question', word: 'no verdict' });
  });

  test('each differs in shape from those that mean something else', () => {
    const decided = worths.map((worth) => situationFace({ phase: 'decided', worth }).icon);
    expect(new Set(decided).size).toBe(worths.length);
  });
});

describe('steps', () => {
  test('of connections that run side by side are told apart', () => {
    const groups = stepGroups([
      mailStep({ name: 'connected' }, 'c1'),
      mailStep({ name: 'connected' }, 'c2', 2),
      mailStep({ name: 'quit' }, 'c1'),
    ]);
    expect(groups.map(({ key, steps }) => [key, steps.length])).toEqual([
      ['c1', 2],
      ['c2', 1],
    ]);
    expect(groups[1]).toMatchObject({ kind: 'smtp', host: 2 });
  });

  test('of a resolver stand before and behind the connection that they were asked before and behind', () => {
    const groups = stepGroups([
      question('a.test'),
      question('b.test'),
      question('a.test', '127.0.0.3'),
      mailStep({ name: 'connected' }),
      question('c.test'),
    ]);
    expect(groups.map(({ kind, from, steps }) => [kind, from, steps.length])).toEqual([
      ['dns', '127.0.0.2', 2],
      ['dns', '127.0.0.3', 1],
      ['smtp', '127.0.0.1', 1],
      ['dns', '127.0.0.2', 1],
    ]);
  });

  test('in the clear do not bear a closed lock', () => {
    const clear = mailStep({ name: 'mail', tls: false }).what;
    expect(stepIcon(clear)).toBe('unlocked');
    expect(stepIcon(mailStep({ name: 'mail', tls: true }).what)).toBe('lock');
  });
});

describe('what a sender says', () => {
  beforeEach(() => {
    vi.stubGlobal('window', { daneInspector: {} });
    return () => {
      vi.unstubAllGlobals();
    };
  });

  test('can neither hide nor turn what stands around it', async () => {
    const { SituationDetails } = await import('../../../../renderer/lab/situation-details.tsx');
    const [scenario] = SCENARIOS;
    const greeting = 'mail\u202e<img src=x>\u0007';
    const seen = [
      mailStep({ name: 'ehlo', greeting, tls: false }),
      mailStep({ name: 'tls-failed', reason: 'bad\u200bcertificate' }),
    ];
    const [situation] = reportWith({}, { do: { seen, unshown: 3 } }).situations;
    if (scenario === undefined || situation === undefined) throw new Error('no situation');
    const markup = renderToStaticMarkup(
      <MantineProvider env="test">
        <SituationDetails row={{ scenario, situation }} />
      </MantineProvider>,
    );
    expect(markup).not.toMatch(/[\u202e\u200b\u0007]|<img/);
    expect(markup).toContain('U+202E');
    expect(markup).toContain('U+200B');
    expect(markup).toContain('3 steps before these are not shown.');
  });
});

describe('the clauses of a duty', () => {
  beforeEach(() => {
    vi.stubGlobal('window', { daneInspector: {} });
    return () => {
      vi.unstubAllGlobals();
    };
  });

  test('are a link each, which says all of what it opens', async () => {
    const { SituationDetails } = await import('../../../../renderer/lab/situation-details.tsx');
    const rows = SCENARIOS.flatMap((scenario) => {
      const situation = reportWith().situations.find(({ id }) => id === scenario.id);
      return situation === undefined ? [] : [{ scenario, situation }];
    });
    const [row] = rows.filter(({ scenario }) => scenario.clause === 'RFC 7672 §2.2, §3.1.3, §6');
    if (row === undefined) throw new Error('no situation');
    const markup = renderToStaticMarkup(
      <MantineProvider env="test">
        <SituationDetails row={row} />
      </MantineProvider>,
    );
    const links = [...markup.matchAll(/aria-label="([^"]*), on the web"[^>]*>([^<]*)</g)];
    expect(links.map(([, aloud, text]) => [aloud, text])).toEqual([
      ['RFC 7672 §2.2', 'RFC 7672 §2.2'],
      ['RFC 7672 §3.1.3', '§3.1.3'],
      ['RFC 7672 §6', '§6'],
    ]);
  });
});
