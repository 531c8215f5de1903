import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { takeIn } from './take-in';

const queryKey = ['list'];
const client = new QueryClient();
let answers: ((items: string[]) => void)[] = [];

/** A list in sight whose loads wait for the test; the first has come with the page. */
function shown(): () => void {
  return new QueryObserver(client, {
    queryKey,
    queryFn: () => new Promise<string[]>((resolve) => void answers.push(resolve)),
    initialData: ['old'],
    staleTime: Number.POSITIVE_INFINITY,
  }).subscribe(() => {});
}

let close = () => {};
beforeEach(() => {
  answers = [];
  client.clear();
  close = shown();
});
afterEach(() => {
  close();
  vi.useRealTimers();
});

const withNews = (items: string[]) => (items.includes('news') ? items : [...items, 'news']);
const known = () => client.getQueryData(queryKey);

test('news is known at once', () => {
  takeIn(client, queryKey, withNews);
  expect(known()).toEqual(['old', 'news']);
});

test('a load under way still brings what it was asked for, and takes no news back', async () => {
  void client.invalidateQueries({ queryKey });
  takeIn(client, queryKey, withNews);
  expect(known()).toEqual(['old', 'news']);
  expect(answers).toHaveLength(1);
  answers[0]?.(['old', 'new']);
  await vi.waitFor(() => expect(known()).toEqual(['old', 'new', 'news']));
  expect(answers).toHaveLength(1);
});

test('after a long load it is asked once more, however much was heard meanwhile', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  void client.invalidateQueries({ queryKey });
  takeIn(client, queryKey, withNews);
  takeIn(client, queryKey, withNews);
  vi.setSystemTime(Date.now() + 10_000);
  answers[0]?.(['old', 'new']);
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[1]?.(['newest']);
  await vi.waitFor(() => expect(known()).toEqual(['newest']));
});
