'use client';

import { Bell, BellOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { useTroubleText } from '../ui/error-notice';
import { tell } from '../ui/toast';

type State = 'on' | 'off' | 'denied' | 'unsupported';

const isSupported = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

async function subscribe(pushKey: string): Promise<void> {
  const worker = await navigator.serviceWorker.register('/sw.js', { scope: '/', updateViaCache: 'none' });
  await navigator.serviceWorker.ready;
  const old = await worker.pushManager.getSubscription();
  await old?.unsubscribe();
  const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: pushKey });
  const { endpoint, keys } = made.toJSON();
  await api('notifications.subscribe', {
    body: { endpoint: endpoint ?? '', keys: { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' } },
  });
}

async function unsubscribe(): Promise<void> {
  await api('notifications.unsubscribe', {});
  const worker = await navigator.serviceWorker.getRegistration('/');
  const made = await worker?.pushManager.getSubscription();
  await made?.unsubscribe();
}

/** Whether this device shows what was chosen, and the switch for it. */
export function ThisBrowser({ pushKey, isSubscribed }: { pushKey: string; isSubscribed: boolean }) {
  const text = useText();
  const troubleText = useTroubleText();
  const [state, setState] = useState<State>(isSubscribed ? 'on' : 'off');
  const [isBusy, setIsBusy] = useState(false);
  useEffect(() => {
    if (!isSupported()) setState('unsupported');
    else if (Notification.permission === 'denied') setState('denied');
    else if (Notification.permission !== 'granted') setState('off');
  }, []);
  const turn = async (next: 'on' | 'off') => {
    if (isBusy) return;
    setIsBusy(true);
    try {
      if (next === 'on') {
        const answer = await Notification.requestPermission();
        if (answer !== 'granted') return setState(answer === 'denied' ? 'denied' : 'off');
        await subscribe(pushKey);
      } else await unsubscribe();
      setState(next);
      tell({ tone: 'done', title: text(next === 'on' ? 'notify.here.turnedOn' : 'notify.here.turnedOff') });
    } catch (error) {
      const isBrowser = error instanceof DOMException;
      tell({
        tone: 'failed',
        ...(isBrowser ? { title: text('notify.here.failed') } : troubleText(error)),
      });
    } finally {
      setIsBusy(false);
    }
  };
  const Icon = state === 'on' ? Bell : BellOff;
  return (
    <div className="flex flex-wrap items-center gap-4 px-4 py-4 sm:px-6">
      <span className="grid size-11 shrink-0 place-items-center rounded-full bg-sunken text-ink-soft">
        <Icon aria-hidden className="size-5.5" />
      </span>
      <div className="min-w-0 flex-1 basis-60">
        <h2 className="font-semibold">{text('notify.here.title')}</h2>
        <p role="status" className="text-sm text-pretty text-ink-soft">
          {text(`notify.here.${state}`)}
        </p>
      </div>
      {state === 'on' || state === 'off' ? (
        <Button
          kind={state === 'off' ? 'primary' : 'secondary'}
          aria-disabled={isBusy}
          onClick={() => void turn(state === 'on' ? 'off' : 'on')}
        >
          {text(state === 'on' ? 'notify.here.turnOff' : 'notify.here.turnOn')}
        </Button>
      ) : null}
    </div>
  );
}
