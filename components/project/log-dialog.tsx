'use client';

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { useState } from 'react';
import type { Delivery } from '@/server/contracts/project-modules';
import { api } from '../hooks/api';
import { useAction } from '../hooks/use-action';
import { useText } from '../messages/provider';
import { Moment } from '../time/moment';
import { Badge, type BadgeTone } from '../ui/badge';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { ErrorNotice } from '../ui/error-notice';
import { ReplayForm } from './replay-form';

interface LogDialogProps {
  projectId: number;
  moduleId: string;
  mayChange: boolean;
  onClose: () => void;
}

const tones: Record<Delivery['status'], BadgeTone> = {
  waiting: 'notice',
  delivered: 'calm',
  failed: 'alarm',
};
/** While something is on its way. */
const soonMs = 1_000;

/** What a module was told, newest first, a test to send and what went wrong to send once more. */
export function LogDialog({ projectId, moduleId, mayChange, onClose }: LogDialogProps) {
  const text = useText();
  const cache = useQueryClient();
  const [replayed, setReplayed] = useState<number>();
  const params = { projectId, moduleId };
  const queryKey = ['deliveries', projectId, moduleId];
  const log = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      api(
        'projects.deliveries',
        { params, query: pageParam === undefined ? {} : { before: pageParam } },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(({ status }) => status === 'waiting'))
        ? soonMs
        : false,
  });
  const reload = () => cache.invalidateQueries({ queryKey });
  const test = useAction(() => api('projects.testModule', { params }).then(reload), {
    done: text('project.log.test.done'),
  });
  const items = log.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => isOpen || onClose()}
      title={text('project.log.title', { name: moduleId })}
      size="wide"
    >
      <div className="flex flex-col gap-3">
        {mayChange ? (
          <div>
            <Button disabled={test.isBusy} onClick={() => void test.run()}>
              <Send aria-hidden className="size-4.5" />
              {text('project.log.test')}
            </Button>
          </div>
        ) : null}
        {log.error === null ? null : <ErrorNotice error={log.error} />}
        {log.isSuccess && items.length === 0 ? (
          <p className="text-ink-soft">{text('project.log.none')}</p>
        ) : null}
        <ol aria-label={text('project.log.list')} className="divide-y divide-line">
          {items.map((delivery) => {
            const { id, kind, status, attempts, lastStatus, lastError, homeId, creationTime } = delivery;
            return (
              <li key={id} className="flex flex-col gap-2 py-2.5">
                <div className="flex flex-wrap items-center justify-between gap-x-3">
                  <div className="min-w-0 text-sm">
                    <p className="flex flex-wrap items-center gap-2 text-[0.9375rem] font-medium">
                      {text(`project.log.${kind}`)}
                      <Badge tone={tones[status]}>{text(`project.log.${status}`)}</Badge>
                    </p>
                    <p className="break-words text-ink-soft">
                      <Moment at={creationTime} zone={undefined} />
                      {[
                        homeId === undefined ? '' : text('project.log.home', { id: homeId }),
                        text('project.log.tries', { count: attempts }),
                        lastStatus === undefined ? '' : text('project.log.answer', { status: lastStatus }),
                        lastError ?? '',
                      ]
                        .filter((one) => one !== '')
                        .map((one) => ` · ${one}`)
                        .join('')}
                    </p>
                  </div>
                  {mayChange && status !== 'waiting' && replayed !== id ? (
                    <Button
                      kind="quiet"
                      aria-label={text('project.log.again.of', { id })}
                      onClick={() => setReplayed(id)}
                    >
                      {text('project.log.again')}
                    </Button>
                  ) : null}
                </div>
                {replayed === id ? (
                  <ReplayForm
                    params={{ ...params, deliveryId: id }}
                    onDone={() => {
                      setReplayed(undefined);
                      void reload();
                    }}
                  />
                ) : null}
              </li>
            );
          })}
        </ol>
        {log.hasNextPage ? (
          <Button disabled={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {text('project.log.more')}
          </Button>
        ) : null}
      </div>
    </Dialog>
  );
}
