/** The policies beside DANE: MTA-STS (RFC 8461) and TLS reporting (RFC 8460), as senders find them. */
import type { ReactNode } from 'react';
import { delvCommand, givenResolver } from '../../shared/elsewhere/command-dns.ts';
import { policyFileCommand } from '../../shared/elsewhere/command-mail.ts';
import type { Report, Security } from '../../shared/inspection/report.ts';
import { Icon } from '../ui/icon.tsx';
import { SecurityTag } from '../ui/security-tag.tsx';
import { Seen } from '../ui/seen.tsx';
import { TONE_ICON } from '../ui/tone.ts';
import { words } from '../words/words.ts';
import { commandChoices } from './command-choices.ts';
import { CopyMenu } from './copy-menu.tsx';
import { ageText, mtaStsFace, mxFates, tlsRptFace, type PolicyFace } from './policy-words.ts';
import type { NamedCommand } from './smtp-copies.ts';

const said = words.details.policy;

export function PolicyTab({ report }: { readonly report: Report }): ReactNode {
  const { mtaSts, tlsRpt } = report.policy;
  const hosts = report.hosts.map(({ name }) => name);
  return (
    <div className="policies">
      <Policy
        title={said.mtaSts}
        name={`_mta-sts.${report.domain}`}
        face={mtaStsFace(report)}
        record={mtaSts.record}
        security={mtaSts.security}
        commands={[
          recordCommand(report, `_mta-sts.${report.domain}`),
          ...(mtaSts.record === null
            ? []
            : [{ about: said.fetches, command: policyFileCommand(report.domain) }]),
        ]}
      >
        {mtaSts.policy !== null && (
          <dl className="facts">
            <div>
              <dt>{said.mode}</dt>
              <dd>{mtaSts.policy.mode}</dd>
            </div>
            <div>
              <dt>{said.keptFor}</dt>
              <dd>{ageText(mtaSts.policy.maxAge)}</dd>
            </div>
            <div>
              <dt>{said.lists}</dt>
              <dd className="mono">
                <Seen text={mtaSts.policy.mx.join(', ') || said.noHosts} />
              </dd>
            </div>
          </dl>
        )}
        <ul className="fates" aria-label={said.hosts}>
          {mxFates(mtaSts, hosts).map(({ host, covered }) => (
            <li key={host}>
              <FateIcon covered={covered} mode={mtaSts.policy?.mode} />
              <span className="mono">
                <Seen text={host} />
              </span>
              <span>{covered ? said.covered : said.uncovered}</span>
            </li>
          ))}
        </ul>
      </Policy>
      <Policy
        title={said.tlsRpt}
        name={`_smtp._tls.${report.domain}`}
        face={tlsRptFace(report)}
        record={tlsRpt.record}
        security={tlsRpt.security}
        commands={[recordCommand(report, `_smtp._tls.${report.domain}`)]}
      >
        {tlsRpt.rua.length > 0 && (
          <dl className="facts">
            {tlsRpt.rua.map((address) => (
              <div key={address}>
                <dt>{said.sentTo}</dt>
                <dd className="mono">
                  <Seen text={address} />
                </dd>
              </div>
            ))}
          </dl>
        )}
      </Policy>
    </div>
  );
}

interface FateIconProps {
  readonly covered: boolean;
  readonly mode: 'enforce' | 'testing' | 'none' | undefined;
}

/** Only an enforced policy keeps mail from a host. */
function FateIcon({ covered, mode }: FateIconProps): ReactNode {
  if (covered) return <Icon name="tick" tone="ok" />;
  return mode === 'enforce' ? (
    <Icon name="octagon" tone="err" />
  ) : (
    <Icon name="triangle" tone="warn" />
  );
}

function recordCommand(report: Report, name: string): NamedCommand {
  const command = delvCommand({ name, type: 'TXT' }, { server: givenResolver(report) });
  return { about: said.asks, command };
}

interface PolicyProps {
  readonly title: string;
  readonly name: string;
  readonly face: PolicyFace;
  readonly record: string | null;
  readonly security: Security | null;
  readonly commands: readonly NamedCommand[];
  readonly children: ReactNode;
}

function Policy(props: PolicyProps): ReactNode {
  const { title, name, face, record, security, commands, children } = props;
  return (
    <section className="policy" aria-label={title}>
      <h3>
        {title}
        <span className={`tag tone-${face.tone}`}>
          <Icon name={TONE_ICON[face.tone]} size={11} />
          {face.word}
        </span>
        <CopyMenu
          what={said.whatRecord(title)}
          choices={[
            ...(record === null ? [] : [{ ...said.asText, text: () => `${record}\n` }]),
            ...commandChoices(commands),
          ]}
        />
      </h3>
      <p>
        <Seen text={face.sentence} />
      </p>
      <p className="policy-record">
        <span className="mono dim">
          <Seen text={`${name} TXT`} />
        </span>
        {security !== null && <SecurityTag security={security} />}
      </p>
      {record !== null && (
        <p className="mono policy-text">
          <Seen text={record} />
        </p>
      )}
      {children}
    </section>
  );
}
