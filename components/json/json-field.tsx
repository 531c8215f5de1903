'use client';

import { TextQuote } from 'lucide-react';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { TextArea } from '../ui/text-area';
import { formatJson, type JsonProblem, jsonProblem } from './json-text';

/** What is wrong with JSON text, in words, with the place. */
export function useJsonProblemText(): (problem: JsonProblem) => string {
  const text = useText();
  return ({ kind, line, column }) => text(`kv.json.${kind}`, { line, column });
}

interface JsonFieldProps {
  label: string;
  hint?: string;
  value: string;
  onChange: (value: string) => void;
  /** A fault that is not the JSON's own. */
  error?: string | undefined;
  rows?: number;
}

/** A field for JSON: says in which line it is wrong, and lays it out when asked. */
export function JsonField({ label, hint, value, onChange, error, rows = 8 }: JsonFieldProps) {
  const text = useText();
  const problemText = useJsonProblemText();
  const problem = jsonProblem(value);
  const shown = problem === undefined || problem.kind === 'empty' ? error : problemText(problem);
  return (
    <div className="flex flex-col gap-2">
      <TextArea
        label={label}
        {...(hint === undefined ? {} : { hint })}
        error={shown}
        isCode
        rows={rows}
        autoCapitalize="off"
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <Button
        kind="quiet"
        className="self-start"
        disabled={problem !== undefined}
        onClick={() => onChange(formatJson(value))}
      >
        <TextQuote aria-hidden className="size-4.5" />
        {text('kv.json.format')}
      </Button>
    </div>
  );
}
