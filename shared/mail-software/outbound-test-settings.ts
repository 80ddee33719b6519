/** What puts a mail server to the outbound test: its resolver, DANE switched on, and what loopback needs. */
import { EXIM_SENDING } from './exim-settings.ts';
import { HALON_SENDING } from './halon-settings.ts';
import { POSTFIX_SENDING } from './postfix-settings.ts';
import { POWERMTA_SENDING } from './powermta-settings.ts';
import type { SettingsPart } from './settings.ts';

export interface TestPlace {
  /** The base name of the test, without a trailing dot. */
  readonly base: string;
  /** Address of the resolver that finds the test’s zone; mail servers ask it on port 53. */
  readonly resolver: string;
  /** The zone’s DS record as a line of a zone file. */
  readonly trustAnchor: string;
  /** The test’s mail servers have loopback addresses. */
  readonly loopback: boolean;
  /** The port that they listen on. */
  readonly smtpPort: number;
}

export interface SenderSettings {
  readonly software: string;
  /** Tried out with the software itself, or taken from its documentation alone. */
  readonly basis: 'tried' | 'documented';
  readonly parts: readonly SettingsPart[];
  /** To be run afterwards; null where that is not known. */
  readonly apply: string | null;
  /** Plain sentences: what to mind. */
  readonly notes: readonly string[];
}

const SMTP_PORT = 25;

/** In the order of a menu. */
export function outboundTestSettings(place: TestPlace): readonly SenderSettings[] {
  return [postfix(place), exim(place), halon(), powerMta(), kumoMta(place)];
}

/** `trust-ad`: resolv.conf(5). */
function resolvConf({ resolver }: TestPlace): SettingsPart {
  return {
    where: '/etc/resolv.conf, with no other line that begins with “nameserver”',
    kind: 'text',
    text: [`nameserver ${resolver}`, 'options edns0 trust-ad'].join('\n'),
  };
}

function postfix(place: TestPlace): SenderSettings {
  const { base, smtpPort } = place;
  // postconf(5): parent_domain_matches_subdomains does not hold transport_maps, so the dot is needed.
  const elsewhere: readonly SettingsPart[] =
    smtpPort === SMTP_PORT
      ? []
      : [
          {
            where: '/etc/postfix/main.cf, beside what transport_maps has already',
            kind: 'text',
            text: `transport_maps = inline:{ .${base}=dane-test: }`,
          },
          {
            where: '/etc/postfix/master.cf',
            kind: 'text',
            text: ['dane-test unix - - n - - smtp', `  -o smtp_tcp_port=${smtpPort}`].join('\n'),
          },
        ];
  return {
    software: 'Postfix',
    basis: 'tried',
    parts: [resolvConf(place), POSTFIX_SENDING, ...elsewhere],
    apply: 'postfix check && systemctl restart postfix',
    notes: [
      'Leave smtp_tls_security_level and smtp_tls_policy_maps as they are if they are what shall be tested; smtp_dns_support_level = dnssec is needed in any case.',
      'In main.cf the last line for a setting wins, and Postfix warns of each older one whenever it runs: take those out.',
      'Where the SMTP client runs in a chroot (column 5 of master.cf), it reads the resolv.conf in /var/spool/postfix/etc: Debian’s start copies it there.',
      'Where relayhost is set, Postfix gives all mail to that host, and the host is what is tested.',
      ...(place.loopback
        ? [
            'With inet_interfaces = all Postfix itself takes port 25 of every loopback address, and the test cannot listen there: name the addresses that Postfix needs, or let the test listen on another port.',
          ]
        : []),
    ],
  };
}

function exim(place: TestPlace): SenderSettings {
  const [main, router, transport] = EXIM_SENDING;
  const parts = [main, place.loopback ? loopbackRouter(place) : router, transport];
  const further = transportLines(place);
  return {
    software: 'Exim',
    basis: 'tried',
    parts: [
      resolvConf(place),
      ...parts.flatMap((part) => (part === undefined ? [] : [part])),
      ...(further === ''
        ? []
        : [{ where: 'the same transport', kind: 'text' as const, text: further }]),
    ],
    apply: 'exim -bV && systemctl restart exim4',
    notes: [
      'Leave hosts_try_dane and hosts_require_dane as they are if they are what shall be tested.',
      'Exim must be built with DANE: “exim -bV” lists it under “Support for”.',
      'Where a smarthost is set, Exim gives all mail to that host, and the host is what is tested.',
      ...(place.loopback
        ? [
            'Exim’s usual router ignores hosts at 127.… (ignore_target_hosts), and 127.0.0.1 it takes for itself: so the test has a router of its own. The transport is the one that all mail takes; it is called remote_smtp on Debian.',
          ]
        : []),
    ],
  };
}

/** Exim specification, “The dnslookup router”, and the generic options `self` and `ignore_target_hosts`. */
function loopbackRouter({ base }: TestPlace): SettingsPart {
  return {
    where: 'before the dnslookup router',
    kind: 'text',
    text: [
      'dane_test:',
      '  driver = dnslookup',
      `  domains = *.${base}`,
      '  transport = remote_smtp',
      '  self = send',
      '  dnssec_request_domains = *',
      '  no_more',
    ].join('\n'),
  };
}

/** Exim specification, “The smtp transport”: allow_localhost; port, which is expanded. */
function transportLines({ base, loopback, smtpPort }: TestPlace): string {
  const port = `  port = \${if match_domain{$domain}{*.${base}}{${smtpPort}}{${SMTP_PORT}}}`;
  return [
    ...(loopback ? ['  allow_localhost'] : []),
    ...(smtpPort === SMTP_PORT ? [] : [port]),
  ].join('\n');
}

const UNTRIED =
  'It is not at hand where this program is tested: the text is as documented, and was not tried out.';

function halon(): SenderSettings {
  return {
    software: 'Halon',
    basis: 'documented',
    parts: HALON_SENDING,
    apply: null,
    notes: [
      'Halon has a resolver of its own. It must be pointed at the one that finds the test’s zone; how it learns a trust anchor is not in its public documentation.',
      UNTRIED,
    ],
  };
}

function powerMta(): SenderSettings {
  return {
    software: 'PowerMTA',
    basis: 'documented',
    parts: POWERMTA_SENDING,
    apply: null,
    notes: [
      'Which resolver it asks, and whether it delivers to loopback addresses, is not in what is public of its manual.',
      UNTRIED,
    ],
  };
}

/** Pages configure_unbound_resolver, trust_anchor_file, make_egress_path, enable_dane and prohibited_hosts. */
function kumoMta({ resolver, trustAnchor, loopback, smtpPort }: TestPlace): SenderSettings {
  return {
    software: 'KumoMTA',
    basis: 'documented',
    parts: [
      { where: '/opt/kumomta/etc/dane-test.anchor', kind: 'text', text: trustAnchor.trim() },
      {
        where: '/opt/kumomta/etc/policy/init.lua, in the handler of “init”',
        kind: 'text',
        text: [
          'kumo.dns.configure_unbound_resolver {',
          `  name_servers = { '${resolver.includes(':') ? `[${resolver}]` : resolver}:53' },`,
          '  options = {',
          '    validate = true,',
          "    trust_anchor_file = '/opt/kumomta/etc/dane-test.anchor',",
          '  },',
          '}',
        ].join('\n'),
      },
      {
        where: 'the same file, in the handler of “get_egress_path_config”',
        kind: 'text',
        text: [
          'return kumo.make_egress_path {',
          '  enable_dane = true,',
          ...(smtpPort === SMTP_PORT ? [] : [`  smtp_port = ${smtpPort},`]),
          ...(loopback ? ['  prohibited_hosts = {},'] : []),
          '}',
        ].join('\n'),
      },
    ],
    apply: 'systemctl restart kumomta',
    notes: [
      'Version 2025.05.06 or newer, for trust_anchor_file. KumoMTA validates by itself, so it needs the anchor too.',
      ...(loopback
        ? [
            'By default KumoMTA delivers to no loopback address (prohibited_hosts). Take that line out after the test.',
          ]
        : []),
      UNTRIED,
    ],
  };
}
