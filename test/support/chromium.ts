import { chromium, type Browser, type BrowserServer, type LaunchOptions } from 'playwright-core';
import { ensureDebianPackage } from './debian-package.ts';

/** Root may not use Chromium's sandbox, and only pages of our own are opened. */
const OPTIONS: LaunchOptions = { executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] };

/** A real browser with Chinese letters; Debian's, installed when it is missing. */
export async function launchChromium(): Promise<Browser> {
  await ensureBrowser();
  return chromium.launch(OPTIONS);
}

/** The same as a process of its own, for tests that kill it. */
export async function launchMortalChromium(): Promise<{ browser: Browser; server: BrowserServer }> {
  await ensureBrowser();
  const server = await chromium.launchServer(OPTIONS);
  return { server, browser: await chromium.connect(server.wsEndpoint()) };
}

async function ensureBrowser(): Promise<void> {
  await ensureDebianPackage('chromium');
  await ensureDebianPackage('fonts-noto-cjk');
}
