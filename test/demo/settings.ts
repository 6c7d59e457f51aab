import type { Settings } from '../host/settings.ts';

/** User settings of the demo: no run until the user asks for one or saves, and nothing that distracts. */
export const demoSettings: Settings = {
  'atomicIndex.runOn.fileChange': false,
  'breadcrumbs.enabled': false,
  'editor.minimap.enabled': false,
  'editor.renderLineHighlight': 'none',
  'workbench.layoutControl.enabled': false,
};
