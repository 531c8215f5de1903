'use client';

import { type FormEvent, useRef, useState } from 'react';
import { JsonField } from '../json/json-field';
import { formatJson, type JsonKind, jsonKind, jsonProblem } from '../json/json-text';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { DialogCancel } from '../ui/dialog-cancel';
import { ErrorNotice } from '../ui/error-notice';
import { Field } from '../ui/field';
import { Notice } from '../ui/notice';
import { Select } from '../ui/select';
import { tell } from '../ui/toast';
import { type KvOwner, loadPair, savePair } from './kv-store';
import { isSameValue, keyProblem, type Pair, valueProblem } from './pairs';

const kinds = ['string', 'number', 'boolean', 'object', 'array'] as const satisfies JsonKind[];
type Kind = (typeof kinds)[number];
const starts: Record<Kind, string> = {
  string: '',
  number: '0',
  boolean: 'true',
  object: '{}',
  array: '[]',
};

interface KvEditorProps {
  owner: KvOwner;
  /** The pair as it stands now; undefined: it is new, or was taken away while it was edited. */
  pair: Pair | undefined;
  isNew: boolean;
  /** What is listed is no longer what is stored. */
  onSaved: () => void;
  onClose: () => void;
}

/** What the text field shows of a value: texts without their quotes, all else as JSON. */
const shown = (value: string): string =>
  jsonKind(value) === 'string' ? (JSON.parse(value) as string) : formatJson(value);

/**
 * Edits one value by its kind. Should somebody else change it meanwhile, both are shown, and nothing is overwritten
 * unless the person says so.
 */
export function KvEditor({ owner, pair, isNew, onSaved, onClose }: KvEditorProps) {
  const text = useText();
  const [base, setBase] = useState(pair?.value);
  const [key, setKey] = useState(pair?.key ?? '');
  const [kind, setKind] = useState<Kind>(() => {
    const known = pair === undefined ? 'string' : jsonKind(pair.value);
    return known === 'null' ? 'object' : known;
  });
  const [typed, setTyped] = useState(pair === undefined ? '' : shown(pair.value));
  /** What was typed as other kinds, for whoever comes back to them. */
  const drafts = useRef<Partial<Record<Kind, string>>>({});
  const [wasTried, setWasTried] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  /** What was found to be stored when saving; the live list says it by itself otherwise. */
  const [found, setFound] = useState<{ value: string | undefined }>();

  const value = kind === 'string' ? JSON.stringify(typed) : typed.trim();
  const theirs = found === undefined ? pair?.value : found.value;
  const isSame = (one: string | undefined, other: string | undefined) =>
    one === other || (one !== undefined && other !== undefined && isSameValue(one, other));
  const isConflict =
    found !== undefined || !isNew
      ? !isSame(theirs, base) && !(theirs !== undefined && isSame(theirs, value))
      : false;

  const wrongKey = isNew ? keyProblem(key) : undefined;
  const wrongValue = valueProblem(value);
  const isOtherKind = wrongValue === undefined && jsonKind(value) !== kind;
  const choose = (next: Kind) => {
    drafts.current[kind] = typed;
    setKind(next);
    const fits = next !== 'string' && jsonProblem(typed) === undefined && jsonKind(typed) === next;
    setTyped(fits ? typed : (drafts.current[next] ?? starts[next]));
  };
  const take = (taken: string | undefined) => {
    setBase(taken);
    setFound(undefined);
    if (taken === undefined) return onClose();
    const takenKind = jsonKind(taken);
    drafts.current = {};
    setKind(takenKind === 'null' ? 'object' : takenKind);
    setTyped(shown(taken));
  };

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setWasTried(true);
    if (wrongKey !== undefined || wrongValue !== undefined || isOtherKind || isConflict) return;
    setIsBusy(true);
    setFailure(undefined);
    try {
      const stored = await loadPair(owner, key);
      if (!isSame(stored?.value, base)) {
        setFound({ value: stored?.value });
        return onSaved();
      }
      await savePair(owner, key, value);
      onSaved();
      tell({ tone: 'done', title: text('kv.saved', { key }) });
      onClose();
    } catch (error) {
      setFailure(error);
    } finally {
      setIsBusy(false);
    }
  };
  const valueError = isOtherKind
    ? text('kv.value.kind', { kind: text(`kv.kind.${kind}`) })
    : wrongValue === undefined || wrongValue === 'value.json'
      ? undefined
      : text(`kv.${wrongValue}`);
  return (
    <Dialog
      isOpen
      isBusy={isBusy}
      onOpenChange={onClose}
      size="wide"
      title={isNew ? text('kv.add') : key}
      lead={text('kv.editor.lead')}
    >
      <form noValidate className="flex flex-col gap-5" onSubmit={(event) => void save(event)}>
        {failure === undefined ? null : <ErrorNotice error={failure} />}
        {isConflict ? (
          <Notice tone="notice" role="alert" title={text('kv.conflict.title')}>
            <p>{text(theirs === undefined ? 'kv.conflict.gone' : 'kv.conflict.text')}</p>
            {theirs === undefined ? null : (
              <section
                aria-label={text('kv.conflict.theirs')}
                // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
                tabIndex={0}
                className="mt-2 max-h-40 overflow-auto rounded-lg bg-surface p-3 font-mono text-sm whitespace-pre-wrap text-ink"
              >
                {formatJson(theirs)}
              </section>
            )}
            <div className="mt-3 flex flex-wrap gap-3">
              <Button
                onClick={() => {
                  setBase(theirs);
                  setFound(theirs === undefined || isNew ? { value: theirs } : undefined);
                }}
              >
                {text('kv.conflict.keep')}
              </Button>
              <Button onClick={() => take(theirs)}>
                {text(theirs === undefined ? 'kv.conflict.drop' : 'kv.conflict.take')}
              </Button>
            </div>
          </Notice>
        ) : null}
        {isNew ? (
          <Field
            label={text('kv.key')}
            hint={text('kv.key.hint')}
            error={wasTried && wrongKey !== undefined ? text(`kv.${wrongKey}`) : undefined}
            maxLength={128}
            autoCapitalize="off"
            autoComplete="off"
            spellCheck={false}
            value={key}
            onChange={(event) => {
              setKey(event.target.value);
              setFound(undefined);
              setBase(undefined);
            }}
          />
        ) : null}
        <Select label={text('kv.kind')} value={kind} onChange={(event) => choose(event.target.value as Kind)}>
          {kinds.map((one) => (
            <option key={one} value={one}>
              {text(`kv.kind.${one}`)}
            </option>
          ))}
        </Select>
        {kind === 'boolean' ? (
          <Select
            label={text('kv.value')}
            value={value === 'false' ? 'false' : 'true'}
            onChange={(event) => setTyped(event.target.value)}
          >
            <option>true</option>
            <option>false</option>
          </Select>
        ) : kind === 'string' || kind === 'number' ? (
          <Field
            label={text('kv.value')}
            error={valueError ?? (wrongValue === 'value.json' ? text('kv.value.number') : undefined)}
            {...(kind === 'number' ? { inputMode: 'decimal' as const, hint: text('kv.value.digits') } : {})}
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        ) : (
          <JsonField
            label={text('kv.value')}
            value={typed}
            onChange={setTyped}
            error={valueError}
            rows={10}
          />
        )}
        <DialogActions>
          <DialogCancel />
          <Button kind="primary" type="submit" disabled={isBusy || isConflict}>
            {text(isBusy ? 'ui.saving' : 'ui.save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
