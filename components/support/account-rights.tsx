'use client';

import type { StaffRole } from '@/server/contracts/staff';
import { useText } from '../messages/provider';
import { Select } from '../ui/select';
import { Switch } from '../ui/switch';

export interface Project {
  id: number;
  name: string;
}

/** What an account may do, and where. */
export interface Rights {
  role: StaffRole;
  everyProject: boolean;
  projects: readonly number[];
}

/** As the API is sent it. */
export const projectsOf = ({ everyProject, projects }: Rights) =>
  everyProject ? { everyProject } : { projects: [...projects] };

export const namesAny = ({ everyProject, projects }: Rights): boolean => everyProject || projects.length > 0;

interface AccountRightsProps {
  rights: Rights;
  projects: readonly Project[];
  /** The viewer works for every project, and so may give that. */
  canGiveAll: boolean;
  /** Nothing was chosen, and that was told. */
  isMissing: boolean;
  onChange: (rights: Rights) => void;
}

/** Chooses the role of a staff account, and the projects it works for. */
export function AccountRights({ rights, projects, canGiveAll, isMissing, onChange }: AccountRightsProps) {
  const text = useText();
  const { everyProject, projects: chosen } = rights;
  return (
    <>
      <Select
        label={text('support.staff.role')}
        hint={text('support.staff.role.hint')}
        value={rights.role}
        onChange={({ target }) =>
          onChange({ ...rights, role: target.value === 'admin' ? 'admin' : 'support' })
        }
      >
        <option value="support">{text('support.role.support')}</option>
        <option value="admin">{text('support.role.admin')}</option>
      </Select>
      {canGiveAll ? (
        <Switch
          label={text('support.staff.every')}
          hint={text('support.staff.every.hint')}
          checked={everyProject}
          onChange={(isOn) => onChange({ ...rights, everyProject: isOn })}
        />
      ) : null}
      {everyProject ? null : (
        <fieldset className="flex flex-col">
          <legend className="text-[0.9375rem] font-medium">{text('support.staff.projects')}</legend>
          <div className="mt-1 flex max-h-56 flex-col overflow-y-auto">
            {projects.map(({ id, name }) => (
              <label key={id} className="flex min-h-11 items-center gap-3">
                <input
                  type="checkbox"
                  checked={chosen.includes(id)}
                  onChange={({ target }) =>
                    onChange({
                      ...rights,
                      projects: target.checked ? [...chosen, id] : chosen.filter((other) => other !== id),
                    })
                  }
                  className="size-5 shrink-0 accent-accent"
                />
                <span className="min-w-0 break-words">{name}</span>
              </label>
            ))}
          </div>
          <p role="alert" className="text-sm text-alarm empty:hidden">
            {isMissing ? text('support.staff.projects.missing') : ''}
          </p>
        </fieldset>
      )}
    </>
  );
}
