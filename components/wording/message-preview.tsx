'use client';

import type { MessagePreview as Preview } from '@/server/contracts/message-templates';
import { useText } from '../messages/provider';
import { ErrorNotice } from '../ui/error-notice';
import { Notice } from '../ui/notice';

/** A message as it would leave: the mail in a frame that runs nothing, or the SMS with what it costs. */
export function MessagePreview({ preview, error }: { preview: Preview | undefined; error: Error | null }) {
  const text = useText();
  if (error !== null) return <ErrorNotice error={error} />;
  if (preview === undefined)
    return <p className="text-[0.9375rem] text-ink-soft">{text('wording.preview.wait')}</p>;
  const { html, sms } = preview;
  if (sms !== undefined)
    return (
      <div className="flex flex-col gap-3">
        <p className="max-w-sm rounded-2xl rounded-bl-md bg-sunken px-4 py-3 break-words whitespace-pre-wrap">
          {preview.text}
        </p>
        <p className="text-sm text-ink-soft">
          {text('wording.sms.length', {
            count: sms.characters,
            segments:
              sms.segments === 1
                ? text('wording.sms.one')
                : text('wording.sms.many', { count: sms.segments }),
          })}
        </p>
        {sms.isUnicode ? <Notice tone="notice">{text('wording.sms.unicode')}</Notice> : null}
      </div>
    );
  return (
    <div className="flex flex-col gap-3">
      <p className="font-semibold break-words">{preview.subject}</p>
      <iframe
        title={text('wording.preview.mail')}
        sandbox=""
        srcDoc={html}
        className="h-96 w-full rounded-xl border border-line bg-surface"
      />
      <details>
        <summary className="flex min-h-11 cursor-pointer items-center text-[0.9375rem] font-medium">
          {text('wording.preview.text')}
        </summary>
        <pre className="rounded-xl bg-sunken px-4 py-3 text-sm break-words whitespace-pre-wrap">
          {preview.text}
        </pre>
      </details>
    </div>
  );
}
