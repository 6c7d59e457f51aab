import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from './systemPackages.ts';

const launchLimitMs = 60_000;
let shared: Promise<Browser> | undefined;

/** Returns the one browser of this process, starting it when it is not running. */
export async function sharedBrowser(): Promise<Browser> {
  shared ??= launch();
  const browser = await shared;
  if (browser.isConnected()) return browser;
  shared = launch();
  return shared;
}

/** Closes the browser of this process if one was started. */
export async function closeBrowser(): Promise<void> {
  const closing = shared;
  shared = undefined;
  if (closing) await (await closing).close();
}

async function launch(): Promise<Browser> {
  try {
    return await chromium.launch({
      executablePath: await findBrowser(),
      timeout: launchLimitMs,
      // Who starts a host decides what a signal means; otherwise playwright ends this process on its own.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-quic',
      ],
    });
  } catch (error) {
    shared = undefined;
    throw error;
  }
}
