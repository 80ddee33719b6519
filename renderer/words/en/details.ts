/** Words of the details drawer. */
import { certificates } from './details-certificates.ts';
import { policy } from './details-policy.ts';
import { raw } from './details-raw.ts';
import { smtp } from './details-smtp.ts';
import { tlsa } from './details-tlsa.ts';
import { trust } from './details-trust.ts';
import { pluralOf } from './language.ts';

export const details = {
  title: 'Details',
  close: 'Close the details',
  fill: 'Fill the window with the details',
  shrink: 'Show the picture again',
  height: 'Height of the details',
  heightText: (percent: number) => `${percent} % of the window`,
  hasFaults: 'has faults',
  tabs: {
    records: 'Records',
    trust: 'Trust',
    servers: 'Name servers',
    policy: 'Policy',
    senders: 'What senders do',
    outlook: 'What breaks next',
    smtp: 'SMTP',
    certificates: 'Certificates',
    raw: 'Raw',
  },
  copy: {
    /** The button of every pane. */
    copy: 'Copy',
    command: 'Command',
    copied: 'Copied',
    tooLong: 'Too long for the clipboard',
    aloud: (what: string) => `Copy ${what}`,
  },
  records: {
    whatRecords: (name: string, type: string) => `the ${type} records of ${name}`,
    asZoneFile: { name: 'Zone-file text', about: 'the records, with who answered so' },
    asCommands: {
      name: 'Commands',
      about: (count: number) => pluralOf(count, 'dig, for its server', 'dig, one a server'),
    },
    asDelv: { name: 'Command', about: 'delv, which validates too' },
    extendedError: (text: string) => `extended error ${text}`,
    none: 'No records.',
    noTtl: '–',
    waiting: 'Nothing has been answered yet.',
    nothing: 'Nothing was asked here.',
    columns: { name: 'name', ttl: 'TTL', type: 'type', data: 'data' },
    resolved: 'As the look-up found it; no server has been asked by itself.',
    all: (count: number) =>
      count === 1 ? 'The one server asked answers so' : `All ${count} servers asked answer so`,
    some: (count: number, of: number) =>
      `${count} of ${of} servers ${pluralOf(count, 'answers', 'answer')} so`,
    unlike: 'The servers do not answer alike.',
    copies: {
      resolved: (question: string, rcode: string) => `${question}: ${rcode}`,
      answered: (question: string, rcode: string) => `${question}: ${rcode}, answered by`,
      server: (name: string, address: string) => `  ${name} (${address})`,
    },
  },
  tlsa,
  trust,
  smtp,
  certificates,
  raw,
  policy,
};
