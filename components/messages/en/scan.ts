/** English texts of scanning a code with the camera. */
export const scan = {
  'scan.title': 'Scan the code',
  'scan.lead': 'Hold the QR code in front of the camera. The picture stays on this device.',
  'scan.starting': 'Starting the camera',
  'scan.looking': 'Looking for a code',
  'scan.view': 'Picture of the camera',
  'scan.photo': 'Use a photo instead',
  'scan.type': 'Type it instead',
  'scan.refused.title': 'The camera is not allowed here',
  'scan.refused.text':
    'This browser or its owner has refused the camera. Allow it in the settings of the page, use a photo, or type the code.',
  'scan.absent.title': 'No camera can be used',
  'scan.absent.text':
    'This device has none, another program holds it, or the page was not opened over https. Use a photo or type the code.',
  'scan.unread': 'There is no readable QR code in this photo. Take it closer and sharper, or type the code.',
} as const;
