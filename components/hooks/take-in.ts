import type { QueryClient, QueryKey } from '@tanstack/react-query';

/** A load that took longer may have read what changed after the news: it is asked for once more. */
const certainMs = 2_000;

/**
 * Puts news into what is known under a key. A load under way goes on, because it may bring what the news does not, and
 * has the news put on top of it: it may also have read what was before.
 */
export function takeIn<Data>(client: QueryClient, queryKey: QueryKey, news: (known: Data) => Data): void {
  const put = () =>
    client.setQueryData<Data>(queryKey, (known) => (known === undefined ? known : news(known)));
  put();
  const query = client.getQueryCache().find({ queryKey, exact: true });
  if (query === undefined || query.state.fetchStatus === 'idle') return;
  const heardAt = Date.now();
  query.promise?.then(
    () => {
      put();
      if (Date.now() - heardAt > certainMs)
        void client.invalidateQueries({ queryKey, exact: true }, { cancelRefetch: false });
    },
    // A load that failed has brought nothing back, one that was given up is followed by another.
    () => undefined,
  );
}
