'use client';

import { clsx } from 'clsx';
import { Check, Circle } from 'lucide-react';
import type { ComponentProps } from 'react';
import type { MessageKey } from '../messages/lookup';
import { useText } from '../messages/provider';
import { PasswordField } from './password-field';
import { passwordLeast, passwordStrength, passwordTrouble } from './password-strength';

type NewPasswordFieldProps = Omit<ComponentProps<typeof PasswordField>, 'autoComplete'> & {
  /** What is typed so far. */
  typed: string;
  /** Address of the account, which is no good password. */
  email?: string | undefined;
  /** Shortest password of the account. */
  least?: number;
};

const steps = ['weak', 'fair', 'good', 'strong'] as const;
const colours = ['bg-alarm', 'bg-notice', 'bg-calm', 'bg-calm'];

/** Chooses a password: its rules and how strong it is stand below while one types. */
export function NewPasswordField({ typed, email, least = passwordLeast, ...rest }: NewPasswordFieldProps) {
  const text = useText();
  const trouble = passwordTrouble(typed, email, least);
  const strength = passwordStrength(typed, email, least);
  const reached = steps.indexOf(strength as (typeof steps)[number]);
  const word: MessageKey = `account.password.strength.${strength}`;
  const hasLength = trouble === undefined || trouble === 'weak';
  return (
    <div className="flex flex-col gap-3">
      <PasswordField {...rest} autoComplete="new-password" />
      <div>
        <div aria-hidden className="grid grid-cols-4 gap-1.5">
          {steps.map((step, index) => (
            <span
              key={step}
              className={clsx('h-1.5 rounded-full', index <= reached ? colours[reached] : 'bg-line')}
            />
          ))}
        </div>
        <p role="status" className="mt-1.5 text-sm text-ink-soft">
          {text('account.password.strength', { word: text(word) })}
        </p>
      </div>
      <ul aria-label={text('account.password.rules')} className="flex flex-col gap-1 text-sm">
        <Rule isMet={hasLength} text={text('account.password.rule.length', { least })} />
        <Rule isMet={trouble === undefined} text={text('account.password.rule.common')} />
      </ul>
    </div>
  );
}

function Rule({ isMet, text: rule }: { isMet: boolean; text: string }) {
  const text = useText();
  const Icon = isMet ? Check : Circle;
  return (
    <li className={clsx('flex items-start gap-2', isMet ? 'text-calm' : 'text-ink-soft')}>
      <Icon aria-hidden className={clsx('mt-0.5 size-4 shrink-0', !isMet && 'scale-60')} />
      <span>
        {rule}
        <span className="sr-only">, {text(isMet ? 'account.password.met' : 'account.password.unmet')}</span>
      </span>
    </li>
  );
}
