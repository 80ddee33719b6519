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
import { words } from '../words/words.ts';

const { ports: said } = words.generate;

/** Where mail and its neighbours take TLS; the first is the one that other mail servers use. */
const USUAL_PORTS = ([25, 465, 587, 993, 995, 443] as const).map((port) => ({
  port,
  use: said.uses[port],
}));

const MAX_PORT = 65_535;

export function PortsField(): ReactNode {
  const ports = usePublish((state) => state.ports);
  const [typed, setTyped] = useState('');
  const others = ports.filter((port) => !USUAL_PORTS.some((usual) => usual.port === port));
  const port = Number(typed);
  const isPort = /^\d{1,5}$/.test(typed.trim()) && port >= 1 && port <= MAX_PORT;
  const isWrong = typed !== '' && !isPort;
  const shown = [...USUAL_PORTS, ...others.map((other) => ({ port: other, use: said.added }))];
  return (
    <fieldset className="publish-field">
      <legend>{said.title}</legend>
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
              aria-label={said.label(each, use)}
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
            aria-label={said.another}
            placeholder={said.other}
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
          {said.wrong(MAX_PORT)}
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
        {said.ttl}
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
        {said.zone}
        <input
          className="mono"
          placeholder={said.zoneHint}
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
          {said.wrongTtl}
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
