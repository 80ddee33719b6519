/** Halon: steps and configuration for DANE, as far as its public documentation and the how-to of internet.nl go. */
import type { MailSoftware, SettingsPart, Written } from './settings.ts';

export const HALON_SENDING: readonly SettingsPart[] = [
  {
    where: 'smtpd-app.yaml, the transport for mail to the Internet',
    kind: 'text',
    text: [
      'transportgroups:',
      '  - id: default',
      '    transports:',
      '      - id: mx',
      '        session:',
      '          tls:',
      '            mode: dane',
    ].join('\n'),
  },
  {
    where: 'web administration, Hosts → Network → DNS',
    kind: 'steps',
    text: 'DNS cache: on, then DNSSEC: on; on each host of a cluster.',
  },
];

export const HALON: MailSoftware = {
  title: 'Halon',
  version: '5.8 or newer for the text; the steps are those of the web administration of 5.1',
  sources: [
    'DANE for SMTP how-to, “Implementing DANE for SMTP on Halon”: https://github.com/internetstandards/toolbox-wiki/blob/main/DANE-for-SMTP-how-to.md',
    'Halon manual, “Running configuration”: https://docs.halon.io/manual/config_smtpd.html (smtpd-app.yaml, transportgroups)',
    'Halon’s configuration template 5.8: transports[].session.tls.mode',
    'HSL, Try(): the option tls takes disabled, optional, optional_verify, dane, dane_require, require, require_verify',
  ],
  write: writeText,
  settings: ({ files }) => ({
    inbound: [
      {
        where: 'web administration, Configuration → Email engine',
        kind: 'steps',
        text: [
          ...files.map(
            ({ keyType, keyPath, certificatePath }, index) =>
              `${index + 1}. Certificates and keys → Add: “X.509 and private key”, with the chain in ${writeText(certificatePath) ?? ''} and the key in ${writeText(keyPath) ?? ''}${keyType === null ? '' : ` (${keyType})`}.`,
          ),
          `${files.length + 1}. Server → SMTP listeners: STARTTLS on, and the certificate chosen.`,
        ].join('\n'),
      },
    ],
    outbound: HALON_SENDING,
    tests: [
      {
        title: 'In the log, for mail that is sent',
        command: null,
        expect:
          '“Connecting to [address]:25 (DNSSEC)” and then “Connection is now using TLS… (DANE)”.',
      },
    ],
    notes: [
      'Mode dane_require demands DANE: there is no way back to plain TLS.',
      'Halon is not at hand where this program is tested: the text is as documented, and was not tried out.',
    ],
  }),
};

/** Steps are read by a person; quotes would hide where a name ends. */
function writeText(path: string): Written {
  return /["“”\s]/.test(path) ? null : path;
}
