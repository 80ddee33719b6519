/** The settings that a test has for mail servers, and the one of several that the person chose. */
import { isLoopback, readAddresses } from '../../shared/lab/place.ts';
import type { TestReport } from '../../shared/lab/test-report.ts';
import {
  outboundTestSettings,
  type SenderSettings,
} from '../../shared/mail-software/outbound-test-settings.ts';

/** `addresses` are those of the mail servers, as they were typed. */
export function senderSettings(
  { base, trustAnchor, smtpPort }: TestReport,
  addresses: string,
  resolver: string,
): readonly SenderSettings[] {
  const read = readAddresses(addresses);
  const loopback = read.ok && read.value.addresses.every(isLoopback);
  return outboundTestSettings({ base, trustAnchor, smtpPort, resolver, loopback });
}

/** The names alone, which are the same whatever the place. */
export function mailSoftwareNames(): readonly string[] {
  const nowhere = { base: '', resolver: '', trustAnchor: '', loopback: true, smtpPort: 25 };
  return outboundTestSettings(nowhere).map(({ software }) => software);
}

/** The first where none was chosen yet. */
export function chosenOf<Settings extends { readonly software: string }>(
  all: readonly Settings[],
  software: string,
): Settings | undefined {
  return all.find((each) => each.software === software) ?? all[0];
}
