/** Everything that is known of something, as names and values of the record. */
export function FactList({ facts }: { facts: Readonly<Record<string, unknown>> }) {
  return (
    <dl className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
      {Object.entries(facts).map(([name, value]) => (
        <div key={name} className="grid grid-cols-[7rem_minmax(0,1fr)] gap-2">
          <dt className="font-mono break-words text-ink-soft">{name}</dt>
          <dd className="font-mono break-all">
            {typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
