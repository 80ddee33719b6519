/** A change in plain words, and all of them in one line. */
import type { Change, Changes, LookUpState, NotCompared } from '../../shared/history/change.ts';
import type { Finding } from '../../shared/findings/finding.ts';
import { wordsFor } from '../../shared/findings/wording.ts';
import { dayText } from '../ui/time.ts';
import { HOST_FACE, OUTCOME_FACE, SECURITY_FACE, SEVERITY_FACE } from '../ui/tone.ts';
import { words } from '../words/words.ts';

const { changes: said, headline, notCompared: unknown } = words.history;

export function changeSentence(change: Change): string {
  switch (change.kind) {
    case 'outcome':
      return said.outcome(OUTCOME_FACE[change.before].word, OUTCOME_FACE[change.now].word);
    case 'host':
      return change.what === 'new' ? said.hostNew(change.host) : said.hostGone(change.host);
    case 'host-outcome': {
      const { host, before, now } = change;
      return said.hostOutcome(host, HOST_FACE[before].word, HOST_FACE[now].word);
    }
    case 'preference':
      return said.preference(change.host, change.before, change.now);
    case 'security':
      return securitySentence(change);
    case 'address': {
      const { host, address, what } = change;
      return what === 'new' ? said.addressNew(host, address) : said.addressGone(host, address);
    }
    case 'record': {
      const { owner, record, what } = change;
      return what === 'new' ? said.recordNew(owner, record) : said.recordGone(owner, record);
    }
    case 'certificate':
      return certificateSentence(change);
    case 'issuers':
      return said.issuers(change.host, change.come, change.gone);
    case 'mail-server': {
      const { host, address, before, now } = change;
      return said.mailServer(host, address, said.states[before], said.states[now]);
    }
    case 'name-server':
      return nameServerSentence(change);
    case 'zone-server': {
      const { zone, server, address, what } = change;
      const sentence = what === 'new' ? said.zoneServerNew : said.zoneServerGone;
      return sentence(zone, server, address);
    }
    case 'zone-keys':
      return said.zoneKeys(change.zone, change.come, change.gone);
    case 'policy': {
      const { of, before, now } = change;
      return of === 'mta-sts' ? said.mtaSts(before, now) : said.tlsRpt(before, now);
    }
    case 'finding':
      return findingSentence(change);
    case 'severity': {
      const { finding, before, now } = change;
      const [was, is] = [SEVERITY_FACE[before].word, SEVERITY_FACE[now].word];
      return said.severity(titleOf(finding), finding.subject, was, is);
    }
  }
}

type Of<K extends Change['kind']> = Extract<Change, { readonly kind: K }>;

function securitySentence({ of, subject, before, now }: Of<'security'>): string {
  const [was, is] = [stateWord(before), stateWord(now)];
  switch (of) {
    case 'mx':
      return said.mxSecurity(subject, was, is);
    case 'addresses':
      return said.addressSecurity(subject, was, is);
    case 'tlsa':
      return said.tlsaSecurity(subject, was, is);
  }
}

function stateWord(state: LookUpState): string {
  return state === 'failed' ? said.lookUpFailed : SECURITY_FACE[state].word;
}

function certificateSentence({ host, before, now }: Of<'certificate'>): string {
  if (now === null) {
    const { subject = '', notBefore = '' } = before ?? {};
    return said.certificateGone(host, subject, dayText(notBefore));
  }
  const day = dayText(now.notBefore);
  if (before === null) return said.certificateNew(host, now.subject, day);
  return before.spkiSha256 === now.spkiSha256 ? said.renewed(host, day) : said.rekeyed(host, day);
}

function nameServerSentence({ server, address, names }: Of<'name-server'>): string {
  const [first] = names;
  if (first === undefined) return '';
  return said.nameServer(server, address, first.name, first.before, first.now, names.length - 1);
}

function findingSentence({ finding, what }: Of<'finding'>): string {
  const title = titleOf(finding);
  const { severity, subject } = finding;
  if (severity === 'ok') {
    return what === 'new' ? said.passedNew(title, subject) : said.passedGone(title, subject);
  }
  const { word } = SEVERITY_FACE[severity];
  return what === 'new'
    ? said.findingNew(word, title, subject)
    : said.findingGone(word, title, subject);
}

function titleOf({ code, subject, data }: Finding): string {
  return wordsFor(code, subject, data).title;
}

/** The most that fits in a line; empty where nothing changed. */
export function headlineOf({ list }: Changes): readonly string[] {
  const of = <K extends Change['kind']>(kind: K): readonly Of<K>[] =>
    list.filter((change): change is Of<K> => change.kind === kind);
  const coming = (
    some: readonly { readonly what: 'new' | 'gone' }[],
    text: (come: number, gone: number) => string,
  ): readonly string[] => {
    const come = some.filter(({ what }) => what === 'new').length;
    return some.length === 0 ? [] : [text(come, some.length - come)];
  };
  const counted = (count: number, text: (count: number) => string): readonly string[] =>
    count === 0 ? [] : [text(count)];
  const parts = [
    ...of('outcome').map(({ before, now }) =>
      headline.outcome(OUTCOME_FACE[before].word, OUTCOME_FACE[now].word),
    ),
    ...coming(of('host'), headline.hosts),
    ...coming(of('record'), headline.records),
    ...counted(of('certificate').length, headline.certificates),
    ...coming(of('address'), headline.addresses),
    ...counted(of('mail-server').length + of('name-server').length, headline.servers),
    ...coming(
      of('finding').filter(({ finding }) => finding.severity !== 'ok'),
      headline.findings,
    ),
  ];
  return parts.length > 0 ? parts : counted(list.length, headline.others);
}

export function notComparedSentence({ what, host, missing }: NotCompared): string {
  const isNow = missing === 'now';
  const name = host ?? '';
  switch (what) {
    case 'everything':
      return isNow ? unknown.everythingNow : unknown.everythingBefore;
    case 'hosts':
      return isNow ? unknown.hostsNow : unknown.hostsBefore;
    case 'addresses':
      return isNow ? unknown.addressesNow(name) : unknown.addressesBefore(name);
    case 'records':
      return isNow ? unknown.recordsNow(name) : unknown.recordsBefore(name);
    case 'mail-servers':
      return isNow ? unknown.serversNow(name) : unknown.serversBefore(name);
    case 'policy':
      return isNow ? unknown.policyNow : unknown.policyBefore;
  }
}
