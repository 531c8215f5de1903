'use client';

import { Send } from 'lucide-react';
import { useId, useState } from 'react';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { useCredential } from './credential';
import type { DocumentedOperation } from './reference';

interface Answer {
  status: number;
  text: string;
  milliseconds: number;
  requestId: string | null;
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** Sends the call to the running system and shows what comes back. */
export function TryIt({ operation }: { operation: DocumentedOperation }) {
  const text = useText();
  const { headers } = useCredential();
  const bodyId = useId();
  const [values, setValues] = useState<Record<string, string>>({});
  const [body, setBody] = useState(operation.body?.example ?? '');
  const [answer, setAnswer] = useState<Answer>();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);

  async function send(): Promise<void> {
    setIsBusy(true);
    setProblem(undefined);
    const query = new URLSearchParams();
    let path = operation.path;
    for (const { name, in: place } of operation.parameters) {
      const value = values[name] ?? '';
      if (place === 'path') path = path.replace(`{${name}}`, encodeURIComponent(value));
      else if (value !== '') query.set(name, value);
    }
    const startedAt = performance.now();
    try {
      const response = await fetch(`${path}${query.size === 0 ? '' : `?${query}`}`, {
        method: operation.method,
        headers: {
          ...headers,
          ...(operation.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(operation.body === undefined ? {} : { body }),
      });
      const told = await response.text();
      setAnswer({
        status: response.status,
        text: pretty(told),
        milliseconds: Math.round(performance.now() - startedAt),
        requestId: response.headers.get('x-request-id'),
      });
    } catch {
      setAnswer(undefined);
      setProblem(text('docs.try.silent'));
    } finally {
      setIsBusy(false);
    }
  }

  return (
    <form
      className="flex flex-col gap-4 border-t border-line pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {operation.parameters.length === 0 ? null : (
        <div className="grid gap-3 sm:grid-cols-2">
          {operation.parameters.map(({ name, required }) => (
            <Field
              key={name}
              label={required ? `${name} *` : name}
              required={required}
              value={values[name] ?? ''}
              onChange={(event) => setValues({ ...values, [name]: event.target.value })}
            />
          ))}
        </div>
      )}
      {operation.body === undefined ? null : (
        <div className="flex flex-col gap-1.5">
          <label htmlFor={bodyId} className="text-[0.9375rem] font-medium">
            {text('docs.body')}
          </label>
          <textarea
            id={bodyId}
            spellCheck={false}
            rows={Math.min(14, body.split('\n').length + 1)}
            value={body}
            onChange={(event) => setBody(event.target.value)}
            className="w-full rounded-xl border border-line-strong bg-surface p-3 font-mono text-sm text-ink"
          />
        </div>
      )}
      <div>
        <Button kind="primary" type="submit" disabled={isBusy}>
          <Send aria-hidden className="size-4" />
          {isBusy ? text('docs.try.busy') : text('docs.try.send', { method: operation.method })}
        </Button>
      </div>
      <div role="status">
        {problem === undefined ? null : <p className="text-alarm">{problem}</p>}
        {answer === undefined ? null : (
          <div className="flex flex-col gap-2">
            <p className="text-sm text-ink-soft">
              <strong className="text-ink">{answer.status}</strong>{' '}
              {text('docs.try.after', { time: answer.milliseconds })}
              {answer.requestId === null ? '' : `, ${text('docs.try.request', { id: answer.requestId })}`}
            </p>
            {answer.text === '' ? (
              <p className="text-sm text-ink-soft">{text('docs.try.empty')}</p>
            ) : (
              <pre className="max-h-96 overflow-auto rounded-xl bg-sunken p-3 font-mono text-sm">
                {answer.text}
              </pre>
            )}
          </div>
        )}
      </div>
    </form>
  );
}
