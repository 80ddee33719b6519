import { describe, expect, test } from 'vitest';
import {
  outboundTestSettings,
  type SenderSettings,
  type TestPlace,
} from '../../../../shared/mail-software/outbound-test-settings.ts';

const PLACE: TestPlace = {
  ...{ base: 'havedane.test', resolver: '127.0.0.1', loopback: true, smtpPort: 25 },
  trustAnchor: 'havedane.test. 60 IN DS 12345 13 2 ABCDEF',
};
const PUBLIC: TestPlace = { ...PLACE, base: 'dane.example.org', loopback: false };

function settingsOf(software: string, place: TestPlace): SenderSettings {
  const found = outboundTestSettings(place).find((each) => each.software === software);
  if (found === undefined) throw new Error(software);
  return found;
}

function textOf(software: string, place: TestPlace): string {
  return settingsOf(software, place)
    .parts.map(({ text }) => text)
    .join('\n');
}

test('what was not tried out says so', () => {
  for (const { basis, notes, software } of outboundTestSettings(PLACE)) {
    const told = notes.some((note) => note.includes('was not tried out'));
    expect([software, told]).toEqual([software, basis === 'documented']);
  }
});

test('Postfix and Exim are told whom to ask, and to believe it', () => {
  for (const software of ['Postfix', 'Exim'])
    expect(textOf(software, PLACE)).toContain('nameserver 127.0.0.1\noptions edns0 trust-ad');
});

describe('what loopback needs', () => {
  test('is there only where the test listens there', () => {
    expect(textOf('Exim', PLACE)).toContain('self = send');
    expect(textOf('Exim', PLACE)).toContain('allow_localhost');
    expect(textOf('KumoMTA', PLACE)).toContain('prohibited_hosts = {}');
    for (const software of ['Exim', 'KumoMTA'])
      expect(textOf(software, PUBLIC)).not.toMatch(/self = send|allow_localhost|prohibited_hosts/);
  });

  test('Postfix’s hold on port 25 is told', () => {
    const told = (place: TestPlace): boolean =>
      settingsOf('Postfix', place).notes.some((note) => note.includes('inet_interfaces'));
    expect([told(PLACE), told(PUBLIC)]).toEqual([true, false]);
  });
});

test('another port leads the test’s mail alone there', () => {
  const elsewhere = { ...PLACE, smtpPort: 2525 };
  expect(textOf('Postfix', elsewhere)).toContain('.havedane.test=dane-test:');
  expect(textOf('Exim', elsewhere)).toContain('{*.havedane.test}{2525}{25}');
  expect(textOf('KumoMTA', elsewhere)).toContain('smtp_port = 2525');
  for (const { software } of outboundTestSettings(PLACE))
    expect(textOf(software, PLACE)).not.toMatch(/dane-test unix|^ +port = /m);
});
