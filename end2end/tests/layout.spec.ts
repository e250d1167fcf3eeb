// No page is wider than its window, at any width and zoom, and nothing moves while it loads.

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { expect, layoutShift, test } from "../fixtures";

/** Widths of windows; the last is a desktop at 400 %, where a window of 1,280 pixels has 320. */
const WIDTHS = [320, 360, 768, 1440];

const MANY = (count: number, item: (index: number) => string): string => Array.from({ length: count }, (_, index) => item(index)).join("");
const LARGE =
  `kind: Pod\napiVersion: v1\nmetadata: {name: large}\nspec:\n  containers:\n${MANY(12, (index) => `  - {name: "c${index}", image: "nginx:1.29", volumeMounts: [{name: v${index}, mountPath: /mnt/${"long-".repeat(12)}}]}\n`)}` +
  `  volumes:\n${MANY(12, (index) => `  - {name: v${index}, emptyDir: {}}\n`)}`;

/** Names as long as they may be, of two containers and their volumes. */
const LONG = [...'ab'].map((letter) => letter.repeat(63));
const NAMES =
  `kind: Pod\napiVersion: v1\nmetadata: {name: ${"n".repeat(253)}}\nspec:\n  containers:\n${LONG.map((name) => `  - {name: ${name}, image: "nginx:1.29", volumeMounts: [{name: ${name}, mountPath: /${"p".repeat(99)}}]}\n`).join("")}` +
  `  volumes:\n${LONG.map((name) => `  - {name: ${name}, emptyDir: {}}\n`).join("")}`;

test.beforeEach(({}, { project }) => {
  test.skip(project.name !== "desktop", "the widths are given");
});

test.use({ expectedMessages: [/status of 422/] });

test("no page is wider than its window", async ({ page, editor, open }) => {
  const fits = async (what: string) => {
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      const [content, window_] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
      expect(content, `${what} at ${width}`).toBeLessThanOrEqual(window_ ?? 0);
    }
  };
  await open("/");
  await page.getByText("Try it in a cluster").evaluateAll((folds) => folds.forEach((fold) => fold.parentElement?.setAttribute("open", "")));
  await fits("the start page with open folds");
  await editor.openPreset("A sidecar follows the log");
  await page.locator("details").evaluateAll((folds) => folds.forEach((fold) => fold.setAttribute("open", "")));
  await fits("the editor with open folds");
  await page.goto(`${new URL(page.url()).pathname}?since=${new URL(page.url()).pathname.split("/").pop() ?? ""}`);
  await editor.opened();
  await page.getByText("Edit", { exact: true }).click();
  await page.locator("#text-box").fill(`kind: Pod\nname: [${"long ".repeat(100)}`);
  await expect(page.locator("#text-refusal")).toBeVisible();
  await fits("the editor with a text that cannot be read");
  await editor.openManifest(LARGE);
  await fits("the editor of a large document");
  await editor.openManifest(NAMES);
  await fits("the editor of long names");
  await open("/");
  await fits("the start page with a long name among the last documents");
  await open("/check");
  await page.getByLabel("Paste YAML or JSON").fill(`${LARGE}x`.repeat(2));
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await expect(page.locator(".checked").first()).toBeVisible();
  await fits("a check");
});

test("nothing moves while a page loads", async ({ page, editor }) => {
  await editor.openPreset("One writes, one serves");
  await page.reload();
  await editor.opened();
  expect(await layoutShift(page)).toBe(0);
});

for (const width of [360, 1440]) {
  test(`nothing moves at ${width} while a page arrives in parts`, async ({ page, editor, baseURL }) => {
    test.slow();
    await page.setViewportSize({ width, height: 740 });
    await editor.openPreset("One writes, one serves");
    const { pathname } = new URL(page.url());
    // A server that stops for a while where it is told to, as a slow line would.
    let pause = "";
    const line = createServer(async (request, answer) => {
      const whole = await fetch(new URL(request.url ?? "/", baseURL));
      const body = Buffer.from(await whole.arrayBuffer());
      answer.setHeader("content-type", whole.headers.get("content-type") ?? "");
      const end = request.url === pathname ? body.indexOf(pause) : 0;
      answer.write(body.subarray(0, end));
      setTimeout(() => answer.end(body.subarray(end)), end > 0 ? 500 : 0);
    }).listen(0, "127.0.0.1");
    await once(line, "listening");
    for (pause of ["spec.containers[0].volumeMounts[0].mountPath", 'class="result-side"', 'class="take-away"', 'id="manifest"']) {
      await page.goto(`http://127.0.0.1:${(line.address() as AddressInfo).port}${pathname}`);
      await editor.opened();
      expect(await layoutShift(page), `after a pause before ${pause}`).toBe(0);
    }
    await expect(page.locator("#editor")).toBeVisible();
    line.close();
  });
}

test("on a phone, one line stands above the first container where there are no volumes", async ({ page, editor }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const top = async (selector: string) => (await page.locator(selector).first().boundingBox())?.y ?? NaN;
  const container = '{name: web, image: "nginx:1.29"}';
  await editor.openManifest(`kind: Pod\napiVersion: v1\nmetadata: {name: a}\nspec:\n  containers:\n  - ${container}\n`);
  expect((await top(".sharing tbody tr")) - (await top(".sharing table"))).toBeLessThan(2);
  await expect(page.locator(".sharing tbody tr").first()).toHaveCSS("border-top-width", "0px");
});
