'use client';

import type { ProjectSettings } from '@/server/contracts/projects';
import { Part } from '../console/part';
import { api } from '../hooks/api';
import { useAction } from '../hooks/use-action';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Switch } from '../ui/switch';
import type { PartProps } from './asked';

interface FactsPartProps extends PartProps {
  project: ProjectSettings;
  /** The viewer administers every project. */
  isOfAll: boolean;
  onChanged: () => void;
}

/** What a project is, and its switches. */
export function FactsPart({ project, mayChange, isOfAll, onAsk, onChanged }: FactsPartProps) {
  const text = useText();
  const change = useAction(
    async (body: { onlyOwnersManageMembers?: boolean; allowPrivateWebhooks?: boolean }) => {
      await api('projects.update', { params: { projectId: project.id }, body });
      onChanged();
    },
    { done: text('ui.saved') },
  );
  const facts = [
    [text('project.organisation'), project.uuid],
    [text('project.account'), text(`project.account.${project.accountType}`)],
    [text('project.provisioning'), text(`project.provisioning.${project.provisioning}`)],
  ] as const;
  return (
    <Part
      id="facts"
      title={text('project.facts')}
      action={
        mayChange ? (
          <Button kind="quiet" onClick={() => onAsk({ deed: 'settings' })}>
            {text('project.facts.change')}
          </Button>
        ) : null
      }
    >
      <div className="flex flex-col gap-3 px-4 py-3">
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1 text-[0.9375rem]">
          {facts.map(([label, value]) => (
            <div key={label} className="contents">
              <dt className="text-ink-soft">{label}</dt>
              <dd className="break-words">{value}</dd>
            </div>
          ))}
        </dl>
        <p className="text-sm text-ink-soft">{text('project.fixed')}</p>
        <Switch
          label={text('project.facts.owners')}
          hint={text('project.facts.owners.hint')}
          checked={project.onlyOwnersManageMembers}
          disabled={!mayChange || change.isBusy}
          onChange={(onlyOwnersManageMembers) => void change.run({ onlyOwnersManageMembers })}
        />
        <Switch
          label={text('project.facts.private')}
          hint={text('project.facts.private.hint')}
          checked={project.allowPrivateWebhooks}
          disabled={!mayChange || !isOfAll || change.isBusy}
          onChange={(allowPrivateWebhooks) => void change.run({ allowPrivateWebhooks })}
        />
      </div>
    </Part>
  );
}
