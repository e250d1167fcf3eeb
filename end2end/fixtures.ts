// What every test shares: `import { expect, test } from "../fixtures"` instead of Playwright's own.

import AxeBuilder from "@axe-core/playwright";
import { type Locator, type Page, test as base, expect } from "@playwright/test";

import { Editor } from "./editor";

interface Fixtures {
  /** Console messages that a test provokes; every other error or warning, and every exception of the page, fails it. */
  expectedMessages: RegExp[];
  /** Opens a path and waits until its islands listen, where there is JavaScript. */
  open: (path: string) => Promise<void>;
  editor: Editor;
  complaints: string[];
}

export const test = base.extend<Fixtures>({
  expectedMessages: [[], { option: true }],

  // A violation of the Content-Security-Policy is an error on the console.
  complaints: [
    async ({ page, expectedMessages, javaScriptEnabled }, use) => {
      const expected = javaScriptEnabled ? expectedMessages : [...expectedMessages, /preloaded using link preload but not used/];
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) complaints.push(message.text());
      });
      await use(complaints);
      const unexpected = complaints.filter((text) => !expected.some((pattern) => pattern.test(text)));
      expect(unexpected, "the browser's complaints").toEqual([]);
    },
    { auto: true },
  ],

  editor: async ({ page, javaScriptEnabled }, use) => {
    await use(new Editor(page, javaScriptEnabled !== false));
  },

  open: async ({ page, javaScriptEnabled }, use) => {
    await use(async (path) => {
      await page.goto(path);
      if (javaScriptEnabled) await hydrated(page);
    });
  },
});

/** Waits until the islands of the page listen: the theme's button shows itself, and the editor says so. */
export async function hydrated(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Theme:/ }).waitFor();
  if ((await page.locator("#editor").count()) > 0) await page.locator(":root[data-live]").waitFor();
}

/**
 * Fails unless axe finds nothing to object to in the page, in light and in dark colours: AAA for the contrast of text, which a part
 * that is inert has not.
 */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page }).options({ rules: { "color-contrast-enhanced": { enabled: true } } }).analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
    expect(found, `violations in ${colorScheme} colours`).toEqual([]);
  }
}

/** An annotation that no compression makes much shorter. */
export function noise(length: number): string {
  let state = 1;
  const character = () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state % 36).toString(36);
  };
  return `noise: ${Array.from({ length }, character).join("")}`;
}

export { expect };

/** Undoes with the keys until `box` says `text`: a browser takes back what was typed in parts of its own choice. */
export async function undone(page: Page, box: Locator, text: string): Promise<void> {
  for (let steps = 0; steps < 6 && (await box.inputValue()) !== text; steps += 1) await page.keyboard.press("ControlOrMeta+Z");
  await expect(box).toHaveValue(text);
}

/** How far the parts of the page have moved since it began to load, as browsers measure it (Cumulative Layout Shift). */
export const layoutShift = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value;
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve(sum), 300);
      }),
  );
