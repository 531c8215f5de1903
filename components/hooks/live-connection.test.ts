import { describe, expect, it, vi } from 'vitest';
import type { LiveMessage, SubscribeAnswer } from '@/server/contracts/realtime';
import { LaterConnection } from './later-connection';
import { LiveConnection, type LiveSocket } from './live-connection';

type Listener = (...values: never[]) => void;

/** The socket as the connection uses it, driven by the test. */
class FakeSocket {
  connected = false;
  active = true;
  readonly subscribes: { homeId: number; after?: string }[] = [];
  readonly unsubscribed: number[] = [];
  answer: SubscribeAnswer = { ok: true, cursor: 'now' };
  private readonly listeners = new Map<string, Listener[]>();

  on(event: string, listener: Listener): this {
    this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
    return this;
  }
  fire(event: string, ...values: unknown[]): void {
    for (const listener of this.listeners.get(event) ?? []) listener(...(values as never[]));
  }
  connect(): void {
    this.connected = true;
    this.fire('connect');
  }
  drop(): void {
    this.connected = false;
    this.fire('disconnect');
  }
  timeout() {
    return {
      emit: (
        _event: string,
        request: { homeId: number; after?: string },
        answered: (lost: Error | null, answer: SubscribeAnswer) => void,
      ) => {
        this.subscribes.push(request);
        answered(null, this.answer);
      },
    };
  }
  emit(_event: string, { homeId }: { homeId: number }): void {
    this.unsubscribed.push(homeId);
  }
}

const message = (position: number, homeId = 1): LiveMessage => ({
  topic: 'member',
  homeId,
  cursor: `at-${position}`,
  position,
  payload: {},
});

const listening = () => ({ onMessage: vi.fn(), onResync: vi.fn(), onRevoked: vi.fn() });
const connectionBy = (socket: FakeSocket) => new LiveConnection(() => socket as unknown as LiveSocket);

function connected() {
  const socket = new FakeSocket();
  const connection = connectionBy(socket);
  const listener = listening();
  const stop = connection.watch(1, 'page', listener);
  return { socket, connection, listener, stop };
}
const positions = (listener: { onMessage: ReturnType<typeof vi.fn> }) =>
  listener.onMessage.mock.calls.map(([heard]) => (heard as LiveMessage).position);

describe('the live connection', () => {
  it('starts where the page stands and is live once the home is subscribed', () => {
    const { socket, connection } = connected();
    expect(socket.subscribes).toEqual([{ homeId: 1, after: 'page' }]);
    expect(connection.status).toBe('live');
  });

  it('tells each position once', () => {
    const { socket, listener } = connected();
    for (const position of [4, 5, 5, 4, 6]) socket.fire('member', message(position));
    expect(positions(listener)).toEqual([4, 5, 6]);
  });

  it('tells a listener who comes from another place than the others to load anew, and no one else', () => {
    const { socket, connection, listener } = connected();
    const [same, older, newer, anywhere] = [listening(), listening(), listening(), listening()];
    connection.watch(1, 'page', same);
    socket.fire('member', message(4));
    connection.watch(1, 'page', older);
    connection.watch(1, 'at-4', newer);
    connection.watch(1, undefined, anywhere);
    socket.fire('member', message(5));
    expect([same, older, newer, anywhere, listener].map((one) => one.onResync.mock.calls.length)).toEqual([
      0, 1, 0, 0, 0,
    ]);
    expect([same, older, newer].map(positions)).toEqual([[4, 5], [5], [5]]);
  });

  it('resumes after a loss from the last position, and drops what is replayed twice', () => {
    const { socket, connection, listener } = connected();
    socket.fire('member', message(4));
    socket.drop();
    expect(connection.status).toBe('lost');
    socket.connect();
    expect(socket.subscribes.at(-1)).toEqual({ homeId: 1, after: 'at-4' });
    socket.fire('member', message(4));
    socket.fire('member', message(5));
    expect(positions(listener)).toEqual([4, 5]);
    expect(connection.status).toBe('live');
  });

  it('loads anew, after subscribing from now on, when too much was missed', () => {
    const { socket, listener } = connected();
    socket.fire('resync', { homeId: 1 });
    expect(socket.subscribes.at(-1)).toEqual({ homeId: 1 });
    expect(listener.onResync).toHaveBeenCalledTimes(1);
  });

  it('hears of a right taken away, for one home and for the whole session', () => {
    const { socket, listener } = connected();
    socket.fire('revoked', { homeId: 2 });
    expect(listener.onRevoked).not.toHaveBeenCalled();
    socket.fire('revoked', { homeId: 1 });
    socket.fire('revoked', {});
    expect(listener.onRevoked).toHaveBeenCalledTimes(2);
  });

  it('treats a refused subscription as a right taken away and is not called live', () => {
    const { socket, connection, listener } = connected();
    socket.answer = { ok: false, reason: 'forbidden' };
    socket.drop();
    socket.connect();
    expect(listener.onRevoked).toHaveBeenCalledTimes(1);
    expect(connection.status).toBe('lost');
  });

  it('leaves a home when nobody listens any more', () => {
    const { socket, connection, stop } = connected();
    stop();
    expect(socket.unsubscribed).toEqual([1]);
    expect(connection.status).toBe('idle');
  });
});

describe('the live connection before its script is there', () => {
  it('hands over who watches, from the position of the page, and tells what happened meanwhile', async () => {
    const socket = new FakeSocket();
    let arrive: (found: LiveConnection) => void = () => {};
    const connection = new LaterConnection(() => new Promise((resolve) => (arrive = resolve)));
    const heard: string[] = [];
    connection.onStatus(() => heard.push(connection.status));
    const [stays, leaves] = [listening(), listening()];
    const stop = connection.watch(1, 'page', stays);
    connection.watch(2, 'other', leaves)();
    expect(connection.status).toBe('connecting');
    arrive(connectionBy(socket));
    await vi.waitFor(() => expect(connection.status).toBe('live'));
    expect(socket.subscribes).toEqual([{ homeId: 1, after: 'page' }]);
    socket.fire('member', message(4));
    expect(positions(stays)).toEqual([4]);
    stop();
    expect(socket.unsubscribed).toEqual([1]);
    expect(heard).toEqual(['connecting', 'connecting', 'live', 'idle']);
  });

  it('is lost while the script does not arrive, and goes on when it does', async () => {
    vi.useFakeTimers();
    const socket = new FakeSocket();
    const load = vi
      .fn()
      .mockRejectedValueOnce(new Error('no network'))
      .mockResolvedValue(connectionBy(socket));
    const connection = new LaterConnection(load);
    connection.watch(1, 'page', listening());
    await vi.advanceTimersByTimeAsync(0);
    expect(connection.status).toBe('lost');
    await vi.advanceTimersToNextTimerAsync();
    expect(connection.status).toBe('live');
    expect(socket.subscribes).toEqual([{ homeId: 1, after: 'page' }]);
    vi.useRealTimers();
  });
});
