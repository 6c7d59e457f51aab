import { heightAt } from './height';

if (heightAt(0) !== 2) throw new Error('The tide is wrong.');
