/** The senders of the table, by software and setting. */
import type { Deed, Rule } from './sender-rules.ts';
import {
  exim,
  HALON,
  halonRequired,
  kumoMta,
  postfixDane,
  postfixDaneOnly,
  POWERMTA,
  sparselyDocumented,
  withAddress,
} from './sender-software.ts';
import type { InsecureMxPolicy } from './sender-software.ts';

export interface Sender {
  readonly name: string;
  /** As in its configuration. */
  readonly setting: string;
  readonly rule: Rule;
  /** Where no MX host has an address; null where it is not known. */
  readonly allGone: Deed | null;
}

function postfix(policy: InsecureMxPolicy, words = ''): Sender {
  return {
    name: 'Postfix',
    setting: `smtp_tls_security_level = dane, smtp_tls_dane_insecure_mx_policy = ${policy}${words}`,
    rule: withAddress(postfixDane(policy)),
    allGone: 'returned',
  };
}

export const SENDERS: readonly Sender[] = [
  postfix('dane', ' (the default)'),
  postfix('encrypt'),
  postfix('may'),
  {
    name: 'Postfix, DANE demanded',
    setting: 'smtp_tls_security_level = dane-only',
    rule: withAddress(postfixDaneOnly),
    allGone: 'returned',
  },
  {
    name: 'Exim',
    setting: 'hosts_try_dane = *',
    rule: withAddress((view, tlsa) => exim(view, tlsa, false)),
    allGone: 'returned',
  },
  {
    name: 'Exim, DANE demanded',
    setting: 'hosts_require_dane = *',
    rule: withAddress((view, tlsa) => exim(view, tlsa, true)),
    allGone: 'returned',
  },
  {
    name: 'Halon',
    setting: 'tls mode dane',
    rule: withAddress(sparselyDocumented(HALON)),
    allGone: null,
  },
  {
    name: 'Halon, DANE demanded',
    setting: 'tls mode dane_require',
    rule: withAddress(halonRequired),
    allGone: null,
  },
  {
    name: 'PowerMTA',
    setting: 'use-dane true',
    rule: withAddress(sparselyDocumented(POWERMTA)),
    allGone: null,
  },
  { name: 'KumoMTA', setting: 'enable_dane = true', rule: withAddress(kumoMta), allGone: null },
];
