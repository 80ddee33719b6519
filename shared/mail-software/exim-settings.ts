/** Exim: options for receiving and sending with DANE, as chapters 14, 30 and 42 of its specification have them. */
import type { MailSoftware, ServerPlace, SettingsPart, Written } from './settings.ts';

export const EXIM_SENDING: readonly SettingsPart[] = [
  {
    where: 'Exim’s main section',
    kind: 'text',
    text: [
      'dns_dnssec_ok = 1',
      'log_selector = +tls_cipher +tls_certificate_verified +dnssec',
    ].join('\n'),
  },
  {
    where: 'the dnslookup router',
    kind: 'text',
    text: '  dnssec_request_domains = *',
  },
  {
    where: 'every transport with “driver = smtp” that sends to the Internet',
    kind: 'text',
    text: ['  dnssec_request_domains = *', '  hosts_try_dane = *'].join('\n'),
  },
];

export const EXIM: MailSoftware = {
  title: 'Exim',
  version: '4.92 or newer, built with DANE (“exim -bV” lists it)',
  sources: [
    'Exim specification, chapter “Encrypted SMTP connections using TLS/SSL”, section “DANE”: https://www.exim.org/exim-html-current/doc/html/spec_html/ch-encrypted_smtp_connections_using_tlsssl.html',
    'Exim specification, “Main configuration”: tls_advertise_hosts, tls_certificate, tls_privatekey, tls_require_ciphers, openssl_options, dns_dnssec_ok, log_selector',
    'Exim specification, “The smtp transport”: hosts_try_dane, hosts_require_dane, dnssec_request_domains; “Generic options for routers”: dnssec_request_domains',
    'Exim 4.96 source, transports/smtp.c, for the words in the log',
  ],
  write: writePath,
  settings: (place) => ({
    inbound: [{ where: 'Exim’s main section', kind: 'text', text: inbound(place) }],
    outbound: EXIM_SENDING,
    tests: [
      {
        title: 'Exim reads the settings',
        command:
          'exim -bV && exim -bP tls_advertise_hosts tls_certificate tls_privatekey dns_dnssec_ok',
        expect: 'No error, “DANE” under “Support for”, and the values as written above.',
      },
      {
        title: 'The transport tries DANE',
        command: 'exim -bP transport remote_smtp | grep -E "dane|dnssec_request"',
        expect: '“hosts_try_dane = *” and “dnssec_request_domains = *”.',
      },
      {
        title: 'A domain’s mail takes that transport',
        command: 'exim -bt postmaster@example.org',
        expect: 'The router and transport named above, and the MX hosts.',
      },
      {
        title: 'In the log, for mail that is sent',
        command: null,
        expect:
          '“CV=dane” in the line of a delivery with DANE; “DANE attempt failed” or “DANE error” where mail waits.',
      },
    ],
    notes: [
      'To demand DANE of some hosts, name them in hosts_require_dane. Where their records are gone or not signed, mail to them is returned, not kept.',
      'The user that Exim runs as must be able to read the key; Exim reads both files anew for each connection.',
      'Debian’s split configuration: the main section is conf.d/main, the router conf.d/router/200_exim4-config_primary, the transport conf.d/transport/30_exim4-config_remote_smtp. Run update-exim4.conf after a change.',
    ],
  }),
};

/** Several certificates are a list with a key for each, in the same order. */
function inbound({ files }: ServerPlace): string {
  const list = (paths: readonly string[]): string =>
    paths.map((path) => writePath(path)).join(' : ');
  return [
    'tls_advertise_hosts = *',
    `tls_certificate = ${list(files.map(({ certificatePath }) => certificatePath))}`,
    `tls_privatekey = ${list(files.map(({ keyPath }) => keyPath))}`,
    '.ifdef _HAVE_GNUTLS',
    'tls_require_ciphers = NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2',
    '.else',
    'openssl_options = +no_sslv2 +no_sslv3 +no_tlsv1 +no_tlsv1_1',
    '.endif',
  ].join('\n');
}

/**
 * The value is expanded, where `$` and `\` mean something; then it is a list, where a colon parts and
 * two stand for one. White space around an entry is dropped.
 */
function writePath(path: string): Written {
  if (!path.startsWith('/') || /\s$/.test(path)) return null;
  return path.replace(/[\\$]/g, String.raw`\$&`).replaceAll(':', '::');
}
