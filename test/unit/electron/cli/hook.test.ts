// `hook` on the command line: the script that comes out, and what is refused.
import { expect, test } from 'vitest';
import { writeHook } from '../../../../shared/hooks/write-hook.ts';
import { run } from './rig.ts';

const COMMAND = ['hook', '--client', 'certbot', '--dns', 'nsupdate', '--host', 'mail.example.org'];

const SETTINGS = {
  client: 'certbot',
  dns: 'nsupdate',
  places: [{ host: 'mail.example.org', port: 25 }],
  zone: null,
  ttl: 3600,
  folder: '/etc/dane-hook',
  reload: 'systemctl reload postfix',
  nameServers: null,
} as const;

test('writes the script, and as JSON holds it', async () => {
  const { stdout, exit } = await run(COMMAND);
  expect(exit).toBe(0);
  expect(stdout).toBe(writeHook(SETTINGS));
  const json = await run([...COMMAND, '--json']);
  expect(JSON.parse(json.stdout)).toEqual({
    client: 'certbot',
    dns: 'nsupdate',
    script: writeHook(SETTINGS),
  });
});

test('several hosts and ports, a zone and name servers', async () => {
  const more = [
    '--host',
    'MX2.Example.org',
    '--port',
    '25',
    '--port',
    '465',
    '--zone',
    'example.org',
  ];
  const servers = ['--name-server', '192.0.2.1', '--name-server', '2001:db8::1#5353'];
  const { stdout } = await run([...COMMAND, ...more, ...servers, '--ttl', '1800']);
  expect(stdout).toBe(
    writeHook({
      ...SETTINGS,
      places: ['mail.example.org', 'mx2.example.org'].flatMap((host) =>
        [25, 465].map((port) => ({ host, port })),
      ),
      zone: 'example.org',
      ttl: 1800,
      nameServers: ['192.0.2.1', '2001:db8::1#5353'],
    }),
  );
});

test.each([
  ['--folder', 'relative', /whole path/],
  ['--reload', ' ', /command/],
  ['--name-server', 'ns.example.org', /address/],
  ['--name-server', '192.0.2.1#53#53', /address/],
  ['--name-server', '192.0.2.1#x', /port/],
  ['--ttl', '0', /seconds/],
  ['--client', 'other', /certbot/],
  ['--host', 'not a host', /host/],
])('refuses %s %s', async (option, value, words) => {
  const { stdout, stderr, exit } = await run([...COMMAND, option, value]);
  expect(exit).toBe(3);
  expect(stdout).toBe('');
  expect(stderr).toMatch(words);
});
