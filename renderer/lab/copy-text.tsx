/** A text to copy: where it belongs, the text itself, and the button. */
import { Fragment, type ReactNode } from 'react';
import { copyText } from '../store/settings-store.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Seen } from '../ui/seen.tsx';

export interface CopyTextProps {
  readonly text: string;
  /** What is copied, for those who hear the button. */
  readonly what: string;
  /** Where it belongs, or what it is for. */
  readonly where?: string;
}

export function CopyText({ text, what, where }: CopyTextProps): ReactNode {
  const button = <CopyButton text={text} copy={copyText} what={what} />;
  return (
    <div className="outbound-copy">
      {where !== undefined && (
        <p className="outbound-where">
          <span className="dim">{where}</span>
          {button}
        </p>
      )}
      <div className="outbound-command">
        <pre className="mono">
          {text
            .trimEnd()
            .split('\n')
            .map((line, index) => (
              <Fragment key={`${index} ${line}`}>
                {index > 0 && '\n'}
                <Seen text={line} />
              </Fragment>
            ))}
        </pre>
        {where === undefined && button}
      </div>
    </div>
  );
}
