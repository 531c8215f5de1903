'use client';

import { useState } from 'react';
import type { Wording } from '@/server/contracts/message-faults';
import type { MessageTemplate } from '@/server/contracts/message-templates';
import { messageKinds, messageLanguages } from '@/server/contracts/message-words';
import { useText } from '../messages/provider';
import { Link } from '../ui/link';
import { Notice } from '../ui/notice';
import { Select } from '../ui/select';
import { MessageEditor } from './message-editor';
import { useTemplates } from './use-templates';

interface MessageBoardProps {
  project: { id: number; name: string };
  initial: readonly MessageTemplate[];
  mayChange: boolean;
  /** What the page is read in. */
  language: MessageTemplate['language'];
}

const keyOf = ({ kind, language }: Pick<MessageTemplate, 'kind' | 'language'>) => `${kind}.${language}`;

/** All that a project writes to people: one message at a time, in one language. What was typed and not saved stays. */
export function MessageBoard({ project, initial, mayChange, language }: MessageBoardProps) {
  const text = useText();
  const { templates, reload } = useTemplates(project.id, initial);
  const [shown, setShown] = useState<Pick<MessageTemplate, 'kind' | 'language'>>({
    kind: 'verifyEmail',
    language,
  });
  const [drafts, setDrafts] = useState<Readonly<Record<string, Wording | undefined>>>({});
  const key = keyOf(shown);
  const template = templates.find((one) => keyOf(one) === key);
  const isOwn = (kind: string) => templates.some((one) => one.kind === kind && one.isOwn);
  return (
    <div className="flex flex-col gap-4">
      <div className="min-w-0">
        <h1 className="text-2xl font-semibold">{text('wording.title')}</h1>
        <p className="text-sm break-words text-ink-soft">
          <Link
            href={`/support/projects/${project.id}`}
            className="inline-flex min-h-11 items-center underline decoration-line-strong underline-offset-4"
          >
            {project.name}
          </Link>{' '}
          · {text('wording.lead')}
        </p>
      </div>
      {mayChange ? null : <Notice tone="plain">{text('project.readOnly')}</Notice>}
      <div className="grid gap-4 sm:grid-cols-[minmax(0,24rem)_12rem]">
        <Select
          label={text('wording.message')}
          value={shown.kind}
          onChange={({ target }) => {
            const kind = messageKinds.find((one) => one === target.value);
            if (kind !== undefined) setShown({ ...shown, kind });
          }}
        >
          {messageKinds.map((kind) => (
            <option key={kind} value={kind}>
              {text(`wording.kind.${kind}`)}
              {isOwn(kind) ? ` (${text('wording.own')})` : ''}
            </option>
          ))}
        </Select>
        <Select
          label={text('wording.language')}
          value={shown.language}
          onChange={({ target }) => {
            const chosen = messageLanguages.find((one) => one === target.value);
            if (chosen !== undefined) setShown({ ...shown, language: chosen });
          }}
        >
          {messageLanguages.map((one) => (
            <option key={one} value={one}>
              {text(`wording.language.${one}`)}
            </option>
          ))}
        </Select>
      </div>
      {template === undefined ? null : (
        <MessageEditor
          key={key}
          projectId={project.id}
          template={template}
          draft={drafts[key]}
          mayChange={mayChange}
          onDraft={(draft) => setDrafts((before) => ({ ...before, [key]: draft }))}
          onChanged={reload}
        />
      )}
    </div>
  );
}
