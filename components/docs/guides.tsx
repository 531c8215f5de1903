import type { ReactNode } from 'react';

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

/** What no OpenAPI document can say: credentials, sockets, MQTT and shadows. */
export function Guides() {
  return (
    <>
      <Guide id="credentials" title="Credentials">
        <Facts
          rows={[
            [
              'Authorization: ModeCloud …',
              'Token of a user session, of a device or of a project key; both APIs.',
            ],
            [
              'Authorization: Bearer …',
              'Ten-minute JWT from POST /auth/token; keys at /.well-known/jwks.json.',
            ],
            ['X-API-Key', 'Key of an organisation; lock API.'],
            ['cookie', 'The session of a signed-in browser; writes count from our own pages only.'],
          ]}
        />
        <p className="text-[0.9375rem] text-ink-soft">
          Every answer carries X-Request-Id. Errors of the cloud API are {'{reason, data?}'}, those of the
          lock API {'{success:false, error, message, code, details?}'}.
        </p>
      </Guide>
      <Guide id="websockets" title="WebSockets">
        <Facts
          rows={[
            [
              'GET /userSession/websocket',
              'For a user token: every event of every home of the user, one JSON object a text frame, from now on.',
            ],
            [
              'GET /devices/{deviceId}/command',
              'For the device itself: its commands as they are sent. Five connections a device; the sixth ends the oldest.',
            ],
            ['authToken', 'Query parameter instead of the header, escaped or not; the header wins.'],
            [
              'pings',
              'Answered at once with the same payload. We ping every 60 s and close after 150 s without any frame.',
            ],
            ['close codes', '1001 when the service stops, 1008 when the right is gone.'],
          ]}
        />
      </Guide>
      <Guide id="live" title="Live events of homes (socket.io)">
        <Facts
          rows={[
            [
              'subscribe {homeId, after?}',
              'Acknowledged with {ok, cursor}. With a cursor, what was missed is sent first; too much of it answers resync.',
            ],
            [
              'event, door, opening, presence, kv, member, home',
              '{topic, homeId, position, cursor, payload}, in order; drop what you have seen by position.',
            ],
            ['revoked', 'The right to a home, or the whole session, has ended.'],
          ]}
        />
      </Guide>
      <Guide id="mqtt" title="MQTT for devices">
        <Facts
          rows={[
            [
              'CONNECT',
              'MQTT 3.1.1, client id empty, user name = device id, password = API key; TCP, TLS or WebSocket at / and /mqtt.',
            ],
            ['SUBSCRIBE /devices/{id}/command', 'Commands as JSON, QoS 0.'],
            [
              'PUBLISH /devices/{id}/event',
              '{eventType, eventData}; QoS 1 is acknowledged when it is stored.',
            ],
            [
              '/devices/{id}/kv',
              'Key-value data of the device: reload after subscribing, then set and delete both ways.',
            ],
          ]}
        />
      </Guide>
      <Guide id="shadows" title="Locks and hubs: device shadows">
        <Facts
          rows={[
            [
              'thing',
              'lock-<uuid> or hub-<uuid>: user name and client id, with the password that was shown once.',
            ],
            [
              '$aws/things/{thing}/shadow/get, update, delete',
              'Requests as AWS IoT takes them, with clientToken and version.',
            ],
            [
              '…/accepted, …/rejected, update/delta, update/documents',
              'Answers. An opening is desired.command {id, type, issuedAt, expiresAt}; report it back as reported.command {id, state}.',
            ],
          ]}
        />
      </Guide>
    </>
  );
}
