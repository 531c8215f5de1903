'use client';

import { useRef, useState } from 'react';
import type { NotificationSettings } from '@/server/contracts/notifications';
import { api } from '../hooks/api';
import { useAction } from '../hooks/use-action';
import { useText } from '../messages/provider';

type Chosen = NotificationSettings['homes'][number]['topics'][number];
type Channel = Chosen['channels'][number];
const channels: readonly Channel[] = ['push', 'mail'];

interface TopicChoicesProps {
  homeId: number;
  /** Absent: the home as a whole. */
  lockId?: number;
  topics: readonly Chosen[];
  hasMail: boolean;
}

/** What somebody hears of a door or a home, and how; each tick is saved at once and taken back if that fails. */
export function TopicChoices({ homeId, lockId, topics, hasMail }: TopicChoicesProps) {
  const text = useText();
  const [shown, setShown] = useState(() => new Map(topics.map(({ topic, channels: by }) => [topic, by])));
  const saved = useRef(new Map(shown));
  const save = useAction(
    async (topic: Chosen['topic'], by: Channel[]) => {
      try {
        await api('notifications.choose', {
          body: { homeId, topic, channels: by, ...(lockId === undefined ? {} : { lockId }) },
        });
        saved.current.set(topic, by);
      } catch (error) {
        // What was chosen after it is still on its way.
        setShown((known) =>
          known.get(topic) === by ? new Map(known).set(topic, saved.current.get(topic) ?? []) : known,
        );
        throw error;
      }
    },
    { queues: true },
  );
  const choose = (topic: Chosen['topic'], by: Channel[]) => {
    setShown((known) => new Map(known).set(topic, by));
    void save.run(topic, by);
  };
  return (
    <ul className="divide-y divide-line">
      {topics.map(({ topic }) => {
        const by = shown.get(topic) ?? [];
        return (
          <li key={topic} className="flex flex-wrap items-center justify-between gap-x-6 px-4 py-2 sm:px-6">
            <div className="min-w-0 flex-1 basis-52 py-1">
              <p className="text-[0.9375rem] font-medium">{text(`notify.topic.${topic}`)}</p>
              <p className="text-sm text-pretty text-ink-soft">{text(`notify.topic.${topic}.more`)}</p>
            </div>
            <div className="flex gap-4">
              {channels.map((channel) => (
                <label key={channel} className="flex min-h-11 min-w-22 items-center gap-2.5 text-[0.9375rem]">
                  <input
                    type="checkbox"
                    checked={by.includes(channel)}
                    disabled={channel === 'mail' && !hasMail}
                    aria-label={text('notify.choice', {
                      topic: text(`notify.topic.${topic}`),
                      channel: text(`notify.channel.${channel}`),
                    })}
                    onChange={({ target }) =>
                      choose(topic, target.checked ? [...by, channel] : by.filter((one) => one !== channel))
                    }
                    className="size-5 accent-(--accent)"
                  />
                  <span aria-hidden>{text(`notify.channel.${channel}`)}</span>
                </label>
              ))}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
