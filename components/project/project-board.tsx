'use client';

import { useState } from 'react';
import type { ProjectSettings } from '@/server/contracts/projects';
import { useText } from '../messages/provider';
import { Moment } from '../time/moment';
import { Link } from '../ui/link';
import { Notice } from '../ui/notice';
import type { Asked } from './asked';
import { FactsPart } from './facts-part';
import { OrgKeys, ProjectKeys } from './key-parts';
import { LimitsPart } from './limits-part';
import { MessagesPart } from './messages-part';
import { ProjectDialogs } from './project-dialogs';
import { Apps, DeviceClasses, Issuers, Modules } from './thing-parts';
import { useProject } from './use-project';

interface ProjectBoardProps {
  initial: ProjectSettings;
  viewer: { mayChange: boolean; isOfAll: boolean };
}

/** A project on one page: what it is, and all that it is set up with. */
export function ProjectBoard({ initial, viewer: { mayChange, isOfAll } }: ProjectBoardProps) {
  const text = useText();
  const { project, reload } = useProject(initial);
  const [asked, setAsked] = useState<Asked>();
  const part = { project, mayChange, onAsk: setAsked };
  return (
    <div className="flex flex-col gap-4">
      <div className="min-w-0">
        <h1 className="text-2xl font-semibold break-words">{project.name}</h1>
        <p className="text-sm break-words text-ink-soft">
          <Link
            href="/support/projects"
            className="inline-flex min-h-11 items-center underline decoration-line-strong underline-offset-4"
          >
            {text('project.title')}
          </Link>{' '}
          · {text('project.id', { id: project.id })} · {text('project.made')}{' '}
          <Moment at={project.creationTime} zone={undefined} />
        </p>
      </div>
      {mayChange ? null : <Notice tone="plain">{text('project.readOnly')}</Notice>}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <FactsPart {...part} isOfAll={isOfAll} onChanged={reload} />
          <LimitsPart {...part} />
          <Apps {...part} />
          <DeviceClasses {...part} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <ProjectKeys {...part} />
          <OrgKeys {...part} />
          <Modules {...part} onChanged={reload} />
          <Issuers {...part} />
          <MessagesPart projectId={project.id} />
        </div>
      </div>
      {asked === undefined ? null : (
        <ProjectDialogs
          asked={asked}
          project={project}
          mayChange={mayChange}
          onChanged={reload}
          onClose={() => setAsked(undefined)}
        />
      )}
    </div>
  );
}
