import { Link2, Unlink } from 'lucide-react';
import { useText } from '../messages/provider';
import { Badge } from '../ui/badge';

/** Whether a device is there now, in a word. */
export function ConnectionBadge({ isConnected }: { isConnected: boolean }) {
  const text = useText();
  return (
    <Badge tone={isConnected ? 'calm' : 'unknown'} icon={isConnected ? Link2 : Unlink}>
      {text(isConnected ? 'device.connected' : 'device.away')}
    </Badge>
  );
}
