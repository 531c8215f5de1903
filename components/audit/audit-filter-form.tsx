'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useId, useState, useTransition } from 'react';
import { useAction } from '../hooks/use-action';
import { useText } from '../messages/provider';
import { Button, buttonClass } from '../ui/button';
import { Field } from '../ui/field';
import { Link } from '../ui/link';
import { Select } from '../ui/select';
import { type AuditFilter, auditPath, type FilterName, filterNames, fitsFilter } from './audit-filter';
import { knownDeeds } from './known-deeds';
import { NamedField } from './named-field';
import { type Choice, isName, lookUp, meantBy, type Named } from './names';

/** Kinds of things that something is done to. */
const subjectKinds = [...new Set(knownDeeds.map((deed) => deed.split('.')[0] ?? deed))];
const actorKinds = ['staff', 'user', 'operator', 'guestLink', 'projectKey', 'orgKey', 'service', 'device'];

const fieldsOf = (staff: readonly Choice[]): Readonly<Record<'actor' | 'subject' | 'home', Named>> => ({
  actor: {
    kinds: ['user', 'device'],
    words: actorKinds,
    known: staff,
    valueOf: ({ kind, id }) => `${kind}:${id}`,
  },
  subject: {
    kinds: ['user', 'home', 'device', 'lock', 'hub', 'key'],
    words: subjectKinds,
    known: staff,
    valueOf: ({ kind, id }) => `${kind}:${id}`,
  },
  home: { kinds: ['home'], words: [], valueOf: ({ id }) => id },
});
type NamedName = keyof ReturnType<typeof fieldsOf>;
const isNamed = (name: FilterName): name is NamedName => ['actor', 'subject', 'home'].includes(name);

interface AuditFilterFormProps {
  filter: AuditFilter;
  projects: readonly { id: number; name: string }[];
  /** Members of staff whose deeds may be there. */
  staff: readonly Choice[];
  /** Names of what the lines below are about, by `kind:id`. */
  names: ReadonlyMap<string, string>;
}

/** What the record shows, kept in the address bar; and the way to take exactly that along as a file. */
export function AuditFilterForm({ filter, projects, staff, names }: AuditFilterFormProps) {
  const text = useText();
  const router = useRouter();
  const client = useQueryClient();
  const id = useId();
  const [wrong, setWrong] = useState<Partial<Record<FilterName, string>>>({});
  const [shown, setShown] = useState(0);
  /** The next page has a form of its own: what would be typed here until then would be lost. */
  const [isLeaving, leave] = useTransition();
  const fields = fieldsOf(staff);
  const badness = (name: FilterName): string =>
    text(`audit.filter.bad.${name === 'home' ? 'id' : isNamed(name) ? 'named' : 'other'}`);

  /** What a field asks for; a name that may mean several things, or nothing, is told as wrong. */
  const read = async (form: FormData, name: FilterName): Promise<{ value: string } | { wrong: string }> => {
    const typed = String(form.get(name) ?? '').trim();
    const chosen = String(form.get(`${name}.chosen`) ?? '');
    if (chosen !== '') return { value: chosen };
    if (!isNamed(name) || !isName(typed, fields[name]))
      return typed === '' || fitsFilter(name, typed) ? { value: typed } : { wrong: badness(name) };
    const choices = await lookUp(client, typed, fields[name]);
    const meant = meantBy(typed, choices);
    if (meant !== undefined) return { value: meant.value };
    return {
      wrong:
        choices.length === 0 ? badness(name) : text('audit.filter.bad.several', { count: choices.length }),
    };
  };
  const { run: show, isBusy } = useAction(async (form: HTMLFormElement) => {
    const data = new FormData(form);
    const answers = await Promise.all(
      filterNames.map(async (name) => [name, await read(data, name)] as const),
    );
    const bad = answers.flatMap(([name, answer]) =>
      'wrong' in answer ? [[name, answer.wrong] as const] : [],
    );
    const [first] = bad;
    if (first !== undefined) form.querySelector<HTMLElement>(`[name="${first[0]}"]`)?.focus();
    setWrong(Object.fromEntries(bad));
    if (first !== undefined) return;
    const path = auditPath(
      Object.fromEntries(
        answers.flatMap(([name, answer]) =>
          'value' in answer && answer.value !== '' ? [[name, answer.value]] : [],
        ),
      ),
    );
    // The same filter in other words: the page stays as it is, and the fields say what is asked for.
    if (path === auditPath(filter)) setShown(shown + 1);
    else leave(() => router.push(path, { scroll: false }));
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void show(event.currentTarget);
  };
  const nameOf = (name: NamedName): string | undefined => {
    const given = filter[name];
    if (given === undefined) return undefined;
    const value = name === 'home' ? `home:${given}` : given;
    return names.get(value) ?? staff.find((one) => one.value === value)?.name;
  };
  const namedField = (name: NamedName) => (
    <NamedField
      key={`${name} ${shown}`}
      name={name}
      label={text(`audit.filter.${name}`)}
      hint={text(`audit.filter.${name}.hint`)}
      error={wrong[name]}
      given={filter[name] ?? ''}
      givenName={nameOf(name)}
      named={fields[name]}
      isHeld={isLeaving}
    />
  );
  const field = (name: FilterName) => ({
    name,
    label: text(`audit.filter.${name}`),
    defaultValue: filter[name] ?? '',
    error: wrong[name],
  });
  const typed = (name: FilterName) => ({ ...field(name), readOnly: isLeaving });
  return (
    <form
      action="/support/audit"
      noValidate
      aria-label={text('audit.filter')}
      onSubmit={submit}
      className="flex flex-col gap-4 border-b border-line px-4 py-4"
    >
      <div className="grid grid-cols-1 items-start gap-3 min-[24rem]:grid-cols-2 lg:grid-cols-4">
        <Select {...field('project')} className="max-sm:col-span-full">
          <option value="">{text('audit.filter.anyProject')}</option>
          {projects.map((project) => (
            <option key={project.id} value={project.id}>
              {project.name}
            </option>
          ))}
        </Select>
        {namedField('actor')}
        <Field
          {...typed('action')}
          className="max-sm:col-span-full"
          hint={text('audit.filter.action.hint')}
          list={`${id}-actions`}
        />
        {namedField('subject')}
        {namedField('home')}
        <Field {...typed('from')} type="date" />
        <Field {...typed('until')} type="date" />
        <Button
          type="submit"
          kind="primary"
          disabled={isBusy || isLeaving}
          className="max-sm:col-span-full sm:mt-7"
        >
          {text('audit.filter.show')}
        </Button>
      </div>
      <datalist id={`${id}-actions`}>
        {knownDeeds.map((deed) => (
          <option key={deed} value={deed} />
        ))}
      </datalist>
      <div className="flex flex-wrap gap-2">
        {Object.keys(filter).length === 0 ? null : (
          <Link href="/support/audit" scroll={false} className={buttonClass('quiet')}>
            {text('audit.filter.clear')}
          </Link>
        )}
        <a href={auditPath(filter, '/export')} download className={buttonClass('quiet', 'sm:ml-auto')}>
          <Download aria-hidden className="size-4.5" />
          {text('audit.export')}
        </a>
      </div>
    </form>
  );
}
