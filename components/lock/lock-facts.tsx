'use client';

import {
  BadgeCheck,
  BellRing,
  FlaskConical,
  type LucideIcon,
  ShieldAlert,
  ShieldQuestion,
} from 'lucide-react';
import type { LockFacts } from '@/server/contracts/lock-history';
import { useText } from '../messages/provider';
import { Badge, type BadgeTone } from '../ui/badge';
import { useAlarmText } from './alarm-words';

type Attestation = NonNullable<LockFacts['attestation']>;
const looks: Record<Attestation, { tone: BadgeTone; icon: LucideIcon }> = {
  verified: { tone: 'calm', icon: BadgeCheck },
  'not-verified': { tone: 'notice', icon: ShieldQuestion },
  'test-certificate': { tone: 'notice', icon: FlaskConical },
  refused: { tone: 'alarm', icon: ShieldAlert },
};

/** What came of the checks of a lock's certificate; nothing where none was told. */
export function CertificateBadge({ attestation }: { attestation: Attestation | undefined }) {
  const text = useText();
  if (attestation === undefined) return null;
  const { tone, icon } = looks[attestation];
  return (
    <Badge tone={tone} icon={icon}>
      {text(`facts.certificate.${attestation}`)}
    </Badge>
  );
}

/** What a lock raises the alarm for now; nothing where it is calm. */
export function AlarmBadge({ alarm }: { alarm: LockFacts['alarm'] | undefined }) {
  const alarmText = useAlarmText();
  return alarm === undefined ? null : (
    <Badge tone="alarm" icon={BellRing} className="whitespace-normal">
      {alarmText(alarm)}
    </Badge>
  );
}

/** What a lock can do, what `Open` does on it, and whether it is a certified product, in words. */
export function AbilityFacts({ facts }: { facts: LockFacts }) {
  const text = useText();
  const { features, attestation } = facts;
  return (
    <dl className="flex flex-col gap-4 border-t border-line pt-4">
      <div>
        <dt className="text-sm text-ink-soft">{text('facts.abilities')}</dt>
        <dd className="text-[0.9375rem]">
          {features === undefined ? (
            text('facts.abilities.unknown')
          ) : features.length === 0 ? (
            text('facts.abilities.none')
          ) : (
            <ul className="list-disc pl-5">
              {features.map((feature) => (
                <li key={feature}>{text(`facts.can.${feature}`)}</li>
              ))}
            </ul>
          )}
        </dd>
      </div>
      {features === undefined ? null : (
        <div>
          <dt className="text-sm text-ink-soft">{text('facts.open')}</dt>
          <dd className="text-[0.9375rem] text-pretty">
            {text(features.includes('unbolt') ? 'facts.open.unlatch' : 'facts.open.unlock')}
          </dd>
        </div>
      )}
      <div>
        <dt className="text-sm text-ink-soft">{text('facts.certificate')}</dt>
        <dd className="mt-1 flex flex-col items-start gap-1.5 text-[0.9375rem] text-pretty">
          {attestation === undefined ? (
            text('facts.certificate.unknown')
          ) : (
            <>
              <CertificateBadge attestation={attestation} />
              {text(`facts.certificate.${attestation}.more`)}
            </>
          )}
        </dd>
      </div>
    </dl>
  );
}
