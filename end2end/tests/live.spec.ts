// What only JavaScript can do: the preview follows the typing, on a slow and on a broken connection too.

import type { Page, Route } from "@playwright/test";

import { expect, test } from "../fixtures";

test.skip(({ javaScriptEnabled, isMobile }) => javaScriptEnabled === false || isMobile, "JavaScript, and the same on a phone");

const LINK = "**/p/*";
const NAME = "metadata.name";
const FIRST_NAME = "spec.containers[0].name";

/** Holds every post back until it is let go. */
class Gate {
  private readonly held: Route[] = [];

  constructor(private readonly page: Page) {}

  async close(): Promise<void> {
    await this.page.route(LINK, (route) => void this.held.push(route));
  }

  async holds(count: number): Promise<void> {
    await expect.poll(() => this.held.length).toBe(count);
  }

  /** Answers what is held back, and from now on everything. Requests that the page has given up are gone. */
  async open(): Promise<void> {
    await this.page.unroute(LINK);
    for (const route of this.held.splice(0)) await route.continue().catch(() => {});
  }

  /** Answers the held request with this index. */
  async release(index: number): Promise<void> {
    await this.held[index]?.continue().catch(() => {});
  }
}

test.beforeEach(async ({ editor }) => {
  await editor.openPreset("One writes, one serves");
});

test("typing changes the preview, and neither page, focus nor caret", async ({ page, editor }) => {
  await page.evaluate(() => document.body.setAttribute("data-same-page", ""));
  const name = editor.input(NAME);
  await name.click();
  await name.press("Home");
  await editor.changed(() => name.pressSequentially("my-"));
  await editor.expectManifest("metadata:", "  name: my-web-content");
  await editor.expectFocus(NAME);
  expect(await name.evaluate((input: HTMLInputElement) => input.selectionStart)).toBe(3);
  await editor.changed(() => name.pressSequentially("own-"));
  await expect(name).toHaveValue("my-own-web-content");
  await editor.expectManifest("  name: my-own-web-content");
  await expect(page).toHaveTitle("my-own-web-content · Podweave");
  await expect(page.locator("body")).toHaveAttribute("data-same-page");
  await expect(page.getByLabel("Link to this document")).toHaveValue(page.url());
});

test("the field under the caret is lit up in the manifest", async ({ editor }) => {
  await editor.input(FIRST_NAME).click();
  const line = editor.manifest.locator(`[data-field="${FIRST_NAME}"]`);
  await expect(line).toHaveClass(/lit/);
  await editor.fill(FIRST_NAME, "author");
  await expect(line).toHaveClass(/lit/);
  await expect(line).toHaveText("- name: author");
});

/** What differs between the page and a fresh one of the same address; what a person opened or typed stays out of it. */
const differences = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const fresh = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const OWN = ["data-focus", "data-typed", "data-touched", "open"];
    const lines = (root: Document): string[] => {
      const nodes = [...(root.getElementById("sheet") as Element).querySelectorAll("*")];
      return nodes.filter((node) => !node.closest("leptos-island, #ask, #changes-link")).map((node) => {
        const names = node.getAttributeNames().filter((name) => !OWN.includes(name) && name !== "class");
        const classes = [...node.classList].filter((name) => !["lit", "changed"].includes(name));
        const attributes = names.sort().map((name) => `${name}="${node.getAttribute(name)}"`);
        const text = [...node.childNodes].filter((child) => child.nodeType === Node.TEXT_NODE).map((child) => child.nodeValue);
        return [node.tagName, ...classes, ...attributes, ...text].join(" ");
      });
    };
    const [here, there] = [lines(document), lines(fresh)];
    return here.filter((line, index) => line !== there[index]).slice(0, 5);
  });

test("what an answer leaves out is on the page already", async ({ page, editor }) => {
  const sizes: number[] = [];
  page.on("response", (response) => void response.body().then((body) => sizes.push(body.length)).catch(() => {}));
  const steps = [
    () => editor.fill(NAME, "other"),
    () => editor.press("Add volume"),
    () => editor.fill("spec.volumes[1].name", "Not A Name"),
    () => editor.fill("spec.volumes[1].name", "cache"),
    () => editor.check("spec.volumes[0].emptyDir.medium"),
    () => editor.press("Add container"),
    () => editor.fill("spec.containers[2].image", "redis:8.2-alpine"),
    () => editor.fill("spec.containers[2].command", "sh\n-c\n|\n  sleep 1\n"),
    () => editor.select("spec.restartPolicy", "Never"),
    () => editor.press("Move container redis up"),
    () => editor.changed(async () => void (await page.goBack())),
    () => editor.fill("spec.containers[0].image", "alpine"),
  ];
  for (const [place, step] of steps.entries()) {
    await step();
    await expect.poll(() => differences(page), { message: `step ${place}` }).toEqual([]);
  }
  expect(Math.min(...sizes)).toBeLessThan(20_000);
});

test.describe("a form that was refused", () => {
  test.use({ expectedMessages: [/status of 422/] });

  test("is answered whole", async ({ page, editor }) => {
    await editor.reveal(editor.input("metadata.labels"));
    await editor.input("metadata.labels").fill("app: web\napp: again");
    await expect(page.locator("#refusals")).toBeVisible();
    await editor.fill("metadata.labels", "app: web");
    await expect(page.locator("#refusals")).toHaveCount(0);
    await expect.poll(() => differences(page)).toEqual([]);
  });
});

test("the newest answer wins", async ({ page, editor }) => {
  const gate = new Gate(page);
  await gate.close();
  await editor.input(NAME).fill("first");
  await gate.holds(1);
  await editor.input(NAME).fill("second");
  await editor.input(NAME).fill("third");
  await gate.holds(1);
  await gate.release(0);
  await editor.expectManifest("  name: first");
  await expect(editor.input(NAME)).toHaveValue("third");
  await gate.holds(2);
  await gate.open();
  await editor.expectManifest("  name: third");
  await editor.fill("metadata.namespace", "later");
  await editor.expectManifest("  name: third", "  namespace: later");
});

test("a slow connection is shown", async ({ page, editor }) => {
  const gate = new Gate(page);
  await gate.close();
  await editor.input(NAME).fill("patience");
  await expect(editor.status).toHaveText("Waiting for the server…");
  await gate.open();
  await editor.expectManifest("  name: patience");
  await expect(editor.status).toBeHidden();
});

test.describe("a broken connection", () => {
  test.use({ expectedMessages: [/ERR_(FAILED|INTERNET_DISCONNECTED)|status of (50[023]|41[34]|431)/] });

  test("is shown, and what was typed is sent when it is back", async ({ page, context, editor }) => {
    await context.setOffline(true);
    await editor.input(NAME).fill("kept");
    await expect(editor.status).toContainText("No answer from the server");
    await editor.input(FIRST_NAME).fill("kept-too");
    await editor.expectManifest("  name: web-content");
    await context.setOffline(false);
    await editor.expectManifest("  name: kept");
    await editor.expectManifest("    - name: kept-too");
    await expect(editor.status).toBeHidden();
    await expect(page).toHaveTitle("kept · Podweave");
  });

  test("with a gateway that answers in its place is the same", async ({ page, editor }) => {
    await page.route(LINK, (route) => route.fulfill({ status: 503, contentType: "text/html", body: "<h1>Busy</h1>" }), { times: 2 });
    await editor.input(NAME).fill("kept");
    await expect(editor.status).toContainText("No answer from the server");
    await editor.expectManifest("  name: kept");
    await expect(editor.status).toBeHidden();
  });

  test("with a gateway that never gets an answer is told at last, and the next change asks again", async ({ page, editor }) => {
    await page.clock.install();
    let asked = 0;
    await page.route(LINK, (route) => {
      asked += 1;
      return route.fulfill({ status: 502, contentType: "text/html", body: "<h1>502 Bad Gateway</h1>" });
    });
    await editor.input(NAME).fill("kept");
    await expect(async () => {
      await page.clock.runFor(1_000);
      await expect(editor.status).toContainText("gets no answer from the server", { timeout: 100 });
    }).toPass();
    expect(asked).toBe(6);
    await page.clock.runFor(120_000);
    expect(asked).toBe(6);
    await expect(editor.input(NAME)).toHaveValue("kept");
    await page.unroute(LINK);
    await editor.input("metadata.namespace").fill("later");
    await page.clock.runFor(1_000);
    await editor.expectManifest("  name: kept", "  namespace: later");
    await expect(editor.status).toBeHidden();
  });

  for (const [status, words] of [
    [413, "takes no form of this size"],
    [414, "takes no address as long as this document has"],
    [431, "takes no address as long as this document has"],
  ] as const) {
    test(`is not a proxy that refuses what it is sent with ${status}`, async ({ page, editor }) => {
      let asked = 0;
      await page.route(LINK, (route) => {
        asked += 1;
        return route.fulfill({ status, contentType: "text/html", body: "<h1>Refused</h1>" });
      });
      await editor.input(NAME).fill("kept");
      await expect(editor.status).toContainText(words);
      await expect(editor.input(NAME)).toHaveValue("kept");
      expect(asked).toBe(1);
    });
  }

  test("is not a mistake of the server, which is told and not asked again", async ({ page, editor }) => {
    let asked = 0;
    await page.route(LINK, (route) => {
      asked += 1;
      return route.fulfill({ status: 500, contentType: "text/html", body: '<h1>Wrong</h1><p class="lead">A mistake.</p>' });
    });
    await editor.input(NAME).fill("kept");
    await expect(editor.status).toHaveText("Wrong. A mistake.");
    await expect(editor.input(NAME)).toHaveValue("kept");
    expect(asked).toBe(1);
    await page.unroute(LINK);
    await editor.fill("metadata.namespace", "later");
    await editor.expectManifest("  name: kept", "  namespace: later");
    await expect(editor.status).toBeHidden();
  });
});

test("typing while an edit is under way loses nothing", async ({ page, editor }) => {
  const gate = new Gate(page);
  await gate.close();
  await page.getByRole("button", { name: "Remove container writer" }).click();
  await gate.holds(1);
  const image = editor.input("spec.containers[1].image");
  await image.fill("nginx:typed");
  await gate.holds(2);
  await gate.open();
  await editor.expectManifest("  containers:", "    - name: web", "      image: nginx:typed");
  await expect(editor.input("spec.containers[0].image")).toHaveValue("nginx:typed");
});

test("buttons pressed one after the other all count", async ({ page, editor }) => {
  const gate = new Gate(page);
  await gate.close();
  await page.getByRole("button", { name: "Add container", exact: true }).click();
  await page.getByRole("button", { name: "Add volume" }).click();
  await gate.holds(1);
  await gate.open();
  await editor.expectManifest("    - name: app", "  volumes:");
  await editor.expectManifest("    - name: shared-data", "      emptyDir: {}");
});

test("a choice made while another answer is awaited stays", async ({ page, editor }) => {
  const gate = new Gate(page);
  await gate.close();
  await editor.input(NAME).fill("first");
  await gate.holds(1);
  const mount = editor.input("spec.containers[0].volumeMounts[0].name");
  await editor.reveal(mount);
  await mount.selectOption({ label: "A new volume" });
  await gate.release(0);
  await gate.open();
  await editor.expectManifest("        - name: shared-data", "          mountPath: /html");
  await expect(mount).toHaveValue("shared-data");
  await editor.expectFocus("spec.volumes[1].name");
});
