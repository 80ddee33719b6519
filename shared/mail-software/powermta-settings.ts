/** PowerMTA: directives for sending with DANE, from the how-to of internet.nl; its manual is not public. */
import type { MailSoftware, SettingsPart, Written } from './settings.ts';

export const POWERMTA_SENDING: readonly SettingsPart[] = [
  {
    where: 'the configuration of PowerMTA',
    kind: 'text',
    text: [
      '<domain *>',
      '  use-starttls yes',
      '  use-dane true',
      '  log-resolution yes',
      '  log-tls yes',
      '</domain>',
    ].join('\n'),
  },
];

export const POWERMTA: MailSoftware = {
  title: 'PowerMTA',
  version: '5.0 or newer',
  sources: [
    'DANE for SMTP how-to, “Implementing DANE for SMTP on Port25 PowerMTA”: https://github.com/internetstandards/toolbox-wiki/blob/main/DANE-for-SMTP-how-to.md',
  ],
  write: writePath,
  settings: ({ files }) => ({
    inbound: [
      {
        where: 'the configuration of PowerMTA',
        kind: 'steps',
        text: [
          'PowerMTA is made to send. Where it receives as an MX host, give it one PEM file with the key and the chain:',
          ...files.map(
            ({ keyPath, certificatePath }) =>
              `${writePath(keyPath) ?? ''} and ${writePath(certificatePath) ?? ''}`,
          ),
          'Its manual names the directive and how several keys are given.',
        ].join('\n'),
      },
    ],
    outbound: POWERMTA_SENDING,
    tests: [
      {
        title: 'In the log, for mail that is sent',
        command: null,
        expect: '“tls: DANE match: …; depth=0” (or another depth), and the TLSA queries above it.',
      },
    ],
    notes: [
      'Where DANE applies it overrides use-starttls and require-starttls.',
      'PowerMTA is not at hand where this program is tested: the text is as documented, and was not tried out.',
    ],
  }),
};

function writePath(path: string): Written {
  return /["“”\s]/.test(path) ? null : path;
}
