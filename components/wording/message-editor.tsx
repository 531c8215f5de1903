'use client';

import { RotateCcw, Send } from 'lucide-react';
import { useRef, useState } from 'react';
import { faultsOf, type Wording, type WordingFault } from '@/server/contracts/message-faults';
import type { MessageTemplate } from '@/server/contracts/message-templates';
import { Part } from '../console/part';
import { api } from '../hooks/api';
import { useAction } from '../hooks/use-action';
import { ConfirmDialog } from '../member/confirm-dialog';
import { useText } from '../messages/provider';
import { Moment } from '../time/moment';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { TextArea } from '../ui/text-area';
import { tell } from '../ui/toast';
import { MessagePreview } from './message-preview';
import { PlaceholderList } from './placeholder-list';
import { usePreview } from './use-templates';

interface MessageEditorProps {
  projectId: number;
  template: MessageTemplate;
  /** What somebody has typed and not saved. */
  draft: Wording | undefined;
  mayChange: boolean;
  onDraft: (draft: Wording | undefined) => void;
  onChanged: () => Promise<unknown>;
}

/** The texts of one message in one language beside what comes of them. */
export function MessageEditor({
  projectId,
  template,
  draft,
  mayChange,
  onDraft,
  onChanged,
}: MessageEditorProps) {
  const text = useText();
  const area = useRef<HTMLTextAreaElement>(null);
  const [isResetting, setIsResetting] = useState(false);
  const { kind, language, channel, isOwn } = template;
  const saved = { subject: template.subject, body: template.body };
  const wording = draft ?? saved;
  const faults = faultsOf(kind, wording);
  const { preview, error } = usePreview(projectId, template, wording, mayChange && faults.length === 0);
  const params = { projectId, kind, language };
  const save = useAction(
    async () => {
      await api('projects.writeMessage', { params, body: wording });
      await onChanged();
      onDraft(undefined);
    },
    { done: text('wording.saved') },
  );
  const test = useAction(async () => {
    const { recipient } = await api('projects.testMessage', { params, body: wording });
    tell({ tone: 'done', title: text('wording.test.done', { address: recipient }) });
  });
  const reset = useAction(
    async () => {
      await api('projects.resetMessage', { params });
      await onChanged();
      onDraft(undefined);
      setIsResetting(false);
    },
    { done: text('wording.reset.done') },
  );
  const faultText = ({ fault, of = '' }: WordingFault) => text(`wording.fault.${fault}`, { of });
  const faultOf = (field: keyof Wording) => {
    const found = faults.filter((fault) => fault.field === field).map(faultText);
    return found.length === 0 ? undefined : found.join(' ');
  };
  const insert = (placeholder: string) => {
    const { selectionStart: from = wording.body.length, selectionEnd: to = from } = area.current ?? {};
    onDraft({ ...wording, body: wording.body.slice(0, from) + placeholder + wording.body.slice(to) });
    // Once the text stands in the field.
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(from + placeholder.length, from + placeholder.length);
    });
  };
  const isUnsaved = wording.subject !== saved.subject || wording.body !== saved.body;
  const isBusy = save.isBusy || test.isBusy || reset.isBusy;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Part
        id="wording"
        title={text(`wording.kind.${kind}`)}
        action={
          <Badge tone={isOwn ? 'notice' : 'plain'} className="mr-2">
            {text(isOwn ? 'wording.isOwn' : 'wording.isStandard')}
          </Badge>
        }
      >
        <form
          noValidate
          className="flex flex-col gap-4 px-4 py-4"
          onSubmit={(event) => {
            event.preventDefault();
            void save.run();
          }}
        >
          {channel === 'sms' ? null : (
            <Field
              label={text('wording.subject')}
              value={wording.subject}
              readOnly={!mayChange}
              autoComplete="off"
              lang={language}
              error={faultOf('subject')}
              onChange={({ target }) => onDraft({ ...wording, subject: target.value })}
            />
          )}
          <TextArea
            ref={area}
            label={text('wording.body')}
            value={wording.body}
            readOnly={!mayChange}
            rows={channel === 'sms' ? 4 : 14}
            lang={language}
            error={faultOf('body')}
            onChange={({ target }) => onDraft({ ...wording, body: target.value })}
          />
          <PlaceholderList template={template} mayChange={mayChange} onInsert={insert} />
          {template.changeTime === undefined ? null : (
            <p className="text-sm text-ink-soft">
              {text('wording.changed')} <Moment at={template.changeTime} zone={undefined} />
            </p>
          )}
          {mayChange ? (
            <div className="flex flex-wrap gap-2">
              <Button kind="primary" type="submit" disabled={!isUnsaved || faults.length > 0 || isBusy}>
                {text('wording.save')}
              </Button>
              <Button disabled={faults.length > 0 || isBusy} onClick={() => void test.run()}>
                <Send aria-hidden className="size-4.5" />
                {text('wording.test')}
              </Button>
              {isUnsaved ? (
                <Button kind="quiet" disabled={isBusy} onClick={() => onDraft(undefined)}>
                  {text('wording.undo')}
                </Button>
              ) : null}
              {isOwn && !isUnsaved ? (
                <Button kind="quiet" disabled={isBusy} onClick={() => setIsResetting(true)}>
                  <RotateCcw aria-hidden className="size-4.5" />
                  {text('wording.reset')}
                </Button>
              ) : null}
            </div>
          ) : null}
        </form>
      </Part>
      {mayChange ? (
        <Part id="preview" title={text('wording.preview')}>
          <div className="flex flex-col gap-3 px-4 py-4">
            <p className="text-sm text-ink-soft">{text('wording.preview.lead')}</p>
            <MessagePreview preview={preview} error={error} />
          </div>
        </Part>
      ) : null}
      {isResetting ? (
        <ConfirmDialog
          title={text('wording.reset.title')}
          lead={text('wording.reset.lead')}
          action={text('wording.reset')}
          isBusy={reset.isBusy}
          onConfirm={() => void reset.run()}
          onClose={() => setIsResetting(false)}
        />
      ) : null}
    </div>
  );
}
