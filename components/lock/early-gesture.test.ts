import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Gesture, OpeningView } from '@/server/contracts/locks';
import { en } from '../messages/en';
import { textOf } from '../messages/lookup';
import { earlyGestureScript } from './early-gesture';

it('is a script that a door name cannot break out of', () => {
  const name = '</script><script>alert(1)</script><!-- \u2028 "\'\\';
  const script = earlyGestureScript({ lockId: 7, name, gesture: 'hold' }, textOf(en));
  expect(script).not.toMatch(/<\/script|<!--/i);
  expect(() => new Function(script)).not.toThrow();
});

describe('played', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  type Told = Partial<Pick<OpeningView, 'status' | 'acceptedAt' | 'error' | 'lateReport'>>;

  /** Plays the script on a page with a button and a line; `told`: the opening whenever the page asks, undefined: no network. */
  function play(gesture: Gesture, told: () => Told | undefined) {
    const requests: string[] = [];
    const line = { textContent: '' };
    const button = { contains: () => true, setAttribute: () => {}, removeAttribute: () => {} };
    const listeners = new Map<string, (event: object) => void>();
    const globals = {
      window: {
        addEventListener: (name: string, listener: (event: object) => void) => listeners.set(name, listener),
        removeEventListener: (name: string) => listeners.delete(name),
      },
      document: { querySelector: (what: string) => (what.includes('status') ? line : button) },
      navigator: {},
      Node: Object,
      fetch: async (_path: string, { method, body }: RequestInit) => {
        if (method === 'POST') {
          requests.push(JSON.parse(String(body)).requestId);
          return { status: 200, headers: new Headers() };
        }
        const opening = told();
        if (opening === undefined) throw new TypeError('no network');
        return { ok: true, json: async () => ({ opening: { requestId: requests.at(-1), ...opening } }) };
      },
    };
    const script = earlyGestureScript({ lockId: 7, name: 'Door', gesture }, textOf(en));
    new Function(...Object.keys(globals), script)(...Object.values(globals));
    const dispatch = (name: string, event: object) => {
      let isPrevented = false;
      const preventDefault = () => {
        isPrevented = true;
      };
      listeners.get(name)?.({ target: button, detail: 1, preventDefault, ...event });
      return !isPrevented;
    };
    return { line, requests, dispatch, tap: () => dispatch('click', {}) };
  }
  const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

  it('calls the door shut only when it was heard of after the request had run out', async () => {
    let isOnline = false;
    const cutOff = play('tap', () => (isOnline ? { status: 'sent' } : undefined));
    cutOff.tap();
    await pass(11_000);
    expect(cutOff.line.textContent).toContain(en['progress.unconfirmed.unheard']);
    isOnline = true;
    const online = play('tap', () => ({ status: 'sent' }));
    online.tap();
    await pass(11_000);
    expect(online.line.textContent).toContain(en['progress.unconfirmed.sent']);
  });

  it('remembers that the lock has taken the request', async () => {
    let status: OpeningView['status'] = 'accepted';
    const page = play('tap', () => ({ status, acceptedAt: '2026-03-01T12:00:00.000Z' }));
    page.tap();
    await pass(11_000);
    expect(page.line.textContent).toContain(en['progress.unconfirmed.accepted']);
    status = 'expired';
    page.tap();
    await pass(2_000);
    expect(page.line.textContent).toContain(en['progress.expired.accepted']);
  });

  it('opens once for a key that is held down, and for a second press after the door has opened', async () => {
    const page = play('tap', () => ({ status: 'confirmed' }));
    const press = (repeat: boolean) => page.dispatch('keydown', { key: 'Enter', repeat }) && page.tap();
    press(false);
    for (let count = 0; count < 20; count += 1) {
      press(true);
      await pass(100);
    }
    expect(page.line.textContent).toContain(en['progress.confirmed']);
    press(false);
    expect(page.line.textContent).toBe(en['open.alreadyOpen']);
    expect(page.requests).toHaveLength(1);
    await pass(2_000);
    press(false);
    expect(page.requests).toHaveLength(2);
  });

  it('does not say that a door did not open when nobody knows', async () => {
    const page = play('tap', () => ({ status: 'failed', error: 'NOT_CONFIRMED' }));
    page.tap();
    await pass(2_000);
    expect(page.line.textContent).toBe(
      `${en['progress.unconfirmed']}. ${en['progress.failed.NOT_CONFIRMED']}`,
    );
  });
});
