import type { ReactNode } from 'react';
import type { TextOf } from '../messages/lookup';

function Guide({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section id={id} className="flex flex-col gap-3 rounded-2xl border border-line bg-surface p-5">
      <h2 className="text-xl font-semibold">{title}</h2>
      {children}
    </section>
  );
}

function Facts({ rows }: { rows: readonly (readonly [string, string])[] }) {
  return (
    <dl className="grid gap-x-6 gap-y-2 text-[0.9375rem] sm:grid-cols-[14rem_1fr]">
      {rows.map(([term, text]) => (
        <div key={term} className="contents">
          <dt className="font-mono text-sm break-all">{term}</dt>
          <dd className="text-ink-soft">{text}</dd>
        </div>
      ))}
    </dl>
  );
}

const command = '{id, type, issuedAt, expiresAt}';
const errors = { cloud: '{reason, data?}', lock: '{success:false, error, message, code, details?}' };

/** What no OpenAPI document can say: credentials, sockets, MQTT and shadows. */
export function Guides({ text }: { text: TextOf }) {
  return (
    <>
      <Guide id="credentials" title={text('docs.credentials')}>
        <Facts
          rows={[
            ['Authorization: ModeCloud …', text('docs.credentials.modeCloud')],
            ['Authorization: Bearer …', text('docs.credentials.bearer')],
            ['X-API-Key', text('docs.credentials.apiKey')],
            [text('docs.credentials.cookieTerm'), text('docs.credentials.cookie')],
          ]}
        />
        <p className="text-[0.9375rem] text-ink-soft">{text('docs.credentials.errors', errors)}</p>
      </Guide>
      <Guide id="websockets" title={text('docs.websockets')}>
        <Facts
          rows={[
            ['GET /userSession/websocket', text('docs.websockets.user')],
            ['GET /devices/{deviceId}/command', text('docs.websockets.device')],
            ['authToken', text('docs.websockets.token')],
            [text('docs.websockets.pingsTerm'), text('docs.websockets.pings')],
            [text('docs.websockets.closeTerm'), text('docs.websockets.close')],
          ]}
        />
      </Guide>
      <Guide id="live" title={text('docs.live')}>
        <Facts
          rows={[
            ['subscribe {homeId, after?}', text('docs.live.subscribe', { answer: '{ok, cursor}' })],
            [
              'event, door, opening, presence, kv, member, home',
              text('docs.live.events', { event: '{topic, homeId, position, cursor, payload}' }),
            ],
            ['revoked', text('docs.live.revoked')],
          ]}
        />
      </Guide>
      <Guide id="mqtt" title={text('docs.mqtt')}>
        <Facts
          rows={[
            ['CONNECT', text('docs.mqtt.connect')],
            ['SUBSCRIBE /devices/{id}/command', text('docs.mqtt.command')],
            ['PUBLISH /devices/{id}/event', text('docs.mqtt.event', { event: '{eventType, eventData}' })],
            ['/devices/{id}/kv', text('docs.mqtt.kv')],
          ]}
        />
      </Guide>
      <Guide id="shadows" title={text('docs.shadows')}>
        <Facts
          rows={[
            [text('docs.shadows.thingTerm'), text('docs.shadows.thing')],
            ['$aws/things/{thing}/shadow/get, update, delete', text('docs.shadows.requests')],
            [
              '…/accepted, …/rejected, update/delta, update/documents',
              text('docs.shadows.answers', { command, report: '{id, state}' }),
            ],
          ]}
        />
      </Guide>
    </>
  );
}
