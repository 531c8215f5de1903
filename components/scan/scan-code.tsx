'use client';

import { Camera, ImageUp, Keyboard } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useText } from '../messages/provider';
import { Button, buttonClass } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Notice } from '../ui/notice';
import { decodePhoto, makeReader } from './decode';

/** Pause between two looks: quick for a hand, easy on a battery. */
const lookEveryMs = 150;

type CameraState = 'starting' | 'looking' | 'refused' | 'absent';

interface ScanCodeProps {
  /** What was read. The dialog stays open until its owner closes it. */
  onCode: (text: string) => void;
  onClose: () => void;
}

async function openCamera(): Promise<MediaStream> {
  if (navigator.mediaDevices === undefined) throw new DOMException('no camera', 'NotFoundError');
  return navigator.mediaDevices.getUserMedia({
    video: { facingMode: { ideal: 'environment' } },
    audio: false,
  });
}

/** Watches the camera until a code is read; the camera is let go whatever happens. */
function useCamera(onCode: (text: string) => void) {
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<CameraState>('starting');
  const found = useEffectEvent(onCode);
  useEffect(() => {
    let stream: MediaStream | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const run = async () => {
      try {
        stream = await openCamera();
      } catch (error) {
        const isRefused = error instanceof DOMException && error.name === 'NotAllowedError';
        if (!isOver) setState(isRefused ? 'refused' : 'absent');
        return;
      }
      const view = video.current;
      if (isOver || view === null) {
        for (const track of stream.getTracks()) track.stop();
        return;
      }
      view.srcObject = stream;
      await view.play().catch(() => {});
      const read = await makeReader();
      if (isOver) return;
      setState('looking');
      const look = async () => {
        const text = view.readyState < 2 ? undefined : await read(view).catch(() => undefined);
        if (isOver) return;
        if (text === undefined) {
          timer = setTimeout(look, lookEveryMs);
          return;
        }
        navigator.vibrate?.(40);
        found(text);
      };
      await look();
    };
    void run();
    return () => {
      isOver = true;
      clearTimeout(timer);
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
  }, []);
  return { video, state };
}

/** Reads a QR code by the camera or out of a photo; whoever can use neither is sent back to typing. */
export function ScanCode({ onCode, onClose }: ScanCodeProps) {
  const text = useText();
  const { video, state } = useCamera(onCode);
  const [isUnread, setIsUnread] = useState(false);
  const isUsable = state === 'starting' || state === 'looking';
  const takePhoto = async (photo: File | undefined) => {
    if (photo === undefined) return;
    setIsUnread(false);
    const read = await decodePhoto(photo);
    if (read === undefined) setIsUnread(true);
    else onCode(read);
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={text('scan.title')}
      lead={text('scan.lead')}
    >
      <div className="flex flex-col gap-4">
        {isUsable ? (
          <div className="relative aspect-square overflow-hidden rounded-2xl bg-sunken">
            <video
              ref={video}
              muted
              playsInline
              aria-label={text('scan.view')}
              className="size-full object-cover"
            />
            <span aria-hidden className="absolute inset-[18%] rounded-3xl border-4 border-surface/80" />
          </div>
        ) : (
          <Notice tone="notice" role="alert" title={text(`scan.${state}.title`)}>
            {text(`scan.${state}.text`)}
          </Notice>
        )}
        {isUsable ? (
          <p role="status" className="flex items-center gap-2 text-ink-soft">
            <Camera aria-hidden className="size-5 shrink-0" />
            {text(`scan.${state}`)}
          </p>
        ) : null}
        {isUnread ? (
          <Notice tone="alarm" role="alert">
            {text('scan.unread')}
          </Notice>
        ) : null}
        <div className="flex flex-col gap-3 sm:flex-row">
          <label
            className={buttonClass(
              'secondary',
              'relative cursor-pointer sm:flex-1 has-focus-visible:outline-3 has-focus-visible:outline-offset-3 has-focus-visible:outline-focus',
            )}
          >
            <ImageUp aria-hidden className="size-5" />
            {text('scan.photo')}
            <input
              type="file"
              accept="image/*"
              className="sr-only"
              onChange={(event) => void takePhoto(event.target.files?.[0])}
            />
          </label>
          <Button className="sm:flex-1" onClick={onClose}>
            <Keyboard aria-hidden className="size-5" />
            {text('scan.type')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
