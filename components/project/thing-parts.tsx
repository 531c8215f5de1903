'use client';

import { Ban, ListOrdered, PackagePlus, Pencil, RotateCcw, Trash2 } from 'lucide-react';
import type { ProjectSettings } from '@/server/contracts/projects';
import { Row } from '../console/part';
import { api } from '../hooks/api';
import { useAction } from '../hooks/use-action';
import { useText } from '../messages/provider';
import { Badge } from '../ui/badge';
import type { PartProps } from './asked';
import { AddButton, ItemMenu } from './item-menu';
import { Items } from './items';

interface ThingPartProps extends PartProps {
  project: ProjectSettings;
}

/** Apps that sign-ins may name. */
export function Apps({ project, mayChange, onAsk }: ThingPartProps) {
  const text = useText();
  return (
    <Items
      id="apps"
      title={text('project.apps')}
      action={
        mayChange ? (
          <AddButton label={text('project.apps.new')} onClick={() => onAsk({ deed: 'app' })} />
        ) : null
      }
    >
      {project.apps.map(({ id, description }) => (
        <Row key={id} title={id} lines={[description]}>
          {mayChange ? (
            <ItemMenu
              name={id}
              acts={[
                {
                  label: text('project.apps.remove'),
                  icon: Trash2,
                  isDangerous: true,
                  onSelect: () => onAsk({ deed: 'removeApp', id }),
                },
              ]}
            />
          ) : null}
        </Row>
      ))}
    </Items>
  );
}

/** Device classes, and the way to a batch of devices of one. */
export function DeviceClasses({ project, mayChange, onAsk }: ThingPartProps) {
  const text = useText();
  const canMake = project.provisioning === 'pre';
  return (
    <Items
      id="classes"
      title={text('project.classes')}
      action={
        mayChange ? (
          <AddButton label={text('project.classes.new')} onClick={() => onAsk({ deed: 'class' })} />
        ) : null
      }
    >
      {project.deviceClasses.map(({ id, description }) => (
        <Row key={id} title={id} lines={[description]}>
          {mayChange ? (
            <ItemMenu
              name={id}
              acts={[
                ...(canMake
                  ? [
                      {
                        label: text('project.classes.batch'),
                        icon: PackagePlus,
                        onSelect: () => onAsk({ deed: 'batch', deviceClass: id }),
                      },
                    ]
                  : []),
                {
                  label: text('project.classes.describe'),
                  icon: Pencil,
                  onSelect: () => onAsk({ deed: 'describe', id, description }),
                },
              ]}
            />
          ) : null}
        </Row>
      ))}
    </Items>
  );
}

/** Smart modules: what they are told of, and what came of it. */
export function Modules({
  project,
  mayChange,
  onAsk,
  onChanged,
}: ThingPartProps & { onChanged: () => void }) {
  const text = useText();
  const at = (moduleId: string) => ({ params: { projectId: project.id, moduleId } });
  const suspend = useAction(
    (id: string) => api('projects.switchModule', { ...at(id), body: { suspended: true } }).then(onChanged),
    { done: text('project.modules.suspend.done') },
  );
  const resume = useAction(
    (id: string) => api('projects.switchModule', { ...at(id), body: { suspended: false } }).then(onChanged),
    { done: text('project.modules.resume.done') },
  );
  return (
    <Items
      id="modules"
      title={text('project.modules')}
      action={
        mayChange ? (
          <AddButton label={text('project.modules.new')} onClick={() => onAsk({ deed: 'module' })} />
        ) : null
      }
    >
      {project.modules.map(({ id, description, suspended, eventUrl, commandUrl, subscribedEvents }) => (
        <Row
          key={id}
          title={
            <>
              {id}
              {suspended ? <Badge tone="alarm">{text('project.modules.suspended')}</Badge> : null}
            </>
          }
          lines={[
            description,
            subscribedEvents === undefined
              ? text('project.modules.events.all')
              : text('project.modules.events.some', { events: subscribedEvents.join(', ') }),
            eventUrl === undefined ? null : `${text('project.modules.event')}: ${eventUrl}`,
            commandUrl === undefined ? null : `${text('project.modules.command')}: ${commandUrl}`,
          ]}
        >
          <ItemMenu
            name={id}
            acts={[
              {
                label: text('project.log'),
                icon: ListOrdered,
                onSelect: () => onAsk({ deed: 'log', id }),
              },
              ...(mayChange
                ? [
                    suspended
                      ? {
                          label: text('project.modules.resume'),
                          icon: RotateCcw,
                          onSelect: () => void resume.run(id),
                        }
                      : {
                          label: text('project.modules.suspend'),
                          icon: Ban,
                          isDangerous: true,
                          onSelect: () => void suspend.run(id),
                        },
                  ]
                : []),
            ]}
          />
        </Row>
      ))}
    </Items>
  );
}

/** Identity providers whose tokens count in the project. */
export function Issuers({ project, mayChange, onAsk }: ThingPartProps) {
  const text = useText();
  return (
    <Items
      id="issuers"
      title={text('project.issuers')}
      action={
        mayChange ? (
          <AddButton label={text('project.issuers.new')} onClick={() => onAsk({ deed: 'issuer' })} />
        ) : null
      }
    >
      {project.issuers.map(({ id, issuer, audience, jwksUrl }) => (
        <Row key={id} title={issuer} lines={[`${text('project.issuers.audience')}: ${audience}`, jwksUrl]}>
          {mayChange ? (
            <ItemMenu
              name={issuer}
              acts={[
                {
                  label: text('project.issuers.remove'),
                  icon: Ban,
                  isDangerous: true,
                  onSelect: () => onAsk({ deed: 'removeIssuer', id, name: issuer }),
                },
              ]}
            />
          ) : null}
        </Row>
      ))}
    </Items>
  );
}
