// Debian's Firefox, as a person uses it. It is driven over WebDriver BiDi, which it speaks itself; Playwright drives only a Firefox
// of its own making.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect as impatient } from "@playwright/test";
import puppeteer, { type Browser, type Page } from "puppeteer-core";

export const FIREFOX = process.env.PODWEAVE_FIREFOX ?? "/usr/bin/firefox-esr";

/** Firefox takes its time on a machine that does much else. */
export const expect = impatient.configure({ timeout: 15_000 });

/** A window of Firefox with a profile of its own, and what it complains of. */
export class Firefox {
  readonly complaints: string[] = [];

  private constructor(
    private readonly browser: Browser,
    private readonly page: Page,
    readonly base: string,
    readonly downloads: string,
  ) {
    page.on("pageerror", (error) => this.complaints.push(String(error)));
    page.on("console", (message) => {
      if (["error", "warn"].includes(message.type())) this.complaints.push(message.text());
    });
  }

  static async launch(base: string, { javaScript }: { javaScript: boolean }): Promise<Firefox> {
    const downloads = mkdtempSync(join(tmpdir(), "podweave-firefox-"));
    const browser = await puppeteer.launch({
      browser: "firefox",
      executablePath: FIREFOX,
      headless: true,
      defaultViewport: { width: 1440, height: 900 },
      extraPrefsFirefox: {
        "javascript.enabled": javaScript,
        "browser.download.dir": downloads,
        "browser.download.folderList": 2,
      },
    });
    return new Firefox(browser, await browser.newPage(), base, downloads);
  }

  async close(): Promise<void> {
    await this.browser.close();
    rmSync(this.downloads, { recursive: true, force: true });
  }

  async goto(path: string): Promise<void> {
    await this.page.goto(new URL(path, this.base).href);
  }

  get path(): string {
    return new URL(this.page.url()).pathname;
  }

  /** What `selector` finds first: its text, or what it holds if it is an input. */
  async text(selector: string): Promise<string> {
    return await this.page.evaluate((selector) => {
      const found = document.querySelector<HTMLElement & { value?: string }>(selector);
      return found?.value ?? found?.textContent ?? "";
    }, selector);
  }

  async expectText(selector: string, text: string): Promise<void> {
    await expect.poll(async () => await this.text(selector), { message: selector }).toContain(text);
  }

  async count(selector: string): Promise<number> {
    return await this.page.evaluate((selector) => document.querySelectorAll(selector).length, selector);
  }

  /** Waits until the islands of the editor listen. */
  async live(): Promise<void> {
    await expect.poll(async () => await this.count(":root[data-live]")).toBe(1);
  }

  /**
   * Clicks the middle of what `selector` finds first with `label`, in its text or as its name, as soon as that stands still and
   * nothing covers it. Only what needs no script of the page is used, so that it works without JavaScript.
   */
  async press(selector: string, label = ""): Promise<void> {
    const find = async () =>
      await this.page.evaluate(
        (selector, label) => {
          const all = [...document.querySelectorAll<HTMLElement>(selector)];
          const found = all.find((one) => [one.textContent?.trim(), one.ariaLabel].some((name) => label === "" || name === label));
          if (!found?.checkVisibility()) return undefined;
          found.scrollIntoView({ block: "center", behavior: "instant" });
          const { left, top, width, height } = found.getBoundingClientRect();
          const [x, y] = [left + width / 2, top + height / 2];
          const hit = document.elementFromPoint(x, y);
          return hit && (found.contains(hit) || hit.contains(found)) ? { x, y } : undefined;
        },
        selector,
        label,
      );
    let place: { x: number; y: number } | undefined;
    const isStill = async () => {
      const before = place;
      place = await find();
      return place !== undefined && place.x === before?.x && place.y === before.y;
    };
    await expect.poll(isStill, { message: `${selector} ${label}` }).toBe(true);
    await this.page.mouse.click(place?.x ?? 0, place?.y ?? 0);
  }

  /** Types `text` over what the field with this `id` holds. */
  async fill(id: string, text: string): Promise<void> {
    await this.press(`[id="${id}"]`);
    await this.key("Control+a");
    await this.type(text);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** The id of what has the focus. */
  async focus(): Promise<string> {
    return await this.page.evaluate(() => document.activeElement?.id ?? "");
  }

  /** Presses keys together, such as `Control+z`. */
  async key(keys: string): Promise<void> {
    const all = keys.split("+") as Parameters<Page["keyboard"]["press"]>[0][];
    for (const key of all) await this.page.keyboard.down(key);
    for (const key of all.reverse()) await this.page.keyboard.up(key);
  }

  /** Acts, and waits until the address, which holds the document, is another one. */
  async changed(act: () => Promise<void>): Promise<void> {
    const before = this.path;
    await act();
    await expect.poll(() => this.path).not.toBe(before);
    await expect.poll(async () => await this.page.evaluate(() => document.readyState)).toBe("complete");
  }

  /** Fails if the page is wider than a window of a desktop or of a phone. */
  async expectToFit(): Promise<void> {
    for (const width of [360, 1440]) {
      await this.page.setViewport({ width, height: 900 });
      const content = await this.page.evaluate(() => document.documentElement.scrollWidth);
      expect(content, `${this.path} at ${width}`).toBeLessThanOrEqual(width);
    }
  }
}
