// Why the page for visitors cannot be opened, and a way out that works for each reason.
import { expect, test } from 'vitest';
import { webListeningAdvice } from '../../../../shared/lab/web-listening-words.ts';

const advice = (code: string, port = 80): string => {
  const { trouble, ways } = webListeningAdvice({ address: '203.0.113.1', port, code });
  return [trouble, ...ways.flatMap(({ text, commands }) => [text, ...commands])].join('\n');
};

test('a port that only administrators have', () => {
  expect(advice('EACCES')).toMatch(/may not be on 203\.0\.113\.1, port 80: .* below 1024/);
  expect(advice('EACCES')).toContain('setcap cap_net_bind_service=+ep');
  expect(advice('EACCES')).toContain('“sudo setcap -r');
});

test('a port that is taken is not proposed again', () => {
  expect(advice('EADDRINUSE')).toContain('--web 203.0.113.1#8080');
  expect(advice('EADDRINUSE', 8080)).toContain('--web 203.0.113.1#8081');
  expect(advice('EADDRINUSE')).toContain('--web none');
});

test('an address that the machine does not have may be translated', () => {
  expect(advice('EADDRNOTAVAIL')).toContain('--nat PUBLIC=OWN');
});

test('any other reason is told as the system has it', () => {
  expect(advice('EMFILE')).toBe(
    'The page for visitors cannot be on 203.0.113.1, port 80 (EMFILE).',
  );
});
