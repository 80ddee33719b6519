/** “Server settings”: what to copy into the mail software of the host at hand, and how to test it. */
import { SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import type { HostReport } from '../../shared/inspection/report.ts';
import {
  certbotFiles,
  mailSoftware,
  serverSettings,
  type MailSoftwareName,
} from '../../shared/mail-software/server-settings.ts';
import type { SettingsPart, SettingsTest } from '../../shared/mail-software/settings.ts';
import { chooseServer, useRollover } from '../store/rollover-store.ts';
import { copyText } from '../store/settings-store.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { certificatesInUse } from './in-use.ts';
import { words } from '../words/words.ts';

const { server: said } = words.rollover;

export interface ServerSettingsProps {
  readonly name: string;
  readonly host: HostReport | null;
  readonly port: number;
}

export function ServerSettings({ name, host, port }: ServerSettingsProps): ReactNode {
  const { software, isOpen } = useRollover((state) => state.server);
  return (
    <section className="server-settings" aria-label={said.title}>
      <h3>
        <button
          type="button"
          className="plain-button fold"
          aria-expanded={isOpen}
          onClick={() => {
            chooseServer({ isOpen: !isOpen });
          }}
        >
          <Icon name={isOpen ? 'down' : 'right'} size={11} />
          {said.title}
          <span className="dim">
            {said.forSoftware(Object.values(mailSoftware).map(({ title }) => title))}
          </span>
        </button>
      </h3>
      {isOpen && (
        <>
          <SegmentedControl
            aria-label={said.software}
            size="xs"
            value={software}
            data={Object.entries(mailSoftware).map(([value, { title }]) => ({
              value,
              label: title,
            }))}
            onChange={(value) => {
              if (isSoftware(value)) chooseServer({ software: value });
            }}
          />
          <Settings software={software} name={name} host={host} port={port} />
        </>
      )}
    </section>
  );
}

interface SettingsProps extends ServerSettingsProps {
  readonly software: MailSoftwareName;
}

function Settings({ software, name, host, port }: SettingsProps): ReactNode {
  const inUse = host === null ? [] : certificatesInUse(host);
  const records = host?.tlsa.records ?? [];
  const settings = serverSettings(software, {
    host: name,
    port,
    includesIssuer: records.some(({ usage }) => usage === 2),
    files: certbotFiles(name, [...new Set(inUse.map(({ certificate }) => certificate.keyType))]),
    records: records.map(
      ({ usage, selector, matchingType, data }) => `${usage} ${selector} ${matchingType} ${data}`,
    ),
  });
  return (
    <>
      <p className="dim">{said.version(settings.title, settings.version)}</p>
      <div className="settings-columns">
        <Parts title={said.inbound} parts={settings.inbound} />
        <Parts title={said.outbound} parts={settings.outbound} />
      </div>
      <Tests tests={settings.tests} />
      <ul className="settings-notes">
        {settings.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      <p className="dim settings-sources">{said.sources(settings.sources)}</p>
    </>
  );
}

interface PartsProps {
  readonly title: string;
  readonly parts: readonly SettingsPart[];
}

function Parts({ title, parts }: PartsProps): ReactNode {
  return (
    <div>
      <h4>{title}</h4>
      {parts.map(({ where, kind, text }) => (
        <div key={where + text} className="settings-part">
          <p className="settings-where">
            <span className="dim">{where}</span>
            {kind === 'text' && (
              <CopyButton text={text} copy={copyText} what={said.settingsFor(where)} />
            )}
          </p>
          {kind === 'text' ? <pre className="mono scroll">{text}</pre> : <Steps text={text} />}
        </div>
      ))}
    </div>
  );
}

function Steps({ text }: { readonly text: string }): ReactNode {
  return (
    <ol className="settings-steps">
      {text.split('\n').map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ol>
  );
}

function Tests({ tests }: { readonly tests: readonly SettingsTest[] }): ReactNode {
  return (
    <div>
      <h4>{said.test}</h4>
      <dl className="settings-tests">
        {tests.map(({ title, command, expect }) => (
          <div key={title + (command ?? '')}>
            <dt>{title}</dt>
            <dd>
              {command !== null && (
                <span className="settings-command">
                  <code className="mono">{command}</code>
                  <CopyButton text={command} copy={copyText} what={said.testCommand(title)} />
                </span>
              )}
              <span className="dim">{expect}</span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function isSoftware(name: string): name is MailSoftwareName {
  return Object.hasOwn(mailSoftware, name);
}
