'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { type ReactNode, useState } from 'react';
import {
  type DefaultValues,
  type FieldValues,
  type Path,
  type UseFormReturn,
  useForm,
} from 'react-hook-form';
import type { z } from 'zod';
import { ApiError } from '../hooks/call';
import { useDialogHold } from './dialog-hold';
import { ErrorNotice } from './error-notice';

/** A form checked by a schema of the API's contract, with what the service said of it. */
export interface ApiForm<Values extends FieldValues> {
  form: UseFormReturn<Values>;
  submit: (event?: React.BaseSyntheticEvent) => Promise<void>;
  isBusy: boolean;
}

/**
 * A form whose values go to the API. What the service refuses is shown at the field that it names, or above the form;
 * nothing that was typed is lost. `send` throws what the call threw; when it answers `leaving`, it has led away, and the
 * form stays busy until the other page has come.
 */
export function useApiForm<Output extends FieldValues, Values extends FieldValues = Output>({
  schema,
  defaultValues,
  send,
}: {
  schema: z.ZodType<Output, Values>;
  defaultValues: DefaultValues<Values>;
  send: (values: Output) => Promise<unknown>;
}): ApiForm<Values> {
  const form = useForm<Values, unknown, Output>({
    resolver: zodResolver(schema),
    defaultValues,
    mode: 'onTouched',
  });
  const [isLeaving, setIsLeaving] = useState(false);
  const submit = form.handleSubmit(async (values) => {
    if (isLeaving) return;
    try {
      if ((await send(values)) === 'leaving') setIsLeaving(true);
    } catch (error) {
      const fields = error instanceof ApiError ? error.fields : {};
      let isNamed = false;
      for (const [name, message] of Object.entries(fields)) {
        if (!(name in form.getValues())) continue;
        isNamed = true;
        form.setError(name as Path<Values>, { message }, { shouldFocus: true });
      }
      if (!isNamed) form.setError('root', { type: 'api', message: '' });
      lastError.set(form, error);
    }
  });
  const isBusy = form.formState.isSubmitting || isLeaving;
  return { form: form as unknown as UseFormReturn<Values>, submit, isBusy };
}

const lastError = new WeakMap<object, unknown>();

/** The form element: the browser's own checks are off, ours speak the page's language. */
export function Form<Values extends FieldValues>({
  of: { form, submit, isBusy },
  className,
  children,
}: {
  of: ApiForm<Values>;
  className?: string;
  children: ReactNode;
}) {
  useDialogHold('busy', isBusy);
  const failed = form.formState.errors.root;
  return (
    <form
      method="post"
      noValidate
      onSubmit={(event) => void submit(event)}
      className={className ?? 'flex flex-col gap-5'}
    >
      {failed === undefined ? null : <ErrorNotice error={lastError.get(form)} />}
      {children}
    </form>
  );
}
