/** The three steps as a path: how each stands, and which of them is open. */
import type { ReactNode } from 'react';
import type { TestReport } from '../../shared/lab/test-report.ts';
import { wasMailSeen, wasSomebodySeen } from '../store/outbound-report.ts';
import { openStep, useOutboundSetup, type SetupStep } from '../store/outbound-setup.ts';
import { Icon } from '../ui/icon.tsx';
import type { Face } from '../ui/tone.ts';
import { words } from '../words/words.ts';
import { checksFace } from './resolver-face.ts';
import { mailSoftwareNames } from './software.ts';

const said = words.outbound.setup;

export function SetupPath({ report }: { readonly report: TestReport }): ReactNode {
  const checked = useOutboundSetup((setup) => setup.checked);
  const mailSoftware = useOutboundSetup((setup) => setup.mailSoftware);
  const chosen = mailSoftware === '' ? (mailSoftwareNames()[0] ?? '') : mailSoftware;
  return (
    <nav aria-label={said.path}>
      <ol className="outbound-path">
        <PathStep step="resolver" title={said.resolver.title} face={checksFace(checked)} />
        <PathStep
          step="mail-server"
          title={said.mailServer.title}
          face={{ tone: 'none', icon: 'ring', word: chosen }}
        />
        <PathStep step="send" title={said.send.title} face={sentFace(report)} />
      </ol>
    </nav>
  );
}

function sentFace(report: TestReport): Face {
  if (wasMailSeen(report)) return { tone: 'ok', icon: 'tick', word: said.send.seen };
  const word = wasSomebodySeen(report)
    ? said.send.somebody
    : said.send.count(report.situations.length);
  return { tone: 'none', icon: 'ring', word };
}

interface PathStepProps {
  readonly step: SetupStep;
  readonly title: string;
  readonly face: Face;
}

const NUMBERS: Readonly<Record<SetupStep, number>> = { resolver: 1, 'mail-server': 2, send: 3 };

function PathStep({ step, title, face }: PathStepProps): ReactNode {
  const isOpen = useOutboundSetup((setup) => setup.step === step);
  return (
    <li>
      <button
        type="button"
        className={`outbound-step${isOpen ? ' is-open' : ''}`}
        aria-expanded={isOpen}
        onClick={() => {
          openStep(isOpen ? null : step);
        }}
      >
        <span className="outbound-number" aria-hidden>
          {NUMBERS[step]}
        </span>
        <span className="outbound-step-title">{title}</span>
        <span className="outbound-step-state dim">
          {face.icon !== 'ring' && <Icon name={face.icon} tone={face.tone} size={12} />}
          {face.word}
        </span>
      </button>
    </li>
  );
}
