/** Links and domains from outside: a name to ask about is taken of them, and nothing else. */
import { describe, expect, it } from 'vitest';
import { readArguments } from '../../../../electron/shell/arguments.ts';
import { domainOfLink, isLink, OutsideDomains } from '../../../../electron/shell/outside-domain.ts';

describe('a link', () => {
  it.each([
    ['dane-inspector://example.org', 'example.org'],
    ['dane-inspector://example.org/', 'example.org'],
    ['DANE-INSPECTOR://Example.ORG', 'example.org'],
    ['dane-inspector://xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['dane-inspector://_dmarc.example.org', '_dmarc.example.org'],
  ])('%s names %s', (link, domain) => {
    expect(isLink(link)).toBe(true);
    expect(domainOfLink(link)).toBe(domain);
  });

  it.each([
    'dane-inspector:',
    'dane-inspector:example.org',
    'dane-inspector:/example.org',
    'dane-inspector://',
    'dane-inspector:///etc/passwd',
    'dane-inspector://x/--option',
    'dane-inspector://--lab',
    'dane-inspector://-x.example',
    'dane-inspector://example.org/path',
    'dane-inspector://example.org//',
    'dane-inspector://example.org?x=1',
    'dane-inspector://example.org#x',
    'dane-inspector://user@example.org',
    'dane-inspector://user:word@example.org',
    'dane-inspector://example.org:53',
    'dane-inspector://example%2eorg',
    'dane-inspector://%65xample.org',
    'dane-inspector://example.org%00',
    'dane-inspector://example.org\u0000',
    'dane-inspector://example.org\n',
    'dane-inspector://example.org\n--lab',
    'dane-inspector://exa mple.org',
    'dane-inspector://example.org ',
    'dane-inspector://\u202egro.elpmaxe',
    'dane-inspector://bücher.example',
    'dane-inspector://ex\u0430mple.org',
    'dane-inspector://"example.org"',
    "dane-inspector://example.org'",
    'dane-inspector://example.org;id',
    'dane-inspector://$(id)',
    'dane-inspector://192.0.2.1',
    'dane-inspector://[2001:db8::1]',
    'dane-inspector://a..b',
    `dane-inspector://${'a'.repeat(64)}.example`,
    `dane-inspector://${'a.'.repeat(127)}a`,
    `dane-inspector://${'a'.repeat(1_000_000)}`,
    ' dane-inspector://example.org',
    'https://example.org',
  ])('%j names nothing', (link) => {
    expect(domainOfLink(link)).toBeNull();
  });

  it('on the command line is that, whatever it holds, and nothing after it is read', () => {
    const given = readArguments(
      ['/app', 'dane-inspector://x/--lab', '--lab', '--resolver=192.0.2.53', 'example.org', '/x'],
      '/app',
    );
    expect(given).toMatchObject({
      ...{ link: 'dane-inspector://x/--lab', domain: null, files: [], lab: false, unknown: [] },
      options: { resolver: null },
    });
  });

  it('may follow what Windows is told to write before it', () => {
    const link = 'dane-inspector://example.org';
    expect(readArguments(['--', link, '--lab'], '/app')).toMatchObject({ link, lab: false });
  });
});

describe('what waits for the window', () => {
  const waiting = () => {
    let told = 0;
    const outside = new OutsideDomains(() => (told += 1));
    return { outside, told: () => told };
  };

  it('is handed over once', () => {
    const { outside, told } = waiting();
    expect(outside.add('User@Example.org', 'start')).toBeNull();
    expect(told()).toBe(1);
    expect(outside.take()).toEqual({ domain: 'example.org', from: 'start', ask: false });
    expect(outside.take()).toBeNull();
  });

  it('by a link is always asked about, and the first of many stays', () => {
    const { outside } = waiting();
    for (const name of ['first', 'second', 'third'])
      outside.addLink(`dane-inspector://${name}.example`);
    expect(outside.take()).toEqual({ domain: 'first.example', from: 'link', ask: true });
    expect(outside.take()).toBeNull();
  });

  it('is the last that a person named; a link waits until that is done', () => {
    const { outside } = waiting();
    outside.addLink('dane-inspector://link.example');
    outside.add('one.example', 'start');
    outside.add('two.example', 'menu');
    expect(outside.take()?.domain).toBe('two.example');
    expect(outside.take()?.domain).toBe('link.example');
  });

  it('is nothing where no domain was named, and that is said without the link’s own text', () => {
    const { outside, told } = waiting();
    const message = outside.addLink('dane-inspector://evil<script>');
    expect(message).toContain('named no domain');
    expect(message).not.toContain('evil');
    expect(outside.add('a..b', 'start')).toContain('is not a domain');
    expect(told()).toBe(0);
    expect(outside.take()).toBeNull();
  });
});
