'use client';

import type { Fleet, FleetFigures } from '@/server/contracts/fleet';
import type { SeriesLook } from '../chart/series-look';
import type { TextOf } from '../messages/lookup';
import { useText } from '../messages/provider';
import { durationText } from '../time/format';
import { FleetChart } from './fleet-chart';

const outcomes = ['confirmed', 'failed', 'expired', 'running', 'refused'] as const;
const ways = ['mail', 'sms', 'push', 'webhook'] as const;

const outcomeLooks: Record<(typeof outcomes)[number], SeriesLook> = {
  confirmed: { tone: 'accent', drawing: 'solid' },
  failed: { tone: 'alarm', drawing: 'hatch' },
  expired: { tone: 'notice', drawing: 'dots' },
  running: { tone: 'ink', drawing: 'hollow' },
  refused: { tone: 'unknown', drawing: 'bars' },
};
const wayLooks: Record<(typeof ways)[number], SeriesLook> = {
  mail: { tone: 'alarm', drawing: 'solid' },
  sms: { tone: 'notice', drawing: 'hatch' },
  push: { tone: 'accent', drawing: 'dots' },
  webhook: { tone: 'unknown', drawing: 'bars' },
};

/** The charts of the fleet, each with its numbers and as a table. */
export function FleetCharts({ fleet }: { fleet: Fleet }) {
  const text = useText();
  const duration = (ms: number | undefined) => (ms === undefined ? '–' : durationText(ms, text));
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <FleetChart
        id="openings"
        fleet={fleet}
        title={text('fleet.openings')}
        lead={text('fleet.openings.lead')}
        kind="bars"
        series={outcomes.map((outcome) => ({
          name: text(`fleet.openings.${outcome}`),
          look: outcomeLooks[outcome],
          countOf: ({ openings }: FleetFigures) => openings[outcome],
        }))}
      />
      <FleetChart
        id="latency"
        fleet={fleet}
        title={text('fleet.latency')}
        lead={latencyLead(fleet, text)}
        kind="lines"
        valueText={duration}
        series={[
          {
            name: text('fleet.latency.p50'),
            look: { tone: 'accent', drawing: 'solid' },
            countOf: ({ latency }: FleetFigures) => latency?.p50Ms,
          },
          {
            name: text('fleet.latency.p95'),
            look: { tone: 'notice', drawing: 'hatch' },
            countOf: ({ latency }: FleetFigures) => latency?.p95Ms,
          },
        ]}
      />
      <FleetChart
        id="events"
        fleet={fleet}
        title={text('fleet.events')}
        lead={text('fleet.events.lead')}
        kind="bars"
        series={[
          {
            name: text('fleet.events.name'),
            look: { tone: 'accent', drawing: 'solid' },
            countOf: ({ deviceEvents }: FleetFigures) => deviceEvents,
          },
        ]}
      />
      <FleetChart
        id="messages"
        fleet={fleet}
        title={text('fleet.messages')}
        lead={messagesLead(fleet, text)}
        kind="bars"
        series={ways.map((way) => ({
          name: text(`fleet.messages.${way}`),
          look: wayLooks[way],
          countOf: ({ messages }: FleetFigures) => messages[way].failed,
        }))}
      />
    </div>
  );
}

const latencyLead = ({ total: { latency } }: Fleet, text: TextOf): string =>
  latency === undefined ? text('fleet.latency.none') : text('fleet.latency.lead', { count: latency.count });

const messagesLead = ({ total: { messages } }: Fleet, text: TextOf): string =>
  text('fleet.messages.lead', {
    failed: ways.reduce((sum, way) => sum + messages[way].failed, 0),
    count: ways.reduce((sum, way) => sum + messages[way].count, 0),
  });
