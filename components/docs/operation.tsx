import type { TextOf } from '../messages/lookup';
import { Badge, type BadgeTone } from '../ui/badge';
import { type DocumentedOperation, type Schema, typeOf } from './reference';
import { TryIt } from './try-it';

const tones: Record<string, BadgeTone> = {
  GET: 'calm',
  POST: 'notice',
  PUT: 'notice',
  PATCH: 'notice',
  DELETE: 'alarm',
};

function Members({ schema, text }: { schema: Schema; text: TextOf }) {
  const members = Object.entries(schema.properties ?? {});
  if (members.length === 0) return null;
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-left text-sm">
        <thead className="text-ink-soft">
          <tr>
            <th className="py-1.5 pr-4 font-medium">{text('docs.field')}</th>
            <th className="py-1.5 pr-4 font-medium">{text('docs.type')}</th>
            <th className="py-1.5 font-medium">{text('docs.required')}</th>
          </tr>
        </thead>
        <tbody>
          {members.map(([name, member]) => (
            <tr key={name} className="border-t border-line">
              <td className="py-1.5 pr-4 font-mono">{name}</td>
              <td className="py-1.5 pr-4">{typeOf(member)}</td>
              <td className="py-1.5">{text(schema.required?.includes(name) ? 'docs.yes' : 'docs.no')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** One call: what goes in, what comes out, and a way to try it. */
export function Operation({ operation, text }: { operation: DocumentedOperation; text: TextOf }) {
  return (
    <details id={operation.id} className="group rounded-2xl border border-line bg-surface">
      <summary className="flex min-h-13 cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3">
        <Badge tone={tones[operation.method] ?? 'plain'} className="w-20 justify-center font-mono">
          {operation.method}
        </Badge>
        <code className="font-mono text-[0.9375rem] break-all">{operation.path}</code>
        <span lang="en" className="text-sm text-ink-soft">
          {operation.summary}
        </span>
      </summary>
      <div className="flex flex-col gap-4 px-4 pb-4">
        {operation.body === undefined ? null : (
          <section className="flex flex-col gap-2">
            <h4 className="font-semibold">{text('docs.body')}</h4>
            <p className="text-sm text-ink-soft">{operation.body.types.join(', ')}</p>
            <Members schema={operation.body.schema} text={text} />
          </section>
        )}
        <section className="flex flex-col gap-2">
          <h4 className="font-semibold">{text('docs.answers')}</h4>
          <ul className="flex flex-col gap-1.5 text-sm">
            {operation.responses.map(({ status, description, example }) => (
              <li key={status}>
                <strong className="font-mono">{status}</strong> <span lang="en">{description}</span>
                {example === undefined ? null : (
                  <pre className="mt-1.5 max-h-80 overflow-auto rounded-xl bg-sunken p-3 font-mono">
                    {example}
                  </pre>
                )}
              </li>
            ))}
          </ul>
        </section>
        <TryIt operation={operation} />
      </div>
    </details>
  );
}
