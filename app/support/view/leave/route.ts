import { viewAnswer } from '../view-answer';

/** Leaves a look: the browser is the staff's own again. */
export const GET = () => viewAnswer(null, '/support');
