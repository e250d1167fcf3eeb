// Every part of the page is within reach: of the keyboard, of a finger, and of who zooms in.

import type { Page } from "@playwright/test";

import { expect, test } from "../fixtures";

const MOUNTED = "kind: Pod\napiVersion: v1\nmetadata: {name: web}\nspec:\n  containers:\n  - {name: web, image: 'nginx:1.29', volumeMounts: [{name: html, mountPath: /usr/share/nginx/html}]}\n  volumes:\n  - {name: html, emptyDir: {}}\n";
/** More mounts than the table has room for, so that they stand in the cards. */
const IN_CARDS =
  "kind: Pod\napiVersion: v1\nmetadata: {name: web}\nspec:\n  containers:\n" +
  Array.from({ length: 21 }, (_, index) => `  - {name: c${index}, image: 'nginx:1.29', volumeMounts: [{name: v0, mountPath: /usr/share/nginx/html}]}\n`).join("") +
  `  volumes:\n${Array.from({ length: 20 }, (_, index) => `  - {name: v${index}, emptyDir: {}}\n`).join("")}`;

test.describe("with the keyboard", () => {
  test.skip(({ isMobile }) => isMobile, "a phone has none");

  test("skip links lead from the top to the form, the result and the download in at most 10 key presses", async ({ page, editor }) => {
    await editor.openPreset("One writes, one serves");
    for (const [name, id] of [["To the form", "editor"], ["To the result", "result"], ["To the download", "download"]]) {
      await page.reload();
      await editor.opened();
      let presses = 0;
      const press = async (key: string) => {
        presses += 1;
        await page.keyboard.press(key);
      };
      const link = page.getByRole("link", { name, exact: true });
      while (!(await link.evaluate((link) => link === document.activeElement)) && presses < 10) await press("Tab");
      await expect(link).toBeInViewport();
      await press("Enter");
      if (editor.isLive) await expect(page.locator(`#${id}`)).toBeFocused();
      if (id === "download") {
        if (!editor.isLive) await press("Tab");
        const download = page.waitForEvent("download");
        await press("Enter");
        await download;
      }
      expect(presses, name).toBeLessThanOrEqual(10);
    }
    await expect(page.getByRole("button", { name: "Undo" })).toBeDisabled({ timeout: editor.isLive ? 5_000 : 1 }).catch(() => expect(editor.isLive).toBe(false));
  });

  test("the landmarks have names", async ({ page, editor }) => {
    await editor.openPreset("One writes, one serves");
    for (const [role, name] of [["navigation", "Skip"], ["form", "Manifest"], ["region", "Result"], ["region", "Who shares what"], ["region", "Take away"]] as const) {
      await expect(page.getByRole(role, { name, exact: true })).toHaveCount(1);
    }
    await expect(page.getByRole("main")).toHaveCount(1);
  });

  test("single keys lead to parts of the page, and can be turned off", async ({ page, editor, javaScriptEnabled }) => {
    test.skip(!javaScriptEnabled, "they are a script's");
    await editor.openPreset("One writes, one serves");
    const download = page.waitForEvent("download");
    await page.keyboard.press("d");
    await download;
    await page.keyboard.press("y");
    await expect(editor.manifest).toBeFocused();
    await page.keyboard.press("e");
    await expect(page.locator("[aria-keyshortcuts=e]")).toBeFocused();
    await page.keyboard.press("d");
    await expect(page.locator("[aria-keyshortcuts=e]")).toBeFocused();
    await page.keyboard.press("Backspace");
    await editor.expectAnswered();
    await expect(page.locator("#editor[inert], [inert] #editor")).toHaveCount(0);
    await editor.fill("spec.containers[0].image", "");
    await page.getByRole("button", { name: "Download YAML" }).focus();
    await page.keyboard.press("f");
    await editor.expectFocus("spec.containers[0].image");
    await page.getByRole("button", { name: "Download YAML" }).focus();
    await page.keyboard.press("?");
    const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await expect(dialog).toBeVisible();
    await expect(dialog.getByRole("button", { name: "Close" })).toBeFocused();
    await dialog.getByLabel("Use single keys").uncheck();
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await page.reload();
    await editor.opened();
    await page.keyboard.press("?");
    await expect(dialog).toBeHidden();
    await page.getByRole("button", { name: "Shortcuts" }).click();
    await expect(dialog.getByLabel("Use single keys")).not.toBeChecked();
  });
});

/** What covers the focused element, in words; nothing if it can be seen. */
async function coverOfFocus(page: Page): Promise<string> {
  return await page.evaluate(() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return "";
    const { left, top, width, height } = focused.getBoundingClientRect();
    const [x, y] = [left + Math.min(width / 2, 20), top + Math.min(height / 2, 12)];
    const here = document.elementFromPoint(x, y);
    const isSeen = here && (focused.contains(here) || here.contains(focused) || here.closest("label")?.contains(focused));
    return isSeen ? "" : `${focused.id || focused.outerHTML.slice(0, 90)} at ${x}, ${y} below ${here?.className} ${here?.tagName}`;
  });
}

test.describe("on a small screen", () => {
  test.beforeEach(({}, { project }) => {
    test.skip(project.name !== "desktop", "the sizes are given");
  });

  // A window of 1,280 by 1,024 pixels at 200 % and at 400 %, and a phone.
  for (const [width, height] of [[640, 512], [320, 256], [360, 740]] as const) {
    test(`nothing covers what has the focus at ${width} by ${height}`, async ({ page, editor }) => {
      test.slow();
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ reducedMotion: "reduce" });
      await editor.openManifest(MOUNTED.replace("name: web}", "name: W}"));
      await page.locator("details").evaluateAll((folds) => folds.forEach((fold) => fold.setAttribute("open", "")));
      const count = await page.locator("#sheet :is(input:not([type=hidden]), select, textarea, button, a[href], summary)").count();
      const covered: string[] = [];
      for (const key of ["Tab", "Shift+Tab"]) {
        for (let step = 0; step < count; step += 1) {
          await page.keyboard.press(key);
          const cover = await coverOfFocus(page);
          if (cover) covered.push(`${key}: ${cover}`);
        }
      }
      expect(covered).toEqual([]);
    });
  }

  test("a finger reaches everything", async ({ page, editor }) => {
    for (const width of [360, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      await editor.openManifest(MOUNTED.replace("name: web}", "name: W}"));
      await page.locator("details").evaluateAll((folds) => folds.forEach((fold) => fold.setAttribute("open", "")));
      const small = await page.evaluate(() => {
        const targets = document.querySelectorAll<HTMLElement>("a[href], button, input:not([type=hidden]), select, textarea, summary");
        return [...targets].flatMap((target) => {
          const { width, height } = (target.closest("label") ?? target).getBoundingClientRect();
          // Links within a sentence are as high as its lines (WCAG 2.2, 2.5.8).
          const isInline = target.tagName === "A" && getComputedStyle(target).display === "inline";
          // A mark beside a line is as high as the line; its finding leads to the same place.
          const isHidden = width === 0 || target.closest(".skip, #numbers");
          return isInline || isHidden || (width >= 24 && height >= 24) ? [] : [`${target.outerHTML.slice(0, 80)}: ${width} x ${height}`];
        });
      });
      expect(small, `at ${width}`).toEqual([]);
    }
  });

  test("a mount path can be read", async ({ page, editor }) => {
    for (const [what, manifest] of [["table", MOUNTED], ["cards", IN_CARDS]] as const) {
      await editor.openManifest(manifest);
      for (const width of [320, 360, 768, 1440]) {
        await page.setViewportSize({ width, height: 800 });
        const [content, room] = await editor.input("spec.containers[0].volumeMounts[0].mountPath").evaluate((input) => [input.scrollWidth, input.clientWidth]);
        expect(content, `${what} at ${width}`).toBeLessThanOrEqual(room ?? 0);
      }
    }
  });

  test("a phone shows the picture first, then the form", async ({ page, editor }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await editor.openPreset("One writes, one serves");
    const top = async (selector: string) => await page.locator(selector).evaluate((element) => element.getBoundingClientRect().top);
    expect(await top("#diagram")).toBeLessThan(await top("#editor"));
    expect(await top("#editor")).toBeLessThan(await top("#manifest"));
  });
});

test("what was just added says what to do, and is not red until somebody was there", async ({ page, editor, isMobile }) => {
  test.skip(isMobile, "the same on a phone");
  await editor.openNewPod();
  await editor.press("Add container");
  const image = editor.input("spec.containers[1].image");
  await expect(image).not.toHaveAttribute("aria-invalid", "true");
  await expect(page.locator('[id="spec.containers[1].image:findings"] [data-severity="to-do"]')).toBeVisible();
  await expect(page.locator('[data-severity="error"].message')).toHaveCount(0);
  await expect(editor.finding("spec.containers[1].image")).toHaveCount(1);
  await image.pressSequentially("x");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Tab");
  await expect.poll(async () => await image.evaluate((input) => input.matches(":user-invalid, [aria-invalid=true]"))).toBe(true);
  await editor.fill("spec.containers[1].command", "sleep");
  await expect(image).toHaveAttribute("aria-invalid", "true");
});
