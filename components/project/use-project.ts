import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ProjectSettings } from '@/server/contracts/projects';
import { api } from '../hooks/api';

/** Settings of a project, and what asks for them anew. */
export function useProject(initial: ProjectSettings): { project: ProjectSettings; reload: () => void } {
  const cache = useQueryClient();
  const queryKey = ['project', initial.id];
  const { data: project = initial } = useQuery({
    queryKey,
    queryFn: ({ signal }) => api('projects.get', { params: { projectId: initial.id } }, { signal }),
    initialData: initial,
  });
  return { project, reload: () => void cache.invalidateQueries({ queryKey }) };
}
