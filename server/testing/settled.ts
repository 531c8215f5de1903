import { io } from 'socket.io-client';
import type { OpeningStatus, OpeningView } from '../contracts/locks';
import type { LiveMessage, SubscribeAnswer } from '../contracts/realtime';
import { send } from './api-client';

const patienceMs = 60_000;

/** Resolves when the newest opening of a door has reached a status; follows the home's live events, no polling. */
export async function settled(
  url: string,
  token: string,
  lockId: number,
  ...statuses: [OpeningStatus, ...OpeningStatus[]]
): Promise<OpeningView> {
  const door = await send(url, 'GET', `/locks/${lockId}`, { token });
  const socket = io(url, { transports: ['websocket'], auth: { token }, forceNew: true });
  try {
    return await new Promise<OpeningView>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`no opening of lock ${lockId} came to ${statuses.join(' or ')}`)),
        patienceMs,
      );
      const judge = (opening: OpeningView | undefined) => {
        if (opening?.lockId !== lockId || !statuses.includes(opening.status)) return;
        clearTimeout(timer);
        resolve(opening);
      };
      judge(door.body.opening);
      socket.on('opening', (message: LiveMessage) => judge(message.payload as OpeningView));
      socket.on('connect_error', reject);
      socket.emit(
        'subscribe',
        { homeId: door.body.homeId, after: door.body.cursor },
        (answer: SubscribeAnswer) => {
          if (!answer.ok) reject(new Error(`subscribe: ${answer.reason}`));
        },
      );
    });
  } finally {
    socket.close();
  }
}
