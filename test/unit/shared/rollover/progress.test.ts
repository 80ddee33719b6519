// What a look says may be done next; whatever it does not show is never taken for safe (RFC 7671 §8.1).
import { describe, expect, test } from 'vitest';
import type { HostReport } from '../../../../shared/inspection/report.ts';
import type { ComingChain } from '../../../../shared/rollover/chain.ts';
import { wordsOfCheck, wordsOfVerdict } from '../../../../shared/rollover/progress-words.ts';
import { progressOf, type Progress } from '../../../../shared/rollover/progress.ts';
import type { RolloverPlan, Scheme } from '../../../../shared/rollover/plan.ts';
import { recordOwner } from '../../../../shared/rollover/owner.ts';
import { planFor } from '../../../../shared/rollover/question.ts';
import type { Sighting } from '../../../../shared/rollover/sightings.ts';
import { MATCH } from '../inspection/evidence.ts';
import { wordsOfNote, wordsOfStep } from '../../../../shared/rollover/words.ts';
import { key, leaf, look, type Look } from './looks.ts';

const NOW = Date.UTC(2026, 10, 24, 15);
const HOUR = 3_600_000;
const ago = (hours: number): string => new Date(NOW - hours * HOUR).toISOString();
const time = (instant: number): string => new Date(instant).toISOString().slice(11, 16);

function coming(octet: string, more: Partial<ComingChain> = {}): ComingChain {
  return {
    key: key(octet),
    certificate: `cert ${octet}`,
    kind: octet.startsWith('1') ? 'RSA' : 'ECDSA',
    records: [leaf(octet)],
    publish: [leaf(octet)],
    issuersKnown: true,
    ...more,
  };
}

const seen = (octet: string, hours: number, more: Partial<Sighting> = {}): Sighting => ({
  record: leaf(octet),
  since: ago(hours),
  ...more,
});

interface Case extends Look {
  readonly sightings?: readonly Sighting[];
  readonly coming?: readonly ComingChain[];
  readonly scheme?: Scheme;
}

function judged({ sightings = [], coming: chains = [coming('bb')], scheme, ...seenNow }: Case): {
  readonly plan: RolloverPlan;
  readonly progress: Progress;
} {
  const host = look(seenNow);
  const planned = planFor(host, chains, sightings, {
    scheme: scheme ?? 'current+next',
    safety: 2,
    start: NOW,
    publishedSince: null,
  });
  if (planned.kind === 'refused') throw new Error(planned.refusal.code);
  return { plan: planned.plan, progress: progressOf(planned.plan, host, sightings, NOW) };
}

const verdict = (of: Case) => judged(of).progress.verdict;
const states = (of: Case) => judged(of).progress.steps.map(({ kind, state }) => `${kind} ${state}`);
const sentence = (of: Case): string => {
  const { plan, progress } = judged(of);
  const { title, sentence: why } = wordsOfVerdict(progress, plan, time);
  return `${title} ${why}`;
};

const BOTH = [leaf('aa'), leaf('bb')];
const PUBLISHED = { ns1: BOTH, ns2: BOTH };
const INSTALLED = { '192.0.2.1': ['bb'], '2001:db8::1': ['bb'] };
const OLD = seen('aa', 1000);

describe('before the records are published', () => {
  test('comes publishing', () => {
    expect(verdict({})).toMatchObject({ kind: 'publish-first', because: 'records-missing' });
    expect(states({})).toEqual([
      'publish now',
      'wait not-yet',
      'deploy not-yet',
      'settle not-yet',
      'remove not-yet',
    ]);
  });

  test('mail that is kept back already is told first', () => {
    const of = { servers: { ns1: [leaf('cc')], ns2: [leaf('cc')] } };
    expect(verdict(of)).toMatchObject({ kind: 'publish-first', because: 'uncovered-now' });
    expect(sentence(of)).toContain('senders keep the mail back now');
    expect(judged(of).plan.steps[0]?.add).toEqual(BOTH);
  });

  test('a server that lacks them is named', () => {
    const servers = { ns1: BOTH, ns2: [leaf('aa')] };
    expect(verdict({ servers }).kind).toBe('publish-first');
    expect(sentence({ servers })).toContain('ns2.example.org does not show all the records yet');
    const [publish] = judged({ servers }).progress.steps;
    expect(publish === undefined ? '' : wordsOfCheck(publish.check, time)).toBe(
      '1 of 2 name servers; not ns2.example.org',
    );
  });

  test('a server that did not answer leaves it open', () => {
    const servers: Look['servers'] = { ns1: BOTH, ns2: 'silent' };
    expect(verdict({ servers })).toMatchObject({ kind: 'could-not-tell' });
    expect(sentence({ servers })).toContain('ns2.example.org did not answer');
  });

  test('one that was not asked does so too', () => {
    expect(verdict({ servers: PUBLISHED, unasked: ['ns3.example.net'] }).kind).toBe(
      'could-not-tell',
    );
  });
});

describe('where no single server could be asked', () => {
  const unheard = { servers: [] };

  test('nothing is taken for published', () => {
    const of = { servers: { ns1: BOTH }, more: unheard };
    expect(verdict(of)).toMatchObject({ kind: 'could-not-tell', because: 'servers-silent' });
    expect(states(of)).toContain('publish unknown');
  });

  test('and a certificate that no record fits is in trouble by the look-up alone', () => {
    const of = {
      servers: { ns1: [leaf('aa')] },
      more: unheard,
      presents: INSTALLED,
      sightings: [seen('aa', 1000, { matchedAt: ago(5) })],
    };
    expect(verdict(of).because).toBe('installed-unpublished');
  });

  test('nor for removed', () => {
    const of = {
      servers: { ns1: BOTH },
      more: unheard,
      presents: INSTALLED,
      sightings: [seen('aa', 1000, { matchedAt: ago(5) }), seen('bb', 5)],
    };
    expect(states(of)).toContain('remove now');
  });
});

test('a certificate that a record of its issuer fits keeps no mail back, though the issuer was not dropped', () => {
  const issuer = `2 1 1 ${key('1c')}`;
  const host = look({ servers: { ns1: [issuer] }, presents: { '192.0.2.1': ['bb'] } });
  const matched = {
    ...host,
    addresses: host.addresses.map((each) => ({
      ...each,
      probes: each.probes.map((probe) => ({ ...probe, associations: [MATCH] })),
    })),
  };
  const alone = coming('bb', { issuersKnown: false });
  const planned = planFor(matched, [alone], [], {
    scheme: 'current+next',
    safety: 2,
    start: NOW,
    publishedSince: null,
  });
  if (planned.kind === 'refused') throw new Error(planned.refusal.code);
  expect(progressOf(planned.plan, matched, [], NOW).verdict.because).toBe('records-incomplete');
});

describe('where no record is published at all', () => {
  const nothing = { ns1: [], ns2: [] };

  test('no mail is kept back, whatever the host presents', () => {
    expect(verdict({ servers: nothing, presents: INSTALLED })).toMatchObject({
      kind: 'publish-first',
      because: 'unpublished',
    });
    const old = { '192.0.2.1': ['aa'], '2001:db8::1': ['aa'] };
    expect(sentence({ servers: nothing, presents: old })).toBe(
      'Publish the record now. No record is published yet, so senders take any certificate and authenticate none. The records of this step fit what the host presents: no mail is at risk.',
    );
  });

  test('one server with a record that does not fit is enough for keeping it back', () => {
    const lagging = { ns1: [], ns2: [leaf('aa')] };
    expect(verdict({ servers: lagging, presents: INSTALLED }).because).toBe(
      'installed-unpublished',
    );
  });
});

describe('once every server shows them', () => {
  test('two TTLs after the first look that found them is the time', () => {
    const sightings = [OLD, seen('bb', 0.5)];
    expect(verdict({ servers: PUBLISHED, sightings })).toEqual({
      kind: 'wait',
      because: 'caches',
      until: NOW + 1.5 * HOUR,
      refusal: null,
    });
    expect(sentence({ servers: PUBLISHED, sightings })).toContain('Safe to deploy at 16:30.');
    expect(states({ servers: PUBLISHED, sightings })).toEqual([
      'publish done',
      'wait wait',
      'deploy wait',
      'settle not-yet',
      'remove not-yet',
    ]);
  });

  test('and that has come', () => {
    const of = { servers: PUBLISHED, sightings: [OLD, seen('bb', 2)] };
    expect(verdict(of)).toMatchObject({ kind: 'deploy-now', because: 'ready', until: null });
    expect(states(of)).toContain('deploy now');
  });

  test('without a memory the time counts from this look', () => {
    expect(verdict({ servers: PUBLISHED })).toMatchObject({
      kind: 'wait',
      until: NOW + 2 * HOUR,
    });
  });

  test('a TTL that was lowered lately still counts', () => {
    const sightings = [OLD, seen('bb', 3, { ttl: 7200 })];
    expect(verdict({ servers: PUBLISHED, sightings })).toMatchObject({
      kind: 'wait',
      until: NOW + 1 * HOUR,
    });
  });

  test('a server that showed them and is silent now holds nothing up', () => {
    const servers: Look['servers'] = { ns1: BOTH, ns2: 'silent' };
    expect(verdict({ servers, sightings: [OLD, seen('bb', 2)] }).kind).toBe('deploy-now');
  });

  test('addresses that cannot be reached from here are told', () => {
    const presents = { '192.0.2.1': [] };
    const of = { servers: PUBLISHED, presents, sightings: [OLD, seen('bb', 2)] };
    expect(verdict(of)).toMatchObject({ kind: 'deploy-now', because: 'addresses-unseen' });
    expect(sentence(of)).toContain('could not be seen from here');
  });
});

describe('while it is installed', () => {
  const published = { servers: PUBLISHED, sightings: [OLD, seen('bb', 2)] };

  test('the addresses that lack it are told', () => {
    const presents = { '192.0.2.1': ['bb'], '2001:db8::1': ['aa'] };
    const { progress } = judged({ ...published, presents });
    expect(progress.verdict).toMatchObject({ kind: 'deploy-now', because: 'installed-in-part' });
    const deploy = progress.steps.find(({ kind }) => kind === 'deploy');
    expect(deploy?.check).toEqual({
      kind: 'addresses',
      right: ['192.0.2.1'],
      wrong: ['2001:db8::1'],
      unseen: [],
    });
  });

  test('too early it is called so', () => {
    const presents = { '192.0.2.1': ['bb'], '2001:db8::1': ['aa'] };
    const early = { servers: PUBLISHED, presents, sightings: [OLD, seen('bb', 1)] };
    expect(verdict(early)).toMatchObject({ kind: 'wait', because: 'installed-early' });
  });

  test('without its records it is urgent', () => {
    const of = { presents: INSTALLED };
    expect(verdict(of)).toMatchObject({ kind: 'publish-first', because: 'installed-unpublished' });
    expect(sentence(of)).toContain('senders keep the mail back');
  });

  test('one server without its records is urgent too', () => {
    const servers = { ns1: BOTH, ns2: [leaf('aa')] };
    expect(verdict({ servers, presents: INSTALLED }).because).toBe('installed-unpublished');
  });

  test('of two kinds of key one alone is not all', () => {
    const records = [leaf('aa'), leaf('1a'), leaf('bb'), leaf('1b')];
    const of = {
      servers: { ns1: records },
      coming: [coming('bb'), coming('1b')],
      presents: { '192.0.2.1': ['bb', '1a'] },
      sightings: ['aa', '1a', 'bb', '1b'].map((octet) => seen(octet, 100)),
    };
    expect(verdict(of)).toMatchObject({ kind: 'deploy-now', because: 'installed-in-part' });
  });
});

describe('where a record of before covers it', () => {
  const issuer = `2 1 1 ${key('1c')}`;
  const signed = coming('bb', { records: [leaf('bb'), issuer] });
  const servers = { ns1: [leaf('aa'), issuer], ns2: [leaf('aa'), issuer] };
  const of = { servers, coming: [signed], sightings: [OLD, { record: issuer, since: ago(9) }] };

  test('it may be installed, and nobody says that its own record is there', () => {
    expect(verdict(of)).toMatchObject({ kind: 'deploy-now' });
    expect(sentence(of)).toBe(
      'Safe to deploy now. It matches a record that every name server has shown for long enough, and caches have let the old answer go. Its own record is not at all of them yet: add that too.',
    );
  });

  test('and the issuers are to be installed with it', () => {
    const { plan } = judged(of);
    const deploy = plan.steps.find(({ kind }) => kind === 'deploy');
    expect(deploy === undefined ? '' : wordsOfStep(deploy, plan).todo).toContain('its issuers');
  });
});

test('a server that is silent now is not said to show anything', () => {
  const servers: Look['servers'] = { ns1: BOTH, ns2: 'silent' };
  expect(sentence({ servers, sightings: [OLD, seen('bb', 2)] })).toContain(
    'ns2.example.org did when last heard, and is silent now.',
  );
});

describe('installed everywhere before caches could have its record', () => {
  const early: Case = {
    servers: PUBLISHED,
    presents: INSTALLED,
    sightings: [seen('aa', 1000, { matchedAt: ago(0.4) }), seen('bb', 0.5, { missedAt: ago(0.6) })],
  };

  test('it is called so, until they have', () => {
    expect(verdict(early)).toMatchObject({
      kind: 'wait',
      because: 'installed-early',
      until: NOW + 1.5 * HOUR,
    });
    expect(sentence(early)).toContain('Installed too early.');
  });

  test('but not where nothing was in force before', () => {
    const first = {
      servers: { ns1: [leaf('bb')] },
      presents: INSTALLED,
      sightings: [seen('bb', 0.5, { missedAt: ago(0.6) })],
    };
    expect(verdict(first).kind).toBe('nothing-to-do');
  });
});

describe('where nothing is in force', () => {
  const nothing = { servers: { ns1: [], ns2: [] } };

  test('nobody is said to refuse a certificate for want of a record', () => {
    const { plan } = judged(nothing);
    const words = plan.steps.map((step) => wordsOfStep(step, plan).otherwise);
    expect(words.slice(0, 3).filter((each) => !each.startsWith('Nothing'))).toEqual([]);
  });

  test('a name server that is silent may have a record all the same', () => {
    const presents = { '192.0.2.1': [] };
    expect(verdict({ ...nothing, presents })).toMatchObject({
      kind: 'deploy-now',
      because: 'install-first',
    });
    const servers: Look['servers'] = { ns1: [], ns2: 'silent' };
    expect(verdict({ servers, presents })).toMatchObject({
      kind: 'could-not-tell',
      because: 'servers-silent',
    });
    expect(sentence({ servers, presents })).toContain('ns2.example.org did not answer');
  });

  test('all the first records are published in one change', () => {
    const { plan } = judged(nothing);
    const [publish] = plan.steps;
    expect(publish?.add).toEqual(BOTH);
    expect(publish === undefined ? '' : wordsOfStep(publish, plan).todo).toContain('in one change');
  });
});

describe('records behind an alias', () => {
  const shared: Case = { more: { cname: ['_dane.example.net'] } };

  test('stand where it leads', () => {
    const host = look(shared);
    expect(recordOwner(host.tlsa)).toBe('_dane.example.net');
    expect(recordOwner(look().tlsa)).toBe('_25._tcp.mx.example.org');
  });

  test('are those of other hosts too, who have to be looked at before any goes', () => {
    const { plan } = judged(shared);
    const note = plan.notes.find(({ code }) => code === 'alias');
    expect(note === undefined ? '' : wordsOfNote(note, plan)).toContain('Every host that leads');
    const done = {
      ...shared,
      servers: PUBLISHED,
      presents: INSTALLED,
      sightings: [seen('aa', 1000, { matchedAt: ago(5) }), seen('bb', 9)],
    };
    expect(verdict(done).kind).toBe('remove-now');
    expect(sentence(done)).toContain('look at each of them first');
  });
});

describe('once it is installed everywhere', () => {
  const of = (hours: number): Case => ({
    servers: PUBLISHED,
    presents: INSTALLED,
    sightings: [seen('aa', 1000, { matchedAt: ago(hours) }), seen('bb', 5)],
  });

  test('the old record stays for two TTLs after it matched last', () => {
    expect(verdict(of(0.5))).toMatchObject({
      kind: 'wait',
      because: 'settling',
      until: NOW + 1.5 * HOUR,
    });
  });

  test('then it goes', () => {
    expect(verdict(of(2))).toMatchObject({ kind: 'remove-now', because: 'old-records' });
    expect(states(of(2))).toEqual(['publish done', 'deploy done', 'settle done', 'remove now']);
  });

  test('a record that was never seen to match is not called old', () => {
    const unknown = { ...of(2), sightings: [seen('aa', 1000), seen('bb', 5)] };
    expect(verdict(unknown)).toMatchObject({ kind: 'nothing-to-do' });
    expect(judged(unknown).plan.undecided).toEqual([leaf('aa')]);
  });

  test('nor one of a next key, of which nobody has seen the key', () => {
    const unknown = { ...of(2), sightings: [seen('aa', 1000), seen('bb', 5)] };
    expect(verdict(unknown).because).toBe('maybe-next-key');
    expect(states(unknown)).toContain('prepare unknown');
    expect(sentence(unknown)).toContain('could be that of the next key, or left over');
  });

  test('an address that was not seen keeps it', () => {
    const presents = { ...INSTALLED, '192.0.2.9': [] };
    expect(verdict({ ...of(2), presents }).kind).not.toBe('remove-now');
  });

  describe('as far as addresses are known', () => {
    const seenNow = of(2);
    const progressWith = (more: Partial<HostReport>): Progress => {
      const host = { ...look(seenNow), ...more };
      const sightings = seenNow.sightings ?? [];
      const planned = planFor(host, [coming('bb')], sightings, {
        scheme: 'current+next',
        safety: 2,
        start: NOW,
        publishedSince: null,
      });
      if (planned.kind === 'refused') throw new Error(planned.refusal.code);
      return progressOf(planned.plan, host, sightings, NOW);
    };
    const unseen = ({ steps }: Progress) => {
      const check = steps.find(({ kind }) => kind === 'deploy')?.check;
      return check?.kind === 'addresses' ? check.unseen : [];
    };

    test('those that were too many to be asked count as not seen', () => {
      const [a, aaaa] = look(seenNow).lookUps;
      if (a === undefined || aaaa === undefined) throw new Error('two look-ups');
      const data = '192.0.2.99';
      const more = { name: 'mx.example.org', type: 'A', ttl: 300, data };
      const progress = progressWith({
        lookUps: [{ ...a, answers: [...a.answers, more] }, aaaa],
      });
      expect(progress.verdict.kind).not.toBe('remove-now');
      expect(unseen(progress)).toEqual([data]);
    });

    test('and so do those of a family whose look-up failed', () => {
      const resolution = { failed: { a: false, aaaa: true }, alias: null };
      const progress = progressWith({ resolution });
      expect(progress.verdict.kind).not.toBe('remove-now');
      expect(unseen(progress)).toEqual(['IPv6 addresses']);
    });
  });

  test('with nothing old left, a next key is all that lacks', () => {
    const clean = { servers: { ns1: [leaf('bb')] }, presents: INSTALLED };
    expect(verdict({ ...clean, sightings: [seen('bb', 5)] })).toMatchObject({
      kind: 'nothing-to-do',
      because: 'no-next-key',
    });
    expect(verdict({ ...clean, scheme: 'current+issuer' }).because).toBe('complete');
  });
});

describe('the key in use again, with another certificate', () => {
  const renewed = coming('aa', { certificate: 'cert renewed' });

  test('may be installed at once', () => {
    expect(verdict({ coming: [renewed] })).toMatchObject({
      kind: 'deploy-now',
      because: 'same-key',
    });
  });

  test('unless a look has seen its record come lately', () => {
    const sightings = [seen('aa', 1, { missedAt: ago(1.1) })];
    expect(verdict({ coming: [renewed], sightings })).toMatchObject({
      kind: 'wait',
      until: NOW + 1 * HOUR,
    });
  });

  test('or a record of the old certificate alone is what the host works by', () => {
    const other = `3 0 1 ${key('cc')}`;
    const records = [leaf('aa'), other];
    const host = look({ servers: { ns1: records } });
    const [first] = host.addresses;
    const [probe] = first?.probes ?? [];
    if (first === undefined || probe === undefined) throw new Error('one probe');
    const matched = probe.associations.map((each) => ({ ...each, matches: true }));
    const both = {
      ...host,
      addresses: [{ ...first, probes: [{ ...probe, associations: matched }] }],
    };
    const planned = planFor(both, [renewed], [], {
      scheme: 'current+next',
      safety: 2,
      start: NOW,
      publishedSince: null,
    });
    if (planned.kind === 'refused') throw new Error(planned.refusal.code);
    expect(progressOf(planned.plan, both, [], NOW).verdict).toMatchObject({
      kind: 'wait',
      until: NOW + 2 * HOUR,
    });
  });
});

describe('nothing can be told', () => {
  test.each<[string, Look['more'], string]>([
    ['of a zone that is not signed', { security: 'insecure' }, 'insecure'],
    ['where the look-up does not validate', { security: 'bogus', failed: true }, 'failed'],
    ['where it fails', { security: 'indeterminate', failed: true }, 'failed'],
  ])('%s', (_what, more, code) => {
    const { plan } = judged({});
    const broken = look(more === undefined ? {} : { more });
    expect(progressOf(plan, broken, [], NOW).verdict).toMatchObject({
      kind: 'could-not-tell',
      refusal: { code },
    });
    const planned = planFor(broken, [coming('bb')], [], {
      scheme: 'current+next',
      safety: 2,
      start: NOW,
      publishedSince: null,
    });
    expect(planned).toMatchObject({ kind: 'refused', refusal: { code } });
  });
});

test('a person’s word for how long the records have been there counts', () => {
  const host = look({ servers: PUBLISHED });
  const planned = planFor(host, [coming('bb')], [], {
    scheme: 'current+next',
    safety: 2,
    start: NOW,
    publishedSince: NOW - 3 * HOUR,
  });
  expect(planned).toMatchObject({ kind: 'planned', plan: { wait: 0 } });
});

test('but not for longer than a look has seen one of them missing', () => {
  const sightings = [OLD, seen('bb', 0.5, { missedAt: ago(0.6) })];
  const planned = planFor(look({ servers: PUBLISHED }), [coming('bb')], sightings, {
    scheme: 'current+next',
    safety: 2,
    start: NOW,
    publishedSince: 0,
  });
  expect(planned).toMatchObject({ kind: 'planned', plan: { wait: 1.5 * 3600 } });
});

describe('a look of a while ago', () => {
  const host = look({ servers: PUBLISHED });
  const sightings = [OLD, seen('bb', 2)];
  const planned = planFor(host, [coming('bb')], sightings, {
    scheme: 'current+next',
    safety: 2,
    start: NOW,
    publishedSince: null,
  });
  if (planned.kind === 'refused') throw new Error(planned.refusal.code);
  const at = (hours: number): Progress =>
    progressOf(planned.plan, host, sightings, NOW, NOW - hours * HOUR);

  test('makes nothing safe now', () => {
    expect(at(0.1).verdict.kind).toBe('deploy-now');
    expect(at(1).verdict).toMatchObject({ kind: 'could-not-tell', because: 'look-old' });
    expect(wordsOfVerdict(at(1), planned.plan, time).title).toBe('Look again first.');
  });
});
