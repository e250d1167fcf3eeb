// The picture as a file of its own, which brings its colours along.

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { expect, test } from "../fixtures";

const COLOURS = {
  light: { paper: "rgb(255, 255, 255)", frame: "rgb(213, 219, 227)", name: "rgb(31, 41, 55)" },
  dark: { paper: "rgb(15, 23, 42)", frame: "rgb(51, 65, 85)", name: "rgb(229, 231, 235)" },
};

for (const colorScheme of ["light", "dark"] as const) {
  test(`opened by itself it has its ${colorScheme} colours`, async ({ page, editor, isMobile }, { outputDir }) => {
    test.skip(isMobile, "the same on a phone");
    await editor.openPreset("One writes, one serves");
    await page.emulateMedia({ colorScheme });
    await page.goto((await page.getByRole("link", { name: "SVG", exact: true }).getAttribute("href")) ?? "");
    const { paper, frame, name } = COLOURS[colorScheme];
    await expect(page.locator(".paper")).toHaveCSS("fill", paper);
    await expect(page.locator(".frame")).toHaveCSS("stroke", frame);
    await expect(page.locator(".volume .name")).toHaveCSS("fill", name);
    await page.screenshot({ path: `${outputDir}/${colorScheme}.png` });
  });
}

test.describe("on another site", () => {
  test.use({ expectedMessages: [/blocked by CORS policy|ERR_FAILED/] });

  test("the picture is shown, and the manifest can be read, but not the page", async ({ page, editor, isMobile, javaScriptEnabled }) => {
    test.skip(isMobile || javaScriptEnabled === false, "asks with a script");
    await editor.openPreset("One writes, one serves");
    const address = page.url();
    const site = createServer((_, response) => response.end(`<!DOCTYPE html><img src="${address}.svg">`)).listen(0, "127.0.0.1");
    await once(site, "listening");
    await page.goto(`http://localhost:${(site.address() as AddressInfo).port}`);
    const width = () => page.locator("img").evaluate((image: HTMLImageElement) => image.naturalWidth);
    await expect.poll(width).toBeGreaterThan(100);
    const read = (file: string) => page.evaluate(async (file) => (await fetch(file)).text(), file);
    expect(await read(`${address}.yaml`)).toContain("name: web-content");
    expect(JSON.parse(await read(`${address}.json`))).toMatchObject({ kind: "Pod" });
    await expect(read(address)).rejects.toThrow("Failed to fetch");
    site.closeAllConnections();
    site.close();
  });
});
