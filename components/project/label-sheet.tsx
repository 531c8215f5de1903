import { renderSVG } from 'uqr';
import type { AnswerOf } from '../hooks/call';
import type { TextOf } from '../messages/lookup';

type Label = AnswerOf<'projects.labels'>['items'][number];

/** Labels as they are cut out: dark on white in every theme, none of them across two sheets. */
export function LabelSheet({ labels, text }: { labels: readonly Label[]; text: TextOf }) {
  return (
    <ul
      aria-label={text('project.labels.list')}
      className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-5 print:grid-cols-4 print:gap-2"
    >
      {labels.map(({ id, deviceClass, tag, claimCode }) => (
        <li
          key={id}
          className="flex min-w-0 break-inside-avoid flex-col items-center gap-1 rounded-xl border border-on-paper/30 bg-paper p-3 text-center text-on-paper"
        >
          <div
            role="img"
            aria-label={text('project.labels.code', { code: claimCode })}
            className="w-28 max-w-full"
            // biome-ignore lint/security/noDangerouslySetInnerHtml: an SVG that uqr draws of modules alone, without text of the code
            dangerouslySetInnerHTML={{ __html: renderSVG(claimCode, { border: 2 }) }}
          />
          <p className="font-mono text-sm font-semibold whitespace-nowrap">{claimCode}</p>
          <p className="w-full text-xs break-words">{tag ?? deviceClass}</p>
          <p className="text-xs tabular-nums">{text('project.id', { id })}</p>
        </li>
      ))}
    </ul>
  );
}
