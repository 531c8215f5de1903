'use client';

import type { Device, OutgoingEvent } from '@/server/contracts/devices';
import { api } from '../hooks/api';
import { useHomeData } from '../hooks/use-home-data';
import type { DeviceProps } from './device-frame';
import { withEvent } from './devices';

/** One device, live. */
export const useDevice = ({ homeId, cursor, initial, now }: Omit<DeviceProps, 'zone'>) =>
  useHomeData<Device>({
    homeId,
    cursor,
    queryKey: ['device', initial.id],
    load: (signal) => api('devices.get', { params: { deviceId: initial.id } }, { signal }),
    initial,
    madeAt: now,
    onMessage: ({ topic, payload }) => {
      if (topic === 'presence') return (payload as { deviceId?: number }).deviceId === initial.id;
      if (topic !== 'event') return false;
      const event = payload as OutgoingEvent;
      return event.originDeviceId === initial.id ? (known) => withEvent(known, event) : false;
    },
  });
