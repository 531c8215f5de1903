import { DoorSkeleton } from '@/components/lock/door-skeleton';
import { requestMessages } from '@/components/messages/request';

export default async function DoorLoading() {
  const { text } = await requestMessages();
  return <DoorSkeleton label={text('loading.door')} />;
}
