/** What the resolver noticed about signatures and servers, as findings. */
import { makeFinding } from '../findings/catalogue.ts';
import type { Finding } from '../findings/finding.ts';
import type { Report } from './report.ts';

export function observationFindings(report: Report): readonly Finding[] {
  return report.observations.map(({ code, subject, parameters }) => {
    const { name, type } = splitSubject(subject);
    return makeFinding(code, name, { ...parameters, ...(type === null ? {} : { type }) });
  });
}

/** Resolvers name an RRset as `NAME/TYPE`. */
function splitSubject(subject: string): { readonly name: string; readonly type: string | null } {
  const match = /^(.+)\/([A-Z][A-Z0-9-]*)$/.exec(subject);
  const [, name, type] = match ?? [];
  return name === undefined || type === undefined ? { name: subject, type: null } : { name, type };
}
