'use client';

import { useState } from 'react';
import { z } from 'zod';
import type { ReachTest } from '@/server/contracts/console-actions';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { DialogActions } from '../ui/dialog';
import { DialogForm } from '../ui/dialog-form';
import { useApiForm } from '../ui/form';
import { tell } from '../ui/toast';
import { carryOut, type NamedAct } from './acts';
import { ReachSigns } from './reach-signs';
import { ReasonField, reasonSchema } from './reason-field';

interface ActDialogProps {
  asked: NamedAct;
  zone: string | undefined;
  onClose: () => void;
  onDone: () => void;
}

/** Asks why before something is done, and says what will happen and what the owners will see. */
export function ActDialog({ asked, zone, onClose, onDone }: ActDialogProps) {
  const text = useText();
  const [test, setTest] = useState<ReachTest>();
  const { act, name } = asked;
  const form = useApiForm<{ reason: string }>({
    schema: z.object({ reason: reasonSchema(text) }),
    defaultValues: { reason: '' },
    async send({ reason }) {
      const answer = await carryOut(asked, reason);
      onDone();
      if (act === 'testReach') return setTest(answer as ReachTest);
      tell({ tone: 'done', title: text(`console.act.${act}.done`) });
      onClose();
    },
  });
  return (
    <DialogForm
      title={text('console.act.of', { act: text(`console.act.${act}`), name })}
      lead={text(`console.act.${act}.lead`)}
      action={text(`console.act.${act}`)}
      of={form}
      onClose={onClose}
      instead={
        test && (
          <>
            <ReachSigns test={test} zone={zone} />
            <DialogActions>
              <Button kind="primary" onClick={onClose}>
                {text('ui.close')}
              </Button>
            </DialogActions>
          </>
        )
      }
    >
      <ReasonField
        hint={text('console.act.reason.hint')}
        error={form.form.formState.errors.reason?.message}
        field={form.form.register('reason')}
      />
    </DialogForm>
  );
}
