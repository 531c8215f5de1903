'use client';

import { Download } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useId, useState } from 'react';
import { useText } from '../messages/provider';
import { Button, buttonClass } from '../ui/button';
import { Field } from '../ui/field';
import { Link } from '../ui/link';
import { Select } from '../ui/select';
import { type AuditFilter, auditPath, type FilterName, filterNames, fitsFilter } from './audit-filter';
import { knownDeeds } from './known-deeds';
import { NamedField } from './named-field';

/** Kinds of things that something is done to. */
const subjectKinds = [...new Set(knownDeeds.map((deed) => deed.split('.')[0] ?? deed))];
const actorKinds = ['staff', 'user', 'operator', 'guestLink', 'projectKey', 'orgKey', 'service', 'device'];

interface AuditFilterFormProps {
  filter: AuditFilter;
  projects: readonly { id: number; name: string }[];
  /** Names of what the lines below are about, by `kind:id`. */
  names: ReadonlyMap<string, string>;
}

/** What the record shows, kept in the address bar; and the way to take exactly that along as a file. */
export function AuditFilterForm({ filter, projects, names }: AuditFilterFormProps) {
  const text = useText();
  const router = useRouter();
  const id = useId();
  const [wrong, setWrong] = useState<Partial<Record<FilterName, string>>>({});
  const [shown, setShown] = useState(0);
  const badness = (name: FilterName): string => {
    const isNamed = name === 'actor' || name === 'subject';
    return text(`audit.filter.bad.${isNamed ? 'named' : name === 'home' ? 'id' : 'other'}`);
  };
  const show = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const given = filterNames.flatMap((name) => {
      const typed = String(form.get(name) ?? '').trim();
      const first = String(form.get(`${name}.first`) ?? '');
      // A name as it was typed stands for the first that was found by it.
      const value = first === '' || /:|^\d+$/.test(typed) ? typed : first;
      return value === '' ? [] : [[name, value] as const];
    });
    const bad = given.filter(([name, value]) => !fitsFilter(name, value));
    setWrong(Object.fromEntries(bad.map(([name]) => [name, badness(name)])));
    if (bad.length > 0) return;
    const path = auditPath(Object.fromEntries(given));
    // The same filter in other words: the page stays as it is, and the fields say what is asked for.
    if (path === auditPath(filter)) setShown(shown + 1);
    else router.push(path, { scroll: false });
  };
  const field = (name: FilterName) => ({
    name,
    label: text(`audit.filter.${name}`),
    defaultValue: filter[name] ?? '',
    error: wrong[name],
  });
  return (
    <form
      action="/support/audit"
      noValidate
      aria-label={text('audit.filter')}
      onSubmit={show}
      className="flex flex-col gap-4 border-b border-line px-4 py-4"
    >
      <div className="grid grid-cols-1 items-start gap-3 min-[24rem]:grid-cols-2 lg:grid-cols-4">
        <Select {...field('project')}>
          <option value="">{text('audit.filter.anyProject')}</option>
          {projects.map((project) => (
            <option key={project.id} value={project.id}>
              {project.name}
            </option>
          ))}
        </Select>
        <NamedField
          key={`actor ${shown}`}
          {...field('actor')}
          hint={names.get(filter.actor ?? '') ?? text('audit.filter.actor.hint')}
          kinds={['user', 'device']}
          words={actorKinds}
          filterOf={({ kind, id: found }) => `${kind}:${found}`}
        />
        <Field {...field('action')} hint={text('audit.filter.action.hint')} list={`${id}-actions`} />
        <NamedField
          key={`subject ${shown}`}
          {...field('subject')}
          hint={names.get(filter.subject ?? '') ?? text('audit.filter.subject.hint')}
          kinds={['user', 'home', 'device', 'lock', 'hub', 'key']}
          words={subjectKinds}
          filterOf={({ kind, id: found }) => `${kind}:${found}`}
        />
        <NamedField
          key={`home ${shown}`}
          {...field('home')}
          hint={names.get(`home:${filter.home ?? ''}`) ?? text('audit.filter.home.hint')}
          kinds={['home']}
          filterOf={({ id: found }) => found}
        />
        <Field {...field('from')} type="date" />
        <Field {...field('until')} type="date" />
        <Button type="submit" kind="primary" className="sm:mt-7">
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
