/** Words of the policies beside DANE: MTA-STS and TLS reporting. */
import { counted } from './language.ts';

export const policy = {
  mtaSts: 'MTA-STS',
  tlsRpt: 'TLS reports',
  mode: 'mode',
  keptFor: 'kept for',
  lists: 'lists',
  noHosts: 'no hosts',
  hosts: 'Mail hosts against the policy',
  covered: 'is covered',
  uncovered: 'is not covered by any pattern',
  sentTo: 'sent to',
  whatRecord: (title: string) => `the ${title} record`,
  asText: { name: 'Record', about: 'as it stands in DNS' },
  asks: 'delv: the record, validated',
  fetches: 'curl: the policy file',
  modes: {
    enforce: {
      word: 'enforced',
      sentence:
        'Senders that know it deliver only over TLS, to these hosts, with certificates they check.',
    },
    testing: {
      word: 'testing',
      sentence: 'Senders deliver in any case, and report where the policy is not met.',
    },
    none: {
      word: 'switched off',
      sentence: 'The policy says that there is none to follow: how MTA-STS is taken back.',
    },
  },
  noMtaSts: {
    word: 'none',
    sentence:
      'There is no MTA-STS policy. With DANE in order none is needed; senders without DANE would follow one.',
  },
  unusable: 'not usable',
  noPolicy: (problem: string) =>
    `Senders find no policy and deliver as if there were none: ${problem}.`,
  announced: {
    word: 'announced',
    sentence: 'There is a record; the policy file was not fetched (DNS only).',
  },
  leavesOut: 'leaves out a host',
  leavesOutEnforced: 'Senders that follow the policy do not deliver to the hosts it leaves out.',
  leavesOutTesting:
    'In testing mode: senders deliver all the same, and report the hosts it leaves out.',
  noReports: {
    word: 'not asked for',
    sentence: 'When DANE or TLS fails, senders know it but have nowhere to tell.',
  },
  unusableReports: (problem: string) => `Senders send no reports: ${problem}.`,
  reports: {
    word: 'asked for',
    sentence: 'Senders report here how TLS fares, failures of DANE among it.',
  },
  notLookedAt: {
    word: 'not looked at',
    sentence: 'Policies matter only where mail is taken.',
  },
  looking: { word: 'looking', sentence: 'Looking for the record.' },
  unknown: 'not known',
  notFoundOut: (problem: string) => `It could not be found out: ${problem}.`,
  weeks: (count: number) => counted(count, 'week', 'weeks'),
  days: (count: number) => counted(count, 'day', 'days'),
  hours: (count: number) => counted(count, 'hour', 'hours'),
  minutes: (count: number) => counted(count, 'minute', 'minutes'),
  seconds: (count: number) => counted(count, 'second', 'seconds'),
};
