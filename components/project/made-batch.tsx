'use client';

import { Download, Printer } from 'lucide-react';
import { useText } from '../messages/provider';
import { Button, buttonClass } from '../ui/button';
import { DialogActions } from '../ui/dialog';
import { useDialogHold } from '../ui/dialog-hold';
import { Notice } from '../ui/notice';
import { csvOfBatch, type MadeDevice } from './batch-csv';

interface MadeBatchProps {
  projectId: number;
  deviceClass: string;
  /** In the order of their ids. */
  devices: readonly MadeDevice[];
  onDone: () => void;
}

const shownMost = 20;

/** Hands a file to the browser to be kept. */
function download(name: string, content: string): void {
  const address = URL.createObjectURL(new Blob([content], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** Devices that were just made: their keys are to be had now and never again, their codes on the sheet of labels. */
export function MadeBatch({ projectId, deviceClass, devices, onDone }: MadeBatchProps) {
  const text = useText();
  useDialogHold('kept', true);
  const [first, last] = [devices[0]?.id, devices.at(-1)?.id];
  const range = new URLSearchParams({ from: String(first), to: String(last), class: deviceClass });
  const rest = devices.length - shownMost;
  return (
    <div className="flex flex-col gap-5">
      <Notice tone="notice" role="status">
        {text('project.batch.made', { count: devices.length })}
      </Notice>
      <div className="flex flex-wrap gap-2">
        <Button
          kind="primary"
          onClick={() => download(`devices-${first}-${last}.csv`, csvOfBatch(deviceClass, devices))}
        >
          <Download aria-hidden className="size-4.5" />
          {text('project.batch.csv')}
        </Button>
        <a
          href={`/support/projects/${projectId}/labels?${range}`}
          target="_blank"
          rel="noreferrer"
          className={buttonClass('secondary')}
        >
          <Printer aria-hidden className="size-4.5" />
          {text('project.batch.labels')}
        </a>
      </div>
      <table aria-label={text('project.batch.table')} className="w-full text-left text-sm">
        <thead>
          <tr className="border-b border-line text-ink-soft">
            <th className="py-1.5 pr-3 font-medium">{text('project.batch.device')}</th>
            <th className="py-1.5 pr-3 font-medium">{text('project.batch.tag')}</th>
            <th className="py-1.5 font-medium">{text('project.batch.code')}</th>
          </tr>
        </thead>
        <tbody>
          {devices.slice(0, shownMost).map(({ id, tag, claimCode }) => (
            <tr key={id} className="border-b border-line last:border-b-0">
              <td className="py-1.5 pr-3 tabular-nums">{id}</td>
              <td className="py-1.5 pr-3 break-all">{tag}</td>
              <td className="py-1.5 font-mono whitespace-nowrap">{claimCode}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rest > 0 ? (
        <p className="text-sm text-ink-soft">{text('project.batch.rest', { count: rest })}</p>
      ) : null}
      <DialogActions>
        <Button onClick={onDone}>{text('project.secret.done')}</Button>
      </DialogActions>
    </div>
  );
}
