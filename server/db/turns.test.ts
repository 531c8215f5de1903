import { expect, it } from 'vitest';
import { Turns } from './turns';

/** Work that ends when it is told to. */
function held() {
  const ends: (() => void)[] = [];
  let running = 0;
  let most = 0;
  const work = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => ends.push(resolve));
    running -= 1;
  };
  return { work, ends, most: () => most };
}

it('runs as many at once as it may, and the others in the order they came', async () => {
  const turns = new Turns(['a', 'b']);
  const { work, ends, most } = held();
  const order: number[] = [];
  const all = [0, 1, 2, 3, 4].map((n) =>
    turns.run(() => {
      order.push(n);
      return work();
    }),
  );
  for (let ended = 0; ended < 5; ended += 1) {
    await expect.poll(() => ends.length).toBeGreaterThan(ended);
    ends[ended]?.();
  }
  await Promise.all(all);
  expect(order).toEqual([0, 1, 2, 3, 4]);
  expect(most()).toBe(2);
});

it('hands out the place that was used last', async () => {
  const turns = new Turns([1, 2, 3]);
  const used: number[] = [];
  const use = (work?: () => Promise<void>) =>
    turns.run((place) => {
      used.push(place);
      return work?.();
    });
  for (let n = 0; n < 3; n += 1) await use();
  const { work, ends } = held();
  const long = use(work);
  await use();
  await use();
  ends[0]?.();
  await long;
  await use();
  expect(used).toEqual([3, 3, 3, 3, 2, 2, 3]);
});

it('gives the place free when the work fails, also when it throws at once', async () => {
  const turns = new Turns(['only']);
  await expect(turns.run(() => Promise.reject(new Error('later')))).rejects.toThrow('later');
  await expect(
    turns.run(() => {
      throw new Error('at once');
    }),
  ).rejects.toThrow('at once');
  expect(await turns.run(() => 'free')).toBe('free');
});
