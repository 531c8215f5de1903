'use client';

import { useText } from '../messages/provider';

interface FleetTableProps {
  label: string;
  columns: readonly string[];
  rows: readonly { key: string; name: string; values: readonly string[] }[];
}

/** The numbers of a chart as a table, newest first; it scrolls within its own frame. */
export function FleetTable({ label, columns, rows }: FleetTableProps) {
  const text = useText();
  return (
    <section
      aria-label={text('fleet.table', { title: label })}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
      className="max-h-90 overflow-auto"
    >
      <table className="w-full text-left text-sm">
        <caption className="sr-only">{label}</caption>
        <thead className="sticky top-0 bg-surface text-ink-soft">
          <tr className="border-b border-line">
            <th scope="col" className="py-2 pr-4 font-medium">
              {text('chart.when')}
            </th>
            {columns.map((column) => (
              <th key={column} scope="col" className="py-2 pl-3 text-right font-medium">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map(({ key, name, values }) => (
            <tr key={key}>
              <th scope="row" className="py-2 pr-4 font-normal whitespace-nowrap">
                {name}
              </th>
              {values.map((value, place) => (
                <td
                  // biome-ignore lint/suspicious/noArrayIndexKey: a column has its place
                  key={place}
                  className="py-2 pl-3 text-right whitespace-nowrap tabular-nums"
                >
                  {value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
