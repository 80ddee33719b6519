// What a person is told to fill in somewhere is called as the field is labelled.
import { expect, test } from 'vitest';
import { words } from '../../../../renderer/words/words.ts';
import { listeningAdvice, type ListeningTrouble } from '../../../../shared/lab/listening-words.ts';

const { fields } = words.outbound;

const MAIL: ListeningTrouble = {
  ...{ asker: 'window', what: 'smtp', address: '127.25.0.1', port: 25, code: 'EACCES' },
  ...{ smtpPort: 25, mailAddresses: '127.25.0.1-127.25.0.20', platform: 'linux' },
};
const DNS: ListeningTrouble = { ...MAIL, what: 'dns', address: '127.25.0.53', port: 53 };

test.each([
  [{ ...MAIL, code: 'EACCES' }, `“${fields.listenPort}”: 2525`],
  [{ ...MAIL, code: 'EADDRINUSE' }, `“${fields.addresses}”: 127.25.1.1-127.25.1.20`],
  [{ ...MAIL, code: 'EADDRNOTAVAIL' }, `in “${fields.addresses}”`],
  [{ ...DNS, code: 'EACCES' }, `“${fields.nameServer}”: 127.25.0.53#5300`],
  [{ ...DNS, code: 'EADDRNOTAVAIL' }, `in “${fields.nameServer}”`],
])('$what, $code', (trouble, named) => {
  const texts = listeningAdvice(trouble).ways.map(({ text }) => text);
  expect(texts.join('\n')).toContain(named);
});
