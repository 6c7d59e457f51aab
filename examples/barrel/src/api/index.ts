// What the package promises, kept by hand.
export { radio as callHarbour } from './radio.js';
