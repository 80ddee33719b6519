/** Whether the servers' answers for a TLSA record's ancestors make resolvers lose it (RFC 8020, RFC 9156). */
import type { AncestorReport, HostReport } from './report.ts';

/**
 * What a resolver that minimises names makes of it when every authoritative address that gave an
 * answer denies an ancestor: `silent` with a valid proof (securely no TLSA, mail goes without DANE),
 * `bogus` without one (mail is deferred); null when the records are found.
 */
export type Erasure = 'silent' | 'bogus' | null;

export function erasureOf(host: HostReport): Erasure {
  const erasures = ancestorNames(host).map((name) => erasureAt(host, name));
  if (erasures.includes('bogus')) return 'bogus';
  return erasures.includes('silent') ? 'silent' : null;
}

export function erasureAt(host: HostReport, name: string): Erasure {
  // Above the TLSA name alone; what is said of that name itself is compared.
  if (name === (host.tlsa.cname.at(-1) ?? host.tlsa.name)) return null;
  const answers = answersFor(host, name).filter(gaveAnswer);
  const faults = answers.filter((answer) => answer.fault === 'ancestor-nxdomain');
  if (faults.length === 0 || faults.length < answers.length) return null;
  // A resolver that gets a bogus answer asks the next server: one valid proof is enough for it.
  return faults.some((answer) => answer.proven) ? 'silent' : 'bogus';
}

export function ancestorNames(host: HostReport): readonly string[] {
  return [...new Set(host.ancestors.map((answer) => answer.name))];
}

export function answersFor(host: HostReport, name: string): readonly AncestorReport[] {
  return host.ancestors.filter((answer) => answer.name === name);
}

/** To some question about the name; a row shows the worst of them. */
export function gaveAnswer({ answer, questions }: AncestorReport): boolean {
  return answer !== 'none' || questions.some((question) => question.answer !== 'none');
}
