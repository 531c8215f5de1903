'use client';

import { useState } from 'react';
import type { SavedView } from '@/server/contracts/console';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { ErrorNotice } from '../ui/error-notice';
import { Field } from '../ui/field';
import { tell } from '../ui/toast';
import type { SearchQuery } from './search-query';

/** Asks for the name under which a search is kept. */
export function KeepDialog({
  query,
  onClose,
  onKept,
}: {
  query: SearchQuery;
  onClose: () => void;
  onKept: (view: SavedView) => void;
}) {
  const text = useText();
  const [name, setName] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const [error, setError] = useState<unknown>();
  const keep = async () => {
    if (name.trim() === '') return setIsMissing(true);
    try {
      onKept(await api('staff.saveView', { body: { name, query } }));
      tell({ tone: 'done', title: text('console.views.kept') });
      onClose();
    } catch (failed) {
      setError(failed);
    }
  };
  return (
    <Dialog isOpen onOpenChange={(isOpen) => isOpen || onClose()} title={text('console.views.keep')}>
      <form
        method="post"
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          void keep();
        }}
      >
        {error === undefined ? null : <ErrorNotice error={error} />}
        <Field
          label={text('console.views.name')}
          error={isMissing ? text('console.views.missing') : undefined}
          maxLength={60}
          value={name}
          onChange={({ target }) => {
            setName(target.value);
            setIsMissing(false);
          }}
        />
        <DialogActions>
          <Button onClick={onClose}>{text('ui.cancel')}</Button>
          <Button type="submit" kind="primary">
            {text('console.views.save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
