export { diffTexts, editorText, isDirty, replaceAll, save, type } from './editor.ts';
export { explorerContextMenu, explorerRow } from './explorer.ts';
export { clearToasts, clickToastButton, toasts, waitForToast } from './notifications.ts';
export { answerInput, choose, openFile, openPalette, runCommand } from './palette.ts';
export {
  clickStatusBarItem,
  problems,
  type StatusBarItem,
  screenshot,
  statusBarItem,
  waitReady,
} from './workbench.ts';
