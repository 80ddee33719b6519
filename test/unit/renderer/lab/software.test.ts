// The settings for mail servers, as they follow from where the test lives.
import { expect, test } from 'vitest';
import { chosenOf, mailSoftwareNames, senderSettings } from '../../../../renderer/lab/software.ts';
import { reportWith } from './reports.ts';

function textOf(software: string, addresses: string, resolver = '127.0.0.1'): string {
  const all = senderSettings(reportWith(), addresses, resolver);
  const { parts, notes } = chosenOf(all, software) ?? { parts: [], notes: [] };
  return [...parts.map(({ text }) => text), ...notes].join('\n');
}

test('name the resolver', () => {
  expect(textOf('Postfix', '127.25.0.1', '127.9.9.9')).toContain('nameserver 127.9.9.9');
});

test('make room for loopback addresses where all of them are', () => {
  // Exim specification, generic router option `self`: its own machine is no remote host unless told so.
  expect(textOf('Exim', '127.25.0.1-127.25.0.20')).toContain('self = send');
  expect(textOf('Exim', '127.25.0.1, 192.0.2.1')).not.toContain('self = send');
  expect(textOf('Exim', 'nonsense')).not.toContain('self = send');
});

test('the first stands where none was chosen, or one that is not there', () => {
  const all = senderSettings(reportWith(), '127.25.0.1', '127.0.0.1');
  expect(chosenOf(all, '')?.software).toBe('Postfix');
  expect(chosenOf(all, 'Sendmail')?.software).toBe('Postfix');
  expect(chosenOf(all, 'KumoMTA')?.software).toBe('KumoMTA');
});

test('there are five', () => {
  expect(mailSoftwareNames()).toEqual(['Postfix', 'Exim', 'Halon', 'PowerMTA', 'KumoMTA']);
});
