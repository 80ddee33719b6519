/** Ports, TTL and zone of the records. */
import { useState, type ReactNode } from 'react';
import {
  readTtl,
  readZone,
  togglePort,
  typeTtl,
  typeZone,
  usePublish,
} from '../store/publish-store.ts';
import { Seen } from '../ui/seen.tsx';

/** Where mail and its neighbours take TLS; the first is the one that other mail servers use. */
const USUAL_PORTS = [
  { port: 25, use: 'mail between servers' },
  { port: 465, use: 'submission over TLS' },
  { port: 587, use: 'submission' },
  { port: 993, use: 'IMAP over TLS' },
  { port: 995, use: 'POP3 over TLS' },
  { port: 443, use: 'HTTPS' },
] as const;

const MAX_PORT = 65_535;

export function PortsField(): ReactNode {
  const ports = usePublish((state) => state.ports);
  const [typed, setTyped] = useState('');
  const others = ports.filter((port) => !USUAL_PORTS.some((usual) => usual.port === port));
  const port = Number(typed);
  const isPort = /^\d{1,5}$/.test(typed.trim()) && port >= 1 && port <= MAX_PORT;
  const isWrong = typed !== '' && !isPort;
  const shown = [...USUAL_PORTS, ...others.map((other) => ({ port: other, use: 'added' }))];
  return (
    <fieldset className="publish-field">
      <legend>Ports</legend>
      <div className="picks">
        {shown.map(({ port: each, use }) => (
          <label
            key={each}
            className={`pick mono${ports.includes(each) ? ' is-on' : ''}`}
            title={use}
          >
            <input
              type="checkbox"
              checked={ports.includes(each)}
              aria-label={`Port ${each}, ${use}`}
              onChange={() => {
                togglePort(each);
              }}
            />
            {each}
          </label>
        ))}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (!isPort) return;
            if (!ports.includes(port)) togglePort(port);
            setTyped('');
          }}
        >
          <input
            className="mono port-input"
            inputMode="numeric"
            aria-label="Another port"
            placeholder="other"
            value={typed}
            aria-invalid={isWrong}
            {...(isWrong ? { 'aria-describedby': 'port-problem' } : {})}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
            }}
          />
        </form>
      </div>
      {isWrong && (
        <p id="port-problem" className="tone-err" role="alert">
          A port is a whole number from 1 to {MAX_PORT}.
        </p>
      )}
      <TtlAndZone />
    </fieldset>
  );
}

function TtlAndZone(): ReactNode {
  const ttl = usePublish((state) => state.ttl);
  const zone = usePublish((state) => state.zone);
  const isTtl = readTtl(ttl) !== null;
  const { problem } = readZone(zone);
  return (
    <div className="publish-pair">
      <label>
        TTL, seconds
        <input
          className="mono"
          inputMode="numeric"
          value={ttl}
          aria-invalid={!isTtl}
          onChange={(event) => {
            typeTtl(event.currentTarget.value);
          }}
        />
      </label>
      <label>
        Zone
        <input
          className="mono"
          placeholder="taken from the host"
          spellCheck={false}
          autoComplete="off"
          value={zone}
          aria-invalid={problem !== null}
          onChange={(event) => {
            typeZone(event.currentTarget.value);
          }}
        />
      </label>
      {!isTtl && (
        <p className="tone-err" role="alert">
          The TTL is a whole number of seconds; until it is one, 3600 is used.
        </p>
      )}
      {problem !== null && (
        <p className="tone-err" role="alert">
          <Seen text={problem} />
        </p>
      )}
    </div>
  );
}
