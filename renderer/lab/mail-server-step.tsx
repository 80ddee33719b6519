/** Step 2: settings that let a mail server ask the resolver, check DANE, and deliver to where the test lives. */
import { SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import type { TestReport } from '../../shared/lab/test-report.ts';
import {
  changeSetup,
  oddResolverPort,
  resolverForSender,
  useOutboundSetup,
} from '../store/outbound-setup.ts';
import { Icon } from '../ui/icon.tsx';
import { words } from '../words/words.ts';
import { CopyText } from './copy-text.tsx';
import { Notes } from './resolver-step.tsx';
import { chosenOf, senderSettings } from './software.ts';

const { mailServer: said, ...setup } = words.outbound.setup;

export interface MailServerStepProps {
  readonly report: TestReport;
  /** Of the test’s mail servers, as they were typed. */
  readonly addresses: string;
}

export function MailServerStep({ report, addresses }: MailServerStepProps): ReactNode {
  const software = useOutboundSetup((state) => state.mailSoftware);
  const resolver = useOutboundSetup(resolverForSender);
  const port = useOutboundSetup(oddResolverPort);
  const all = senderSettings(report, addresses, resolver);
  const chosen = chosenOf(all, software);
  if (chosen === undefined) return null;
  const isTried = chosen.basis === 'tried';
  return (
    <>
      <p className="dim">
        {said.lead} {said.resolver(resolver)}
      </p>
      {port !== null && (
        <p className="outbound-note">
          <Icon name="triangle" tone="warn" />
          {said.otherPort(port)}
        </p>
      )}
      <SegmentedControl
        aria-label={said.software}
        size="xs"
        value={chosen.software}
        data={all.map((each) => each.software)}
        onChange={(value) => {
          changeSetup({ mailSoftware: value });
        }}
      />
      <p className="outbound-basis dim">
        <Icon name={isTried ? 'tick' : 'question'} tone={isTried ? 'ok' : 'none'} size={12} />
        {isTried ? said.tried : said.documented}
      </p>
      {chosen.parts.map(({ where, kind, text }) =>
        kind === 'text' ? (
          <CopyText key={where + text} text={text} where={where} what={said.settings(where)} />
        ) : (
          <div key={where + text} className="outbound-copy">
            <p className="outbound-where dim">{where}</p>
            <ol className="outbound-todo">
              {text.split('\n').map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ol>
          </div>
        ),
      )}
      {chosen.apply !== null && (
        <CopyText text={chosen.apply} where={setup.apply} what={setup.applyCommand} />
      )}
      <Notes notes={chosen.notes} />
    </>
  );
}
