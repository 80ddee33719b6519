// The texts of the kit where the rig of real servers does not go: odd paths, IPv6 alone, no page, warnings.
import { describe, expect, test } from 'vitest';
import { kitDoubts, type KitPlan } from '../../../../shared/lab/kit-doubts.ts';
import type { KitFacts } from '../../../../shared/lab/kit-facts.ts';
import { outboundKit } from '../../../../shared/lab/kit.ts';

const DIGEST = 'ab'.repeat(32);
const FACTS: KitFacts = {
  base: 'dane.example.org',
  trustAnchor: `dane.example.org. 60 IN DS 12345 13 2 ${DIGEST}`,
  zoneText: 'dane.example.org. 60 IN NS ns.dane.example.org.\n',
  dns: { address: '203.0.113.1', port: 53 },
  addresses: ['203.0.113.1', '2001:db8::2'],
  web: { address: '203.0.113.1', port: 80 },
  ...{ nat: [], smtpPort: 25, listenPort: 25, doubts: [], environment: {} },
  program: ['/usr/bin/node', '/opt/dane/dane-inspector.cjs'],
  options: ['--public', 'dane.example.org'],
  statePath: '/home/me/kit/state.json',
};

function textOf(name: string, changes: Partial<KitFacts> = {}): string {
  const file = outboundKit({ ...FACTS, ...changes }).find((each) => each.name === name);
  if (file === undefined) throw new Error(name);
  return file.text;
}

const UNIT = 'dane-inspector-outbound.service';
const settingOf = (unit: string, key: string): string | undefined =>
  unit
    .split('\n')
    .find((line) => line.startsWith(`${key}=`))
    ?.slice(key.length + 1);

test('every file says in its first line whose it is', () => {
  for (const { name, text } of outboundKit(FACTS))
    expect(text.split('\n', 1)[0], name).toContain('DANE Inspector outbound kit');
});

describe('the records for the zone above', () => {
  test('are absolute, and nothing else stands in the file', () => {
    const lines = textOf('delegation.zone')
      .split('\n')
      .filter((line) => !line.startsWith(';'));
    expect(lines).toEqual([
      'dane.example.org. 3600 IN NS ns.dane.example.org.',
      'ns.dane.example.org. 3600 IN A 203.0.113.1',
      `dane.example.org. 3600 IN DS 12345 13 2 ${DIGEST}`,
      '',
    ]);
  });

  test('a name server with an IPv6 address has AAAA', () => {
    const dns = { address: '2001:db8::53', port: 53 };
    expect(textOf('delegation.zone', { dns })).toContain(
      'ns.dane.example.org. 3600 IN AAAA 2001:db8::53\n',
    );
  });

  test('a web form gets the parts of the DS record one by one', () => {
    const text = textOf('delegation.txt');
    expect(text).toMatch(/^ {2}Key tag +12345$/m);
    expect(text).toMatch(/^ {2}Algorithm +13$/m);
    expect(text).toMatch(/^ {2}Digest type +2$/m);
    expect(text).toMatch(new RegExp(`^  Digest +${DIGEST}$`, 'm'));
  });
});

// RFC 1035 §5.1: a name without a dot at its end is relative to the zone.
test('a web form that takes names as zone files do is told of the dot', () => {
  expect(textOf('delegation.txt')).toContain('“ns.dane.example.org.”');
});

// systemd.syntax(7) and systemd.service(5): quotes, “%” for specifiers, “$” for variables.
describe('the line that starts the service', () => {
  test('plain words stay as they are', () => {
    expect(settingOf(textOf(UNIT), 'ExecStart')).toBe(
      '/usr/bin/node /opt/dane/dane-inspector.cjs lab --outbound --public dane.example.org --state ${STATE_DIRECTORY}/state.json',
    );
  });

  test.each([
    ['a blank', '/opt/my dane/x.cjs', '"/opt/my dane/x.cjs"'],
    ['a percent sign', '/opt/100%/x.cjs', '"/opt/100%%/x.cjs"'],
    ['a dollar sign', '/opt/$HOME/x.cjs', '"/opt/$$HOME/x.cjs"'],
    ['quotes and backslashes', '/opt/a"b\\c/x.cjs', '"/opt/a\\"b\\\\c/x.cjs"'],
  ])('%s in the script’s path', (_, path, written) => {
    const unit = textOf(UNIT, { program: ['/usr/bin/node', path] });
    expect(settingOf(unit, 'ExecStart')).toContain(`/usr/bin/node ${written} lab --outbound`);
  });

  test('no variable is put in for the program itself, so that its dollar sign stays one', () => {
    const unit = textOf(UNIT, { program: ['/opt/$x/node', '/opt/x.cjs'] });
    expect(settingOf(unit, 'ExecStart')).toMatch(/^"\/opt\/\$x\/node" \/opt\/x\.cjs /);
  });

  test('Electron is told to be a plain Node', () => {
    const unit = textOf(UNIT, { environment: { ELECTRON_RUN_AS_NODE: '1' } });
    expect(settingOf(unit, 'Environment')).toBe('ELECTRON_RUN_AS_NODE=1');
  });
});

test('a program in somebody’s home is not hidden from the service', () => {
  expect(settingOf(textOf(UNIT), 'ProtectHome')).toBe('yes');
  const unit = textOf(UNIT, { program: ['/home/me/node', '/opt/x.cjs'] });
  expect(settingOf(unit, 'ProtectHome')).toBe('read-only');
});

test('the journal has what the program prints: of visitors nothing, without a page the recipients', () => {
  expect(settingOf(textOf(UNIT), 'StandardOutput')).toBe('journal');
  expect(textOf(UNIT)).toContain('of visitors and their senders nothing');
  expect(settingOf(textOf(UNIT, { web: null }), 'StandardOutput')).toBe('journal');
  expect(textOf('README.txt', { web: null })).toContain(
    '“journalctl -u dane-inspector-outbound” has the recipients',
  );
});

describe('the firewall', () => {
  test('the machine’s own rules have its own addresses and ports, the provider’s the published ones', () => {
    const changes = {
      nat: [{ published: '203.0.113.1', own: '10.0.0.1' }],
      listenPort: 2525,
    };
    const rules = textOf('firewall.nft', changes);
    expect(rules).toContain('ip daddr { 10.0.0.1 } tcp dport 2525 accept');
    expect(rules).toContain('ip6 daddr { 2001:db8::2 } tcp dport 2525 accept');
    expect(rules).not.toContain('203.0.113.1');
    const notes = textOf('firewall.txt', changes);
    expect(notes).toMatch(/^ {2}25\/tcp +mail$/m);
    expect(notes).toContain('sudo ufw allow proto tcp to 10.0.0.1 port 2525');
    expect(notes).toContain('203.0.113.1 is 10.0.0.1 here');
    expect(notes).toContain('nc -vz 203.0.113.1 25');
  });

  test('without the page no port is opened for it', () => {
    expect(textOf('firewall.nft', { web: null })).not.toContain('dport 80');
    expect(textOf('firewall.txt', { web: null })).not.toContain('80/tcp');
  });
});

describe('the steps', () => {
  test('to end it, the DS record goes first, then the name server, then the service', () => {
    const text = textOf('README.txt');
    const end = text.slice(text.indexOf('To end it'));
    const places = [
      'Delete the DS record',
      'Wait for its TTL: 3600',
      'Delete the NS record',
      'disable --now',
    ].map((part) => end.indexOf(part));
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(places).not.toContain(-1);
  });

  test('a path with a blank is one word for the shell', () => {
    expect(textOf('README.txt', { statePath: "/home/me/it's mine/state.json" })).toContain(
      `sudo install -D -m 600 '/home/me/it'\\''s mine/state.json' /etc/dane-inspector-outbound/state.json`,
    );
  });

  test('the program is named as it can be typed here, and the files are said to lie here', () => {
    const changes = {
      program: ['/usr/bin/node', "/opt/it's mine/x.cjs"],
      environment: { ELECTRON_RUN_AS_NODE: '1' },
    };
    expect(textOf('README.txt', changes)).toContain(
      `\n     ELECTRON_RUN_AS_NODE=1 /usr/bin/node '/opt/it'\\''s mine/x.cjs'\n`,
    );
    // The commands of step 2 name files of the folder.
    expect(textOf('README.txt')).toMatch(
      /2\. Start the service, from this folder\n {3}sudo install/,
    );
  });

  test('a domain of its own is warned of the registry', () => {
    expect(textOf('README.txt')).not.toContain('registry');
    expect(textOf('README.txt', { base: 'example.org' })).toContain('such as dane.example.org');
  });

  test('a name deeper down need not have a zone right above it', () => {
    const words = (base: string): string => textOf('README.txt', { base }).replaceAll(/\s+/g, ' ');
    expect(words('dane.lab.example.org')).toContain(
      'Where lab.example.org is no zone of its own, that is the one it belongs to.',
    );
    expect(words('dane.example.org')).not.toContain('no zone of its own');
  });

  test('a page at an IPv6 address has brackets in its URL', () => {
    const web = { address: '2001:db8::2', port: 8080 };
    expect(textOf('README.txt', { web })).toContain('http://[2001:db8::2]:8080/');
  });
});

describe('what would stand in the way', () => {
  const PLAN: KitPlan = {
    dns: FACTS.dns,
    addresses: FACTS.addresses,
    web: FACTS.web,
    ...{ smtpPort: 25, leftOut: [], platform: 'linux', image: null, hidden: [] },
    program: FACTS.program,
  };

  test('nothing, as a rule', () => {
    expect(kitDoubts(PLAN)).toEqual([]);
  });

  test.each<readonly [string, Partial<KitPlan>, RegExp]>([
    [
      'a private address',
      { addresses: ['203.0.113.1', '172.16.0.1'] },
      /172\.16\.0\.1 is an address of a private network/,
    ],
    [
      'a page that the world cannot reach',
      { web: { address: '10.0.0.4', port: 80 } },
      /^10\.0\.0\.4 is an address of a private network/,
    ],
    [
      'a page of this machine alone',
      { web: { address: '127.0.0.1', port: 8080 } },
      /^127\.0\.0\.1 is .* of this machine alone/,
    ],
    ['a mail server of this machine alone', { addresses: ['203.0.113.1', '::1'] }, /^::1 is /],
    ['a shared address', { addresses: ['100.64.0.1'] }, /private network/],
    ['a local IPv6 address', { addresses: ['fd12::1'] }, /private network/],
    ['another system', { platform: 'darwin' }, /systemd on Linux/],
    ['an AppImage', { image: '/x.AppImage' }, /--appimage-extract/],
    [
      'a program that others may not read',
      { hidden: ['/root/x.cjs'] },
      /may not read \/root\/x\.cjs/,
    ],
    [
      'a program that is gone tomorrow',
      { program: ['/usr/bin/node', '/var/tmp/x.cjs'] },
      /\/var\/tmp\/x\.cjs lies in a folder for temporary files/,
    ],
    ['another port for mail', { smtpPort: 2525 }, /connect to port 25 alone/],
    [
      'a name server of IPv6 alone',
      { dns: { address: '2001:db8::1', port: 53 } },
      /resolvers without IPv6/,
    ],
    ['too few addresses', { leftOut: ['strip', 'injected'] }, /want of addresses: strip, injected/],
  ])('%s', (_, changes, sentence) => {
    const doubts = kitDoubts({ ...PLAN, ...changes });
    expect(doubts).toHaveLength(1);
    expect(doubts[0]).toMatch(sentence);
  });

  test.each(['172.32.0.1', '100.128.0.1', '11.0.0.1', 'fe00::1'])('%s is public', (address) => {
    expect(kitDoubts({ ...PLAN, addresses: [address] })).toEqual([]);
  });
});
