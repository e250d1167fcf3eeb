// The keyboard suffices.

import type { Page } from "@playwright/test";

import { expect, test } from "../fixtures";

test.skip(({ isMobile }) => isMobile, "the same on a phone");

/** Goes on with Tab until the element with this id, or with this accessible name, has the focus. */
async function tabTo(page: Page, idOrName: string): Promise<void> {
  for (let steps = 0; steps < 80; steps += 1) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(() => {
      const element = document.activeElement;
      return [element?.id, element?.getAttribute("aria-label"), element?.textContent?.trim()];
    });
    if (here.includes(idOrName)) return;
  }
  throw new Error(`Tab does not lead to ${idOrName}`);
}

/** Goes back with Shift and Tab to the element with one of these names. */
async function tabBackTo(page: Page, ...names: string[]): Promise<boolean> {
  for (let steps = 0; steps < 80; steps += 1) {
    await page.keyboard.press("Shift+Tab");
    const here = await page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");
    if (names.includes(here)) return true;
  }
  return false;
}

test("a Pod is composed with the keyboard alone", async ({ page, editor, open }) => {
  await open("/");
  await tabTo(page, "Start with a new Pod");
  await page.keyboard.press("Enter");
  await editor.opened();
  await tabTo(page, "metadata.name");
  await page.keyboard.type("typed");
  await tabTo(page, "Add container");
  await editor.changed(() => page.keyboard.press("Space"));
  await editor.expectFocus("spec.containers[1].image");
  await page.keyboard.type("alpine:3.22");
  await page.keyboard.press("Tab");
  await expect.poll(async () => tabBackTo(page, "Share a new volume between nginx and alpine", "Share a new volume between nginx and app")).toBe(true);
  await editor.changed(() => page.keyboard.press("Enter"));
  await editor.expectFocus("spec.volumes[0].emptyDir.sizeLimit");
  await tabTo(page, "spec.containers[1].volumeMounts[0].mountPath");
  await page.keyboard.press("ControlOrMeta+A");
  await editor.changed(async () => {
    await page.keyboard.type("/srv");
    if (!editor.isLive) await page.keyboard.press("Enter");
  });
  await editor.expectManifest("metadata:", "  name: typed", "spec:", "  containers:", "    - name: nginx", "      image: nginx:1.29-alpine");
  await editor.expectManifest("          mountPath: /srv");
});

test("Enter in an input applies what was typed, and no other button", async ({ page, editor }) => {
  await editor.openPreset("One writes, one serves");
  await editor.changed(async () => {
    await editor.input("metadata.name").fill("entered");
    await page.keyboard.press("Enter");
  });
  await editor.expectManifest("  name: entered");
  await expect(page.getByRole("heading", { level: 3 })).toHaveText(["writer", "web"]);
});
