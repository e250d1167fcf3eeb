// The editor as a person uses it, with and without JavaScript.

import type { Locator, Page } from "@playwright/test";

import { expect, hydrated } from "./fixtures";

export class Editor {
  readonly manifest: Locator;
  readonly findings: Locator;
  readonly status: Locator;

  constructor(
    readonly page: Page,
    readonly isLive: boolean,
  ) {
    this.manifest = page.locator("#manifest");
    this.findings = page.locator("#findings > li");
    this.status = page.locator("#connection");
  }

  /** Opens the preset with this title from the gallery. */
  async openPreset(title: string): Promise<void> {
    await this.page.goto("/");
    await this.page.getByRole("link", { name: title, exact: true }).click();
    await this.opened();
  }

  async openNewPod(): Promise<void> {
    await this.openPreset("Start with a new Pod");
  }

  /** Pastes a manifest on the start page and opens it. */
  async openManifest(text: string): Promise<void> {
    await this.page.goto("/");
    await this.page.getByLabel("Paste YAML or JSON").fill(text);
    await this.page.getByRole("button", { name: "Open manifest" }).click();
    await this.opened();
  }

  async opened(): Promise<void> {
    await this.page.waitForURL(/\/p\/[12]/);
    if (this.isLive) await hydrated(this.page);
  }

  /** The input of a field. */
  input(field: string): Locator {
    return this.page.locator(`[id="${field}"]:is(input, select, textarea)`);
  }

  /** What surrounds a container, a volume, or an item of a list. */
  item(name: string): Locator {
    return this.page.locator("article, [role=group]").and(this.page.getByLabel(name, { exact: true }));
  }

  /** Opens the folds around `target`, as a person does to see it. */
  async reveal(target: Locator): Promise<void> {
    const folds = target.locator("xpath=ancestor::details[not(@open)]");
    while ((await folds.count()) > 0) await folds.first().locator("> summary").click();
  }

  /** Types `text` into the input of a field and waits until the page shows what it means. */
  async fill(field: string, text: string): Promise<void> {
    await this.reveal(this.input(field));
    await this.changed(async () => {
      await this.input(field).fill(text);
      await this.apply();
    });
  }

  async select(field: string, label: string): Promise<void> {
    await this.reveal(this.input(field));
    await this.changed(async () => {
      await this.input(field).selectOption({ label });
      await this.apply();
    });
  }

  async check(field: string, on = true): Promise<void> {
    await this.reveal(this.input(field));
    await this.changed(async () => {
      await this.input(field).setChecked(on);
      await this.apply();
    });
  }

  /** Presses the button with that accessible name, on the whole page or within an item. */
  async press(name: string, within: Page | Locator = this.page): Promise<void> {
    const button = within.getByRole("button", { name, exact: true, includeHidden: true });
    await this.reveal(button);
    await this.changed(() => button.click());
  }

  /** Without JavaScript, a button sends what was typed. */
  private async apply(): Promise<void> {
    if (!this.isLive) await this.page.getByRole("button", { name: "Apply changes" }).click();
  }

  /** The address holds the document, so a change of the document is a change of the address. */
  async changed(act: () => Promise<void>): Promise<void> {
    const { pathname } = new URL(this.page.url());
    await act();
    await this.page.waitForURL((url) => url.pathname !== pathname);
  }

  /** Waits until everything that was done is answered. */
  async expectAnswered(): Promise<void> {
    await expect(this.page.locator(":root[data-sending]")).toHaveCount(0);
  }

  async expectManifest(...lines: string[]): Promise<void> {
    await expect.poll(async () => await this.manifest.textContent()).toContain(lines.join("\n"));
  }

  async expectFocus(field: string): Promise<void> {
    await expect(this.page.locator(`[id="${field}"]`)).toBeFocused();
  }

  /** The finding about a field. */
  finding(field: string): Locator {
    return this.page.locator(`#findings > [data-field="${field}"]`);
  }
}
