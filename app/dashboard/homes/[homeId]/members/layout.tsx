export { default } from '../kept-layout';
