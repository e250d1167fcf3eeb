// The picture: as a file of its own, which brings its colours along, and beside the form, where it can be used.

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import type { Locator, Page } from "@playwright/test";

import { expect, expectAccessible, test } from "../fixtures";

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

/** A Pod whose `containers` mount a part of its `volumes`, or all. */
function pod(containers: number, volumes: number, mounts: (container: number, volume: number) => boolean = () => true): string {
  const count = (length: number) => Array.from({ length }, (_, index) => index);
  const spec = {
    containers: count(containers).map((container) => ({
      name: `container-${container}`,
      image: "alpine:3.22",
      volumeMounts: count(volumes)
        .filter((volume) => mounts(container, volume))
        .map((volume) => ({ name: `volume-${volume}`, mountPath: `/data/${volume}`, readOnly: (container + volume) % 3 > 0 })),
    })),
    volumes: count(volumes).map((volume) => ({
      name: `volume-${volume}`,
      emptyDir: volume % 2 ? { medium: "Memory", sizeLimit: "64Mi" } : { sizeLimit: "1Gi" },
    })),
  };
  return JSON.stringify({ apiVersion: "v1", kind: "Pod", metadata: { name: "many" }, spec });
}

const shape = (page: Page, field: string): Locator => page.locator(`#diagram [data-field="${field}"]`);

test.describe("beside the form", () => {
  for (const [containers, volumes] of [[3, 2], [8, 6], [20, 20]] as const) {
    test(`${containers} containers that share ${volumes} volumes are legible`, async ({ page, editor }) => {
      if (containers > 8) {
        const manifest = pod(containers, volumes);
        const { location } = (await page.request.post("/", { multipart: { manifest }, maxRedirects: 0 })).headers();
        await page.goto(`${location}.svg`);
      } else {
        await editor.openManifest(pod(containers, volumes));
      }
      const found = await page.locator("svg.pod-diagram").evaluate((svg: SVGSVGElement) => {
        const texts = [...svg.querySelectorAll("text")].map((text) => ({ text, box: text.getBoundingClientRect() }));
        const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
        const sizes = texts.map(({ text }) => Number.parseFloat(getComputedStyle(text).fontSize) * scale);
        const [frame] = svg.getElementsByClassName("frame");
        const outer = frame?.getBoundingClientRect();
        const leaves = texts.filter(({ text, box }) => {
          const card = text.parentElement?.querySelector(":scope > .card")?.getBoundingClientRect() ?? outer;
          return card !== undefined && (box.left < card.left || box.right > card.right);
        });
        // The lines of a font stand closer than its box is high.
        const overlap = texts.flatMap(({ text, box }, index) =>
          texts
            .slice(index + 1)
            .filter((other) => box.left < other.box.right && other.box.left < box.right)
            .filter((other) => box.top + 3 < other.box.bottom && other.box.top + 3 < box.bottom)
            .map((other) => `${text.textContent} and ${other.text.textContent}`),
        );
        return { smallest: Math.min(...sizes), leaves: leaves.map(({ text }) => text.textContent), overlap };
      });
      expect(found.smallest).toBeGreaterThanOrEqual(11);
      expect(found).toMatchObject({ leaves: [], overlap: [] });
    });
  }

  test("with lanes it is accessible", async ({ page, editor, javaScriptEnabled, isMobile }) => {
    test.skip(isMobile || !javaScriptEnabled, "the same on a phone");
    await editor.openManifest(pod(5, 2));
    await expectAccessible(page);
  });

  test("it says in words who writes and what goes wrong", async ({ page, editor }) => {
    await editor.openPreset("One writes, one serves");
    const picture = page.getByRole("group", { name: "Pod web-content" });
    await expect(picture).toHaveAccessibleDescription(/writer can write, web can only read/);
    await expect(picture.getByRole("link", { name: "web only reads html at /usr/share/nginx/html." })).toBeVisible();
    await editor.fill("spec.volumes[0].name", "Not_a_name");
    await expect(shape(page, "spec.volumes[0]").locator(".mark.error")).toBeVisible();
    await expect(shape(page, "spec.volumes[0]").locator("title")).toContainText("Error:");
  });

  test("the keyboard has one stop, and goes from shape to shape", async ({ page, editor, javaScriptEnabled, isMobile }) => {
    test.skip(isMobile || !javaScriptEnabled, "arrow keys need a script");
    await editor.openPreset("One writes, one serves");
    await expect(page.locator("#diagram [tabindex='0']")).toHaveCount(1);
    await shape(page, "metadata.name").focus();
    const steps = [
      ["ArrowDown", "spec.containers[0]"],
      ["ArrowDown", "spec.containers[0].volumeMounts[0]"],
      ["ArrowRight", "spec.volumes[0]"],
      ["ArrowLeft", "spec.containers[1]"],
      ["ArrowDown", "spec.containers[1].volumeMounts[0]"],
      ["ArrowUp", "spec.containers[1]"],
    ] as const;
    for (const [key, field] of steps) {
      await page.keyboard.press(key);
      await expect(shape(page, field)).toBeFocused();
    }
    await page.keyboard.press("Enter");
    await editor.expectFocus("spec.containers[1]");
  });

  test("a volume is shared with the keyboard", async ({ page, editor, javaScriptEnabled, isMobile }) => {
    test.skip(isMobile || !javaScriptEnabled, "without a script the table shares");
    await editor.openManifest(pod(2, 2, (container, volume) => container === 0 || volume === 0));
    const offers = page.locator("#diagram .offer");
    await expect(offers.first()).toBeHidden();
    await shape(page, "spec.volumes[1]").focus();
    await expect(offers.and(page.locator(":visible"))).toHaveCount(1);
    await offers.and(page.locator(":visible")).focus();
    await editor.changed(() => page.keyboard.press("Enter"));
    await expect(shape(page, "spec.containers[1].volumeMounts[1]")).toBeVisible();
  });

  test("a volume is shared by two clicks", async ({ page, editor, javaScriptEnabled }) => {
    test.skip(!javaScriptEnabled, "without a script the table shares");
    await editor.openManifest(pod(8, 6, (container, volume) => container !== 5 || volume !== 1));
    await shape(page, "spec.volumes[1]").click();
    await editor.changed(() => page.locator("#diagram .offer:visible").click());
    await expect(editor.input("spec.containers[5].volumeMounts[5].mountPath")).toHaveCount(1);
  });

  test("a volume is shared by two clicks where there are too many for the table", async ({ page, editor, javaScriptEnabled, isMobile }) => {
    test.skip(isMobile || !javaScriptEnabled, "without a script the cards of the volumes share");
    await editor.openManifest(pod(21, 20, (container, volume) => container === volume));
    await expect(page.locator(".sharing")).toHaveCount(0);
    await shape(page, "spec.volumes[1]").click();
    const offers = page.locator("#diagram .offer:visible");
    await expect(offers).toHaveCount(20);
    await editor.changed(() => offers.first().click());
    await expect(editor.input("spec.containers[0].volumeMounts[1].mountPath")).toHaveCount(1);
  });

  test("a line is dragged from a volume to a container", async ({ page, editor, javaScriptEnabled, isMobile }) => {
    test.skip(isMobile || !javaScriptEnabled, "where a pointer is fine");
    await editor.openManifest(pod(2, 2, (container, volume) => container === 0 || volume === 0));
    await shape(page, "spec.volumes[1]").hover();
    await page.mouse.down();
    await shape(page, "metadata.name").hover();
    await expect(page.locator("#diagram .drag path")).toHaveAttribute("d", /^M\d+ \d+L/);
    await shape(page, "spec.containers[1]").hover({ position: { x: 20, y: 10 } });
    await editor.changed(() => page.mouse.up());
    await expect(shape(page, "spec.containers[1].volumeMounts[1]")).toBeVisible();
  });

  test("what is chosen shows in forced colours, and nothing on paper is grey", async ({ page, editor, javaScriptEnabled, isMobile }) => {
    test.skip(isMobile || !javaScriptEnabled, "the same on a phone");
    await editor.openPreset("One writes, one serves");
    await page.emulateMedia({ forcedColors: "active" });
    const card = shape(page, "spec.volumes[0]").locator(".card");
    const before = await card.evaluate((card) => getComputedStyle(card).stroke);
    await shape(page, "spec.volumes[0]").focus();
    await expect(card).not.toHaveCSS("stroke", before);
    await expect(card).toHaveCSS("stroke-width", "3px");
    await page.emulateMedia({ forcedColors: "none", media: "print" });
    await expect(shape(page, "spec.containers[0]").locator(".card")).toHaveCSS("stroke", "rgb(0, 0, 0)");
    await expect(shape(page, "spec.containers[0]").locator(".name")).toHaveCSS("fill", "rgb(0, 0, 0)");
  });
});

test("paths and images keep within their cards with the widest spacing of letters that a reader may set", async ({ page, editor }) => {
  await editor.openPreset("One writes, one serves");
  const path = page.locator("#diagram .path", { hasText: "/usr/share/nginx/html" });
  const spacing = "* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important; line-height: 1.5 !important }";
  await page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets.push(sheet);
  }, spacing);
  await expect(path).toHaveCSS("letter-spacing", /^1\.\d+px$/);
  const room = await path.evaluate((element) => {
    const { left, right, top } = element.getBoundingClientRect();
    const boxes = [...document.querySelectorAll("#diagram rect.card")].map((card) => card.getBoundingClientRect());
    const around = boxes.filter((box) => box.left < left && left < box.right && box.top < top && top < box.bottom);
    return Math.min(...around.map((box) => box.right)) - right;
  });
  expect(room).toBeGreaterThan(0);
  expect(room).toBeLessThan(100);
});
