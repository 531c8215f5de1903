'use client';

import { Link2, Plus } from 'lucide-react';
import { useState } from 'react';
import type { TempKeyView } from '@/server/contracts/temp-keys';
import { api } from '../hooks/api';
import { useHomeData } from '../hooks/use-home-data';
import { useText } from '../messages/provider';
import { TimesOf, UnderClocks } from '../time/times-of';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { ErrorNotice } from '../ui/error-notice';
import { later } from '../ui/later';
import { LinkRow } from './link-row';
import { isAlive } from './link-words';

const NewLinkDialog = later(async () => (await import('./new-link-dialog')).NewLinkDialog);
const ChangeLinkDialog = later(async () => (await import('./change-link-dialog')).ChangeLinkDialog);
const RevokeLinkDialog = later(async () => (await import('./revoke-link-dialog')).RevokeLinkDialog);

/** A door that a link can be made for. */
export interface LinkDoor {
  lockId: number;
  name: string;
}

interface LinkBoardProps {
  lockId: number;
  homeId: number;
  cursor: string;
  zone: string;
  doors: readonly LinkDoor[];
  initial: TempKeyView[];
  /** The service's time of the first paint, epoch milliseconds. */
  now: number;
}

type Open = { what: 'new' } | { what: 'change' | 'revoke'; link: TempKeyView };

/** The guest links of a door, live, with the ways to make, change and end them. */
export function LinkBoard({ lockId, homeId, cursor, zone, doors, initial, now }: LinkBoardProps) {
  const text = useText();
  const [open, setOpen] = useState<Open>();
  const { data, isError, error, reload } = useHomeData<TempKeyView[]>({
    homeId,
    cursor,
    queryKey: ['guest-links', lockId],
    load: async (signal) =>
      (await api('tempKeys.list', { query: { lockId, revoked: 'true' } }, { signal })).tempKeys,
    initial,
    madeAt: now,
    // An opening counts a use and moves "last used".
    onMessage: ({ topic, payload }) =>
      topic === 'access' || topic === 'home' || (topic === 'opening' && payload.via !== 'page'),
  });
  const links = data ?? initial;
  const alive = links.filter(isAlive);
  const ended = links.filter((link) => !isAlive(link));
  const close = () => setOpen(undefined);
  const list = (some: readonly TempKeyView[], Frame: typeof TimesOf | typeof UnderClocks) => (
    <Frame zone={zone}>
      <ul className="divide-y divide-line">
        {some.map((link) => (
          <LinkRow
            key={link.uuid}
            link={link}
            zone={zone}
            onChange={(one) => setOpen({ what: 'change', link: one })}
            onRevoke={(one) => setOpen({ what: 'revoke', link: one })}
          />
        ))}
      </ul>
    </Frame>
  );
  const add = (
    <Button kind="primary" onClick={() => setOpen({ what: 'new' })}>
      <Plus aria-hidden className="size-4.5" />
      {text('links.new')}
    </Button>
  );
  return (
    <div className="flex flex-col gap-6">
      <Card className="overflow-hidden">
        <section aria-labelledby="links">
          <div className="flex flex-wrap items-center justify-between gap-3 border-b border-line px-4 py-4 sm:px-6">
            <div className="min-w-0 flex-1 basis-72">
              <h2 id="links" className="text-xl font-semibold">
                {text('links.title')}
              </h2>
              <p className="text-sm text-pretty text-ink-soft">{text('links.lead')}</p>
            </div>
            {alive.length === 0 ? null : add}
          </div>
          {isError ? <ErrorNotice error={error} /> : null}
          {alive.length === 0 ? (
            <EmptyState
              icon={Link2}
              level={3}
              title={text('links.none.title')}
              text={text('links.none.text')}
            >
              {add}
            </EmptyState>
          ) : (
            list(alive, TimesOf)
          )}
        </section>
      </Card>
      {ended.length === 0 ? null : (
        <Card className="overflow-hidden">
          <section aria-labelledby="links-ended">
            <h2 id="links-ended" className="border-b border-line px-4 py-4 text-xl font-semibold sm:px-6">
              {text('links.ended')}
            </h2>
            {list(ended, alive.length === 0 ? TimesOf : UnderClocks)}
          </section>
        </Card>
      )}
      {open?.what === 'new' ? (
        <NewLinkDialog lockId={lockId} doors={doors} zone={zone} onClose={close} onMade={reload} />
      ) : null}
      {open?.what === 'change' ? (
        <ChangeLinkDialog
          lockId={lockId}
          link={links.find(({ uuid }) => uuid === open.link.uuid) ?? open.link}
          zone={zone}
          onClose={close}
          onChanged={reload}
        />
      ) : null}
      {open?.what === 'revoke' ? (
        <RevokeLinkDialog link={open.link} onClose={close} onRevoked={reload} />
      ) : null}
    </div>
  );
}
