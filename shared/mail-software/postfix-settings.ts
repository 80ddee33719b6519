/** Postfix: main.cf for receiving and sending with DANE, as postconf(5) and TLS_README have it. */
import { shellWord } from '../findings/safe-text.ts';
import type { MailSoftware, ServerPlace, SettingsPart, SettingsTest, Written } from './settings.ts';

export const POSTFIX_SENDING: SettingsPart = {
  where: '/etc/postfix/main.cf',
  kind: 'text',
  text: [
    'smtp_dns_support_level = dnssec',
    'smtp_host_lookup = dns',
    'smtp_tls_security_level = dane',
    'smtp_tls_mandatory_protocols = >=TLSv1.2',
    'smtp_tls_loglevel = 1',
  ].join('\n'),
};

export const POSTFIX: MailSoftware = {
  title: 'Postfix',
  version:
    '3.6 or newer: older ones know neither “>=TLSv1.2” nor, before 3.4, smtpd_tls_chain_files',
  sources: [
    'Postfix 3.7 postconf(5): smtpd_tls_security_level, smtpd_tls_chain_files, smtpd_tls_protocols, smtpd_tls_mandatory_protocols, smtpd_tls_loglevel, smtp_tls_security_level, smtp_dns_support_level, smtp_host_lookup, smtp_tls_mandatory_protocols, smtp_tls_loglevel, smtp_tls_policy_maps',
    'Postfix TLS_README, “DANE TLS authentication”: https://www.postfix.org/TLS_README.html#client_tls_dane',
    'posttls-finger(1)',
  ],
  write: writePath,
  settings: (place) => ({
    inbound: [{ where: '/etc/postfix/main.cf', kind: 'text', text: inbound(place) }],
    outbound: [POSTFIX_SENDING],
    tests: tests(place),
    notes: [
      'In main.cf the last line for a setting wins. Look for older lines with smtpd_tls_cert_file and smtpd_tls_key_file: they are ignored beside smtpd_tls_chain_files, with a warning in the log.',
      'To demand DANE of one domain, write “example.org dane-only” into the table of smtp_tls_policy_maps. Mail to it then waits whenever its records are gone.',
      'Where the SMTP client runs in a chroot (column 5 of master.cf), the copy of resolv.conf in /var/spool/postfix/etc counts. Postfix’s start copies it on Debian; restart after a change.',
    ],
  }),
};

/** Each key directly before its chain: postconf(5), smtpd_tls_chain_files. */
function inbound({ files }: ServerPlace): string {
  const chain = files.flatMap(({ keyPath, certificatePath }) => [
    writePath(keyPath) ?? '',
    writePath(certificatePath) ?? '',
  ]);
  return [
    'smtpd_tls_security_level = may',
    `smtpd_tls_chain_files = ${chain.join(',\n    ')}`,
    'smtpd_tls_protocols = >=TLSv1.2',
    'smtpd_tls_mandatory_protocols = >=TLSv1.2',
    'smtpd_tls_loglevel = 1',
    'smtpd_tls_received_header = yes',
  ].join('\n');
}

/**
 * Commas and white space part the list, and nothing quotes them; a `$` names another setting, and `$$`
 * stands for itself (postconf(5), “main.cf file format”).
 */
function writePath(path: string): Written {
  return /[\s,]/.test(path) || !path.startsWith('/') ? null : path.replaceAll('$', '$$$$');
}

function tests({ host, port }: ServerPlace): readonly SettingsTest[] {
  return [
    {
      title: 'Postfix reads the settings',
      command: 'postfix check && postconf -n | grep -E "^smtpd?_(tls|dns|host)_"',
      expect: 'Every line as written above, and no warning. Then: postfix reload',
    },
    {
      title: 'Postfix as a sender verifies a host',
      command: `posttls-finger -c -l dane -L summary ${shellWord(`[${host}]:${port}`)}`,
      expect:
        '“Verified TLS connection established”. “Untrusted” means that no usable TLSA record was found; “certificate verification failed”, that none matched.',
    },
    {
      title: 'In the log, for mail that is sent',
      command: null,
      expect:
        'postfix/smtp says “Verified TLS connection established to …” before a delivery with DANE; “Server certificate not trusted” (or “not verified”) or “TLSA lookup error” where mail waits.',
    },
  ];
}
