/** The resolver under a sending mail server: DANE is worth what validates its look-ups (RFC 7672 §2.1.1, §8.2). */
import type { SettingsPart, SettingsTest } from './settings.ts';

/**
 * `trust-ad`: resolv.conf(5); glibc 2.31 and newer clear the AD bit without it, save for programs that
 * ask for it themselves.
 */
export const RESOLVER_PART: SettingsPart = {
  where:
    '/etc/resolv.conf, with a resolver on this machine that validates (Unbound, BIND, Knot Resolver)',
  kind: 'text',
  text: ['nameserver 127.0.0.1', 'nameserver ::1', 'options edns0 trust-ad'].join('\n'),
};

export const RESOLVER_TESTS: readonly SettingsTest[] = [
  {
    title: 'The resolver validates',
    command: 'dig @127.0.0.1 +dnssec . SOA',
    expect:
      '“ad” among the flags. Without it every look-up counts as insecure, and DANE is never used.',
  },
];
