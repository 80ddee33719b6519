// The stores of the outbound test: starting, what is shown while it runs, checking, and what is saved.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { SaveReply } from '../../../../shared/ipc/contract.ts';
import type {
  OutboundStart,
  OutboundState,
  OutboundWish,
  ResolverChecks,
} from '../../../../shared/ipc/outbound.ts';
import { mailStep, reportWith, running, STOPPED, WISH } from '../lab/reports.ts';

type Outbound = typeof import('../../../../renderer/store/outbound-store.ts');
type Setup = typeof import('../../../../renderer/store/outbound-setup.ts');
type Saving = typeof import('../../../../renderer/store/outbound-save.ts');

let outbound: Outbound;
let setup: Setup;
let saving: Saving;
let tell: (state: OutboundState) => void;
let known: OutboundState;
let starts: ((wish: OutboundWish) => OutboundStart | Promise<OutboundStart>) | null;
let wishes: OutboundWish[];
let checked: ResolverChecks | Error;
let asked: unknown[];
let saved: unknown[];
let saveReply: SaveReply;

beforeEach(async () => {
  vi.resetModules();
  known = STOPPED;
  starts = null;
  [wishes, asked, saved] = [[], [], []];
  checked = { checks: [], problem: null };
  saveReply = { kind: 'saved', path: '/tmp/x' };
  const keep = (request: unknown): Promise<SaveReply> => {
    saved.push(request);
    return Promise.resolve(saveReply);
  };
  vi.stubGlobal('window', {
    daneInspector: {
      readOutbound: () => Promise.resolve(known),
      startOutbound: async (wish: OutboundWish) => {
        wishes.push(wish);
        const reply = await starts?.(wish);
        return reply ?? { kind: 'started', state: running(reportWith()) };
      },
      repeatOutbound: () => Promise.resolve(running(reportWith({ alias: 'another' }))),
      stopOutbound: () => Promise.resolve(STOPPED),
      checkResolvers: (request: unknown) => {
        asked.push(request);
        return checked instanceof Error ? Promise.reject(checked) : Promise.resolve(checked);
      },
      onOutboundChanged: (listener: typeof tell) => {
        tell = listener;
      },
      saveFile: keep,
      saveReport: keep,
    },
  });
  outbound = await import('../../../../renderer/store/outbound-store.ts');
  setup = await import('../../../../renderer/store/outbound-setup.ts');
  saving = await import('../../../../renderer/store/outbound-save.ts');
  return () => {
    vi.unstubAllGlobals();
  };
});

async function listening(state: OutboundState = STOPPED): Promise<void> {
  known = state;
  outbound.listenToOutbound();
  await vi.waitUntil(() => view().state !== null && view().busy === null);
}

const view = () => outbound.useOutbound.getState();
const steps = () => setup.useOutboundSetup.getState();

const RECIPIENT = { name: 'recipient', alias: 'abcdefghjkmnpqrstu', tls: true } as const;
const SENT = { do: { seen: [mailStep(RECIPIENT)] } };

describe('starting', () => {
  test('asks for what the form says, once', async () => {
    await listening();
    outbound.typePlace('base', 'dane.example');
    await Promise.all([outbound.startTest(), outbound.startTest()]);
    expect(wishes).toEqual([{ ...WISH, base: 'dane.example' }]);
    expect(view()).toMatchObject({ state: { kind: 'running' }, trouble: null, busy: null });
  });

  test('what cannot be a number goes nowhere, and the field is shown', async () => {
    await listening();
    outbound.typePlace('smtpPort', 'x');
    await outbound.startTest();
    expect(wishes).toEqual([]);
    expect(view()).toMatchObject({
      isFormOpen: true,
      trouble: { kind: 'refused', field: 'smtpPort' },
    });
  });

  test('a refusal goes when its field is mended, and stays when another is', async () => {
    await listening();
    starts = () => ({ kind: 'refused', field: 'base', message: 'No.' });
    await outbound.startTest();
    outbound.typePlace('addresses', '127.1.1.1');
    expect(view()).toMatchObject({ isFormOpen: true, trouble: { message: 'No.' } });
    outbound.typePlace('base', 'havedane.example');
    expect(view().trouble).toBeNull();
  });

  test('other machines reach it only after a second yes', async () => {
    await listening();
    starts = ({ open }) =>
      open
        ? { kind: 'started', state: running(reportWith({ open: true })) }
        : { kind: 'asks', question: 'Do you?' };
    await outbound.startTest();
    await outbound.answerOpening(false);
    expect(view()).toMatchObject({ state: { kind: 'stopped' }, trouble: null });
    await outbound.startTest();
    await outbound.answerOpening(true);
    expect(wishes.map(({ open }) => open)).toEqual([false, false, true]);
    expect(view().state?.kind).toBe('running');
    await outbound.answerOpening(true);
    expect(wishes).toHaveLength(3);
  });

  test('where it cannot listen, the ways out stay until it is tried again', async () => {
    await listening();
    const advice = { trouble: 'Taken.', ways: [{ text: 'End it.', commands: ['kill 1'] }] };
    starts = () => ({ kind: 'cannot-listen', advice });
    await outbound.startTest();
    expect(view().trouble).toEqual({ kind: 'cannot-listen', advice });
    starts = null;
    await outbound.startTest();
    expect(view().trouble).toBeNull();
  });

  test('a fault of the program is told, and it can be tried again', async () => {
    await listening();
    starts = () => Promise.reject(new Error('gone'));
    await outbound.startTest();
    expect(view()).toMatchObject({ busy: null });
    expect(view().fault).toContain('gone');
  });
});

describe('what is shown of a test', () => {
  test('is as the process has it, after a reload too', async () => {
    await listening(running(reportWith({}, SENT)));
    expect(outbound.reportOf(view().state)?.alias).toBe('abcdefghjkmnpqrstu');
    expect(steps().step).toBeNull();
  });

  test('begins with the resolver, and folds the steps away once mail is seen', async () => {
    await listening();
    await outbound.startTest();
    expect(steps().step).toBe('resolver');
    tell(running(reportWith({}, SENT)));
    expect(steps().step).toBeNull();
  });

  test('leaves a step open that the person opened later', async () => {
    await listening(running(reportWith({}, SENT)));
    setup.openStep('mail-server');
    tell(running(reportWith({ isFinal: true }, SENT)));
    expect(steps().step).toBe('mail-server');
  });

  test('a question alone folds nothing away: it may come of the check', async () => {
    await listening();
    await outbound.startTest();
    const what = { kind: 'dns', from: '127.0.0.1', name: 'x', type: 'A' } as const;
    const seen = [
      { at: '2026-11-29T17:00:01.000Z', what: { ...what, dnssec: true, minimised: false } },
    ];
    tell(running(reportWith({}, { bogus: { seen } })));
    expect(steps().step).toBe('resolver');
  });

  test('nor does somebody who connects: it may be anybody', async () => {
    await listening();
    await outbound.startTest();
    const ehlo = { name: 'ehlo', greeting: 'scanner.example', tls: false } as const;
    const seen = [mailStep({ name: 'connected' }), mailStep(ehlo), mailStep({ name: 'closed' })];
    tell(running(reportWith({}, { wrong: { seen, phase: 'decided', deed: 'refused' } })));
    expect(steps().step).toBe('resolver');
    const taken = { seen: [], phase: 'decided', deed: 'delivered-tls' } as const;
    tell(running(reportWith({}, { do: taken })));
    expect(steps().step).toBeNull();
  });

  test('what is open stays so though the steps with the recipient are left out for later ones', async () => {
    await listening(running(reportWith({}, SENT)));
    setup.openStep('resolver');
    tell(running(reportWith({}, { do: { seen: [mailStep({ name: 'connected' })] } })));
    expect(steps().step).toBe('resolver');
  });

  test('with new recipients the next thing is to send', async () => {
    await listening(running(reportWith({}, SENT)));
    outbound.unfoldSituation('wrong', true);
    await outbound.takeNewRecipients();
    expect(steps().step).toBe('send');
    expect(view().unfolded).toEqual([]);
  });

  test('situations stay unfolded while it goes on', async () => {
    await listening(running(reportWith()));
    outbound.unfoldSituation('wrong', true);
    outbound.unfoldSituation('do', true);
    outbound.unfoldSituation('wrong', false);
    tell(running(reportWith({}, SENT)));
    expect(view().unfolded).toEqual(['do']);
  });

  test('a window that is loaded anew knows the resolver that was named before', async () => {
    await listening(running(reportWith(), '127.0.0.9'));
    expect(steps().resolver).toBe('127.0.0.9');
    // What is typed meanwhile stays.
    setup.changeSetup({ resolver: '127.0.0.8' });
    tell(running(reportWith(), '127.0.0.9'));
    expect(steps().resolver).toBe('127.0.0.8');
  });

  test('once stopped, what a resolver said of this zone counts no more', async () => {
    await listening(running(reportWith()));
    await setup.checkResolver();
    await outbound.stopTest();
    expect(view().state?.kind).toBe('stopped');
    expect(steps().checked).toBeNull();
  });
});

describe('the check of a resolver', () => {
  const ready = (resolver: string) => ({
    ...({ resolver, state: 'ready', sentence: 'It does.', advice: null } as const),
  });

  test('asks those of this machine where none is named', async () => {
    await setup.checkResolver();
    setup.changeSetup({ resolver: ' 127.0.0.9#53 ' });
    await setup.checkResolver();
    expect(asked).toEqual([{ resolver: null }, { resolver: '127.0.0.9#53' }]);
  });

  test('a fault is told in its place', async () => {
    checked = new Error('gone');
    await setup.checkResolver();
    expect(steps()).toMatchObject({ isChecking: false, checked: { checks: [] } });
    expect(steps().checked?.problem).toContain('gone');
  });

  test('tells mail servers whom to ask: the one named, else one that is ready, else their own', () => {
    const said = { checks: [ready('127.0.0.7#53')], problem: null };
    expect(setup.resolverForSender({ resolver: '127.0.0.9#5353', checked: said })).toBe(
      '127.0.0.9',
    );
    expect(setup.resolverForSender({ resolver: '', checked: said })).toBe('127.0.0.7');
    expect(setup.resolverForSender({ resolver: '', checked: null })).toBe('127.0.0.1');
    expect(setup.resolverForSender({ resolver: 'nonsense', checked: null })).toBe('127.0.0.1');
  });

  test('says when that one answers where no mail server asks', () => {
    const said = { checks: [ready('127.0.0.7#5335')], problem: null };
    expect(setup.oddResolverPort({ resolver: '', checked: said })).toBe(5335);
    expect(setup.oddResolverPort({ resolver: '::1#5353', checked: said })).toBe(5353);
    expect(setup.oddResolverPort({ resolver: '127.0.0.9', checked: said })).toBeNull();
    expect(setup.oddResolverPort({ resolver: '', checked: null })).toBeNull();
  });
});

describe('the mail', () => {
  test('is dated as mails are', () => {
    // RFC 5322 §3.3; the day of the week from a calendar.
    const date = setup.mailDate(new Date(Date.UTC(2026, 10, 1, 7, 4, 5)));
    expect(date).toBe('Sun, 01 Nov 2026 07:04:05 +0000');
  });

  test('goes to all recipients, from whom the person says', async () => {
    setup.changeSetup({ sender: ' me@example.org ' });
    await setup.saveTestMail(reportWith(), new Date(0));
    expect(saved).toHaveLength(1);
    const [{ name, text }] = saved as [{ readonly name: string; readonly text: string }];
    expect(name).toMatch(/\.eml$/);
    expect(text).toContain('From: <me@example.org>\r\n');
    expect(text.match(/@[a-z-]+\.havedane\.test>/g)).toHaveLength(19);
    expect(steps().saved).toEqual(saveReply);
  });

  test.each(['', 'nobody', 'a@b@c', 'a b@c', 'a@b>\r\nBcc: <x@y', `${'x'.repeat(250)}@y.example`])(
    'is not written for “%s”',
    async (sender) => {
      setup.changeSetup({ sender });
      await setup.saveTestMail(reportWith(), new Date(0));
      expect(saved).toEqual([]);
    },
  );
});

describe('the report', () => {
  test('is saved under the name of the domain, as of its own time', async () => {
    await listening(running(reportWith()));
    await saving.saveTestReport('json');
    const at = '2026-11-29T17:04:05.000Z';
    expect(saved).toMatchObject([{ domain: 'havedane.test', at, content: { format: 'json' } }]);
    const message = 'Saved as /tmp/x';
    expect(saving.useOutboundSaving.getState()).toMatchObject({ phase: 'done', message });
  });

  test('what is printed is the page', async () => {
    await listening(running(reportWith()));
    await saving.saveTestReport('pdf');
    const [{ content }] = saved as [{ readonly content: { readonly text: string } }];
    expect(content).toMatchObject({ format: 'pdf' });
    expect(content.text).toMatch(/^<!doctype html>/i);
  });

  test('says when it was not saved, and nothing when the person thought better of it', async () => {
    await listening(running(reportWith()));
    saveReply = { kind: 'failed', message: 'The disk is full.' };
    await saving.saveTestReport('csv');
    expect(saving.useOutboundSaving.getState()).toEqual({
      ...{ menu: false, phase: 'failed', message: 'The disk is full.', format: 'csv' },
    });
    saveReply = { kind: 'cancelled' };
    await saving.saveTestReport('csv');
    expect(saving.useOutboundSaving.getState()).toMatchObject({ phase: 'idle', message: null });
  });

  test('there is none without a test', async () => {
    await listening();
    await saving.saveTestReport('json');
    expect(saved).toEqual([]);
  });

  describe('is what the keys for saving and printing mean', () => {
    const opened = async (state: OutboundState, screen: 'outbound' | 'batch') => {
      const { obey } = await import('../../../../renderer/store/start.ts');
      const { useProgram } = await import('../../../../renderer/store/settings-store.ts');
      await listening(state);
      useProgram.setState({ screen });
      obey('report');
      const { menu } = saving.useOutboundSaving.getState();
      saving.showTestReportMenu(false);
      obey('print');
      const written = () => saved.length > 0;
      if (menu) await vi.waitUntil(written);
      return { menu, saved: saved.length, screen: useProgram.getState().screen };
    };

    test('while its screen shows one', async () => {
      expect(await opened(running(reportWith()), 'outbound')).toEqual({
        ...{ menu: true, saved: 1, screen: 'outbound' },
      });
    });

    test('and elsewhere they mean that of the inspection, as they do without a test', async () => {
      const other = { menu: false, saved: 0, screen: 'inspect' };
      expect(await opened(running(reportWith()), 'batch')).toEqual(other);
      expect(await opened(STOPPED, 'outbound')).toEqual(other);
    });
  });
});
