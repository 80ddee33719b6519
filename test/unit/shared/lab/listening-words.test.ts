// What to do where the test may not listen: each way out can be gone by whoever reads it.
import { describe, expect, test } from 'vitest';
import { listeningAdvice, type ListeningTrouble } from '../../../../shared/lab/listening-words.ts';

const MAIL: ListeningTrouble = {
  ...{ asker: 'window', what: 'smtp', address: '127.25.0.1', port: 25, code: 'EACCES' },
  ...{ smtpPort: 25, mailAddresses: '127.25.0.1-127.25.0.20', platform: 'linux' },
};
const DNS: ListeningTrouble = { ...MAIL, what: 'dns', address: '127.25.0.53', port: 53 };

function textOf(trouble: ListeningTrouble): string {
  const { trouble: sentence, ways } = listeningAdvice(trouble);
  return [sentence, ...ways.flatMap(({ text, commands }) => [text, ...commands])].join('\n');
}

const CODES = ['EACCES', 'EPERM', 'EADDRINUSE', 'EADDRNOTAVAIL', 'EMFILE'];
const PLATFORMS = ['linux', 'darwin', 'win32'];
const ALL = [MAIL, DNS].flatMap((trouble) =>
  CODES.flatMap((code) => PLATFORMS.map((platform) => ({ ...trouble, code, platform }))),
);

describe('the window', () => {
  test.each(ALL)('names no option of the command line: $what, $code, $platform', (trouble) => {
    const text = textOf(trouble);
    expect(text).not.toMatch(/--[a-z]/);
    // Electron with capabilities does not find its libraries, and nobody starts a window as root.
    expect(text).not.toMatch(/setcap|administrator/);
  });

  test('names its fields', () => {
    expect(textOf(MAIL)).toContain('“Port to listen on”: 2525');
    expect(textOf(DNS)).toContain('“Name server”: 127.25.0.53#5300');
    expect(textOf({ ...MAIL, code: 'EADDRINUSE' })).toContain('“Mail servers”: 127.25.1.1-');
    expect(textOf({ ...MAIL, code: 'EADDRNOTAVAIL' })).toContain('in “Mail servers”');
    expect(textOf({ ...DNS, code: 'EADDRNOTAVAIL' })).toContain('in “Name server”');
  });

  test('on Linux lets every program have the port, or the firewall lead it elsewhere', () => {
    const { ways } = listeningAdvice(MAIL);
    expect(ways.map(({ commands }) => commands[0])).toEqual([
      'sudo sysctl net.ipv4.ip_unprivileged_port_start=25',
      'sudo nft add table ip dane_test',
    ]);
  });
});

describe('the command line', () => {
  test.each(ALL)('names no field of the window: $what, $code, $platform', (trouble) => {
    expect(textOf({ ...trouble, asker: 'command-line' })).not.toMatch(/“(Name|Mail|Port)/);
  });

  test('may give Node alone the permission', () => {
    const { ways } = listeningAdvice({ ...MAIL, asker: 'command-line' });
    expect(ways.map(({ text }) => text.slice(0, 6))).toEqual(['Let No', 'Or let', 'Or lis']);
  });

  test('says how the permission is taken back, of the same file', () => {
    const [first] = listeningAdvice({ ...MAIL, asker: 'command-line' }).ways;
    const given = /^sudo setcap cap_net_bind_service=\+ep (.*)$/.exec(
      first?.commands[0] ?? '',
    )?.[1];
    expect(given).toMatch(/node/);
    // setcap(8): -r removes the capabilities of a file.
    expect(first?.text).toContain(`“sudo setcap -r ${given ?? ''}”`);
  });
});

describe('each way', () => {
  test.each(ALL)('is a sentence: $what, $code, $platform', (trouble) => {
    const { ways } = listeningAdvice(trouble);
    for (const [at, { text, commands }] of ways.entries()) {
      expect(text).toMatch(at === 0 ? /^(?!Or )[A-Z]/ : /^Or [a-z]/);
      expect(text.at(-1)).toBe(commands.length === 0 ? '.' : ':');
    }
  });

  test.each([
    { ...DNS, port: 5300, code: 'EADDRINUSE' },
    { ...MAIL, port: 2525, code: 'EADDRINUSE' },
  ])('proposes another port than the one that is taken: $what', (trouble) => {
    const { ways } = listeningAdvice(trouble);
    const text = ways.map((way) => `${way.text} ${way.commands.join(' ')}`).join(' ');
    expect(text).toMatch(
      trouble.what === 'dns' ? /127\.25\.0\.53#5301/ : /“Port to listen on”: 2526.* to :2526/,
    );
    expect(text).not.toMatch(/127\.25\.0\.53#5300|2525/);
  });

  test('names what only its system has', () => {
    expect(textOf({ ...MAIL, platform: 'darwin' })).not.toMatch(/sysctl|nft|netsh/);
    expect(textOf({ ...MAIL, platform: 'win32' })).not.toMatch(/sysctl|nft|below 1024/);
    expect(textOf({ ...MAIL, platform: 'win32' })).toContain('protocol=tcp');
    expect(textOf({ ...DNS, platform: 'win32' })).toContain('protocol=udp');
  });

  test('of a high port does not speak of low ones', () => {
    for (const platform of PLATFORMS) {
      const text = textOf({ ...MAIL, port: 3000, platform });
      expect(text).not.toMatch(/below 1024|sysctl/);
    }
  });

  test('leads both families where both are used', () => {
    const text = textOf({ ...MAIL, mailAddresses: '192.0.2.1,2001:db8::1' });
    expect(text).toContain('ip daddr { 192.0.2.1 } tcp dport 25 dnat to :2525');
    expect(text).toContain('ip6 daddr { 2001:db8::1 } tcp dport 25 dnat to :2525');
    expect(text).toContain(
      'sudo nft delete table ip dane_test && sudo nft delete table ip6 dane_test',
    );
  });
});
