'use client';

import { Download, ListFilter } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { useId, useState } from 'react';
import { useText } from '../messages/provider';
import { Button, buttonClass } from '../ui/button';
import { Field } from '../ui/field';
import { Link } from '../ui/link';
import { Select } from '../ui/select';
import { type Filter, filterText, outcomes, ways } from './filter';

interface FilterBarProps {
  filter: Filter;
  people: readonly { kind: string; id: string; name: string }[];
  /** Doors to choose from; none on the page of one door. */
  doors: readonly { id: number; name: string }[];
}

/** What the log shows, kept in the address bar; and the way to take exactly that along as a file. */
export function FilterBar({ filter, people, doors }: FilterBarProps) {
  const text = useText();
  const path = usePathname();
  const router = useRouter();
  const panel = useId();
  const active = Object.keys(filter).length;
  const [isOpen, setIsOpen] = useState(active > 0);
  const asked = filterText(filter);
  const choose = (name: keyof Filter, value: string) => {
    const { [name]: _old, ...rest } = filter;
    const next = filterText(value === '' ? rest : { ...rest, [name]: value });
    router.replace(next === '' ? path : `${path}?${next}`, { scroll: false });
  };
  return (
    <div className="border-b border-line px-4 py-3 sm:px-6">
      <div className="flex flex-wrap items-center gap-2">
        <Button aria-expanded={isOpen} aria-controls={panel} onClick={() => setIsOpen(!isOpen)}>
          <ListFilter aria-hidden className="size-4.5" />
          {active === 0 ? text('activity.filter') : text('activity.filter.active', { count: active })}
        </Button>
        {active === 0 ? null : (
          <Link href={path} scroll={false} className={buttonClass('quiet')}>
            {text('activity.filter.clear')}
          </Link>
        )}
        <a
          href={`${path}/export${asked === '' ? '' : `?${asked}`}`}
          download
          className={buttonClass('quiet', 'sm:ml-auto')}
        >
          <Download aria-hidden className="size-4.5" />
          {text('activity.export')}
        </a>
      </div>
      <div id={panel} hidden={!isOpen} className="pt-3">
        <div className="grid grid-cols-1 gap-3 min-[24rem]:grid-cols-2 lg:grid-cols-3">
          {people.length === 0 ? null : (
            <Select
              label={text('activity.filter.who')}
              value={filter.who ?? ''}
              onChange={({ target }) => choose('who', target.value)}
            >
              <option value="">{text('activity.filter.anybody')}</option>
              {people.map(({ kind, id, name }) => (
                <option key={`${kind}:${id}`} value={`${kind}:${id}`}>
                  {name}
                </option>
              ))}
            </Select>
          )}
          {doors.length < 2 ? null : (
            <Select
              label={text('activity.filter.door')}
              value={filter.lockId ?? ''}
              onChange={({ target }) => choose('lockId', target.value)}
            >
              <option value="">{text('activity.filter.anyDoor')}</option>
              {doors.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
          <Select
            label={text('activity.filter.outcome')}
            value={filter.outcome ?? ''}
            onChange={({ target }) => choose('outcome', target.value)}
          >
            <option value="">{text('activity.filter.anyOutcome')}</option>
            {outcomes.map((outcome) => (
              <option key={outcome} value={outcome}>
                {text(`activity.outcome.${outcome}`)}
              </option>
            ))}
          </Select>
          <Select
            label={text('activity.filter.via')}
            value={filter.via ?? ''}
            onChange={({ target }) => choose('via', target.value)}
          >
            <option value="">{text('activity.filter.anyWay')}</option>
            {ways.map((way) => (
              <option key={way} value={way}>
                {text(`activity.via.${way}`)}
              </option>
            ))}
          </Select>
          <Field
            label={text('activity.filter.from')}
            type="date"
            key={`from ${filter.from}`}
            defaultValue={filter.from ?? ''}
            max={filter.until}
            onBlur={({ target }) => target.value !== (filter.from ?? '') && choose('from', target.value)}
          />
          <Field
            label={text('activity.filter.until')}
            type="date"
            key={`until ${filter.until}`}
            defaultValue={filter.until ?? ''}
            min={filter.from}
            onBlur={({ target }) => target.value !== (filter.until ?? '') && choose('until', target.value)}
          />
        </div>
      </div>
    </div>
  );
}
