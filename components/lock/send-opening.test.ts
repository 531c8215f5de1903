import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '../hooks/call';
import { newRequestId } from './request-id';
import { sendOpening } from './send-opening';

const lost = () => new ApiError(0, 'network');

/** Sends against a service that answers as told; the clock moves by the pauses alone. */
async function send(answers: (ApiError | 'ok')[]) {
  let clock = 1_000;
  const open = vi.fn(async (_lockId: number, _requestId: string, _timeoutMs: number) => {
    const answer = answers.shift() ?? lost();
    if (answer !== 'ok') throw answer;
  });
  const onRetry = vi.fn();
  const result = await sendOpening({
    lockId: 7,
    requestId: 'gesture',
    startedAt: clock,
    onRetry,
    now: () => clock,
    pause: async (milliseconds) => {
      clock += milliseconds;
    },
    open,
  });
  return { result, open, onRetry, elapsed: clock - 1_000 };
}

describe('handing an opening over', () => {
  it('repeats a lost request with the same requestId', async () => {
    const { result, open, onRetry } = await send([lost(), lost(), 'ok']);
    expect(result).toEqual({ kind: 'sent' });
    expect(open.mock.calls.map(([, requestId]) => requestId)).toEqual(['gesture', 'gesture', 'gesture']);
    expect(onRetry).toHaveBeenCalledTimes(2);
  });

  it('gives up when the life of the request is over, and says that nothing is known', async () => {
    const { result, open, elapsed } = await send([]);
    expect(result).toEqual({ kind: 'silent' });
    expect(elapsed).toBeGreaterThanOrEqual(8_000);
    expect(elapsed).toBeLessThan(10_000);
    expect(open.mock.calls.every(([, , timeoutMs]) => timeoutMs > 0 && timeoutMs <= 3_500)).toBe(true);
  });

  it('repeats when the service is restarting, and takes its refusal when that was the last word', async () => {
    expect((await send([new ApiError(503, 'busy', 'r1'), 'ok'])).result).toEqual({ kind: 'sent' });
    const { result } = await send(Array.from({ length: 40 }, () => new ApiError(503, 'busy', 'r1', 2)));
    expect(result).toEqual({
      kind: 'refused',
      because: 'progress.refused.unavailable',
      status: 503,
      requestId: 'r1',
    });
  });

  it('does not call a request unsent after one of its answers was lost', async () => {
    const busy = Array.from({ length: 40 }, () => new ApiError(503, 'busy', 'r1', 2));
    expect((await send([lost(), ...busy])).result).toEqual({ kind: 'silent' });
  });

  it.each([401, 403, 404, 429, 502, 400])('does not repeat a refusal (%i)', async (status) => {
    const { result, open } = await send([new ApiError(status, 'no', 'r2')]);
    expect(open).toHaveBeenCalledTimes(1);
    expect(result).toMatchObject({ kind: 'refused', status, requestId: 'r2' });
  });
});

describe('a requestId', () => {
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

  it('is a random uuid, also where randomUUID is missing', () => {
    expect(newRequestId()).toMatch(uuid);
    const { getRandomValues } = crypto;
    vi.stubGlobal('crypto', { getRandomValues: getRandomValues.bind(crypto) });
    const [one, other] = [newRequestId(), newRequestId()];
    vi.unstubAllGlobals();
    expect(one).toMatch(uuid);
    expect(other).not.toBe(one);
  });
});
