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

const addressOf = (path: string, filter: Filter): string => {
  const text = filterText(filter);
  return text === '' ? path : `${path}?${text}`;
};

/** What was asked for last: what the page shows, or choices whose pages are still on their way. */
function useAsked(filter: Filter): [Filter, (next: Filter) => void] {
  const shown = filterText(filter);
  const [{ since, awaited }, setAsked] = useState({ since: shown, awaited: [] as readonly Filter[] });
  if (since !== shown) {
    const place = awaited.findIndex((one) => filterText(one) === shown);
    // A page that nobody chose here is another way to ask, such as Back.
    setAsked({ since: shown, awaited: place < 0 ? [] : awaited.slice(place + 1) });
  }
  const ask = (next: Filter) =>
    setAsked({ since: shown, awaited: filterText(next) === shown ? [] : [...awaited, next] });
  return [awaited.at(-1) ?? filter, ask];
}

/** What the log shows, kept in the address bar; and the way to take exactly that along as a file. */
export function FilterBar({ filter, people, doors }: FilterBarProps) {
  const text = useText();
  const path = usePathname();
  const router = useRouter();
  const panel = useId();
  const [asked, ask] = useAsked(filter);
  const active = Object.keys(asked).length;
  const [isOpen, setIsOpen] = useState(active > 0);
  const choose = (name: keyof Filter, value: string) => {
    const { [name]: _old, ...rest } = asked;
    const next = value === '' ? rest : { ...rest, [name]: value };
    ask(next);
    router.replace(addressOf(path, next), { scroll: false });
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
        <a href={addressOf(`${path}/export`, asked)} download className={buttonClass('quiet', 'sm:ml-auto')}>
          <Download aria-hidden className="size-4.5" />
          {text('activity.export')}
        </a>
      </div>
      <div id={panel} hidden={!isOpen} className="pt-3">
        <div className="grid grid-cols-1 gap-3 min-[24rem]:grid-cols-2 lg:grid-cols-3">
          {people.length === 0 ? null : (
            <Select
              label={text('activity.filter.who')}
              value={asked.who ?? ''}
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
              value={asked.lockId ?? ''}
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
            value={asked.outcome ?? ''}
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
            value={asked.via ?? ''}
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
            key={`from ${asked.from}`}
            defaultValue={asked.from ?? ''}
            max={asked.until}
            onBlur={({ target }) => target.value !== (asked.from ?? '') && choose('from', target.value)}
          />
          <Field
            label={text('activity.filter.until')}
            type="date"
            key={`until ${asked.until}`}
            defaultValue={asked.until ?? ''}
            min={asked.from}
            onBlur={({ target }) => target.value !== (asked.until ?? '') && choose('until', target.value)}
          />
        </div>
      </div>
    </div>
  );
}
