// A walk through everything in Firefox, with and without JavaScript.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { test as base } from "@playwright/test";

import { FIREFOX, Firefox, expect } from "../firefox";

const test = base.extend<{ javaScript: boolean; firefox: Firefox }>({
  javaScript: [true, { option: true }],
  firefox: async ({ baseURL, javaScript }, use) => {
    const firefox = await Firefox.launch(baseURL ?? "", { javaScript });
    await use(firefox);
    await firefox.close();
    expect(firefox.complaints, "Firefox's complaints").toEqual([]);
  },
});

test.skip(!existsSync(FIREFOX), `there is no ${FIREFOX}`);
test.slow();

const MEMORY = "spec.volumes[0].emptyDir.medium";
const LIMIT = "spec.volumes[0].emptyDir.sizeLimit";

/** The text of the one file that was downloaded. */
async function downloaded(firefox: Firefox): Promise<string> {
  const files = () => readdirSync(firefox.downloads).filter((name) => name.endsWith(".yaml"));
  await expect.poll(files).toEqual(["shared-files.yaml"]);
  const read = () => readFileSync(join(firefox.downloads, "shared-files.yaml"), "utf8");
  await expect.poll(read).not.toBe("");
  return read();
}

test("a Pod is composed, followed, changed, tried out and taken away", async ({ firefox }) => {
  await test.step("a new Pod, from the start page", async () => {
    await firefox.goto("/");
    await firefox.expectToFit();
    await firefox.press("a", "Start with a new Pod");
    await firefox.live();
    await firefox.expectToFit();
  });
  await test.step("the YAML follows what is typed", async () => {
    await firefox.fill("spec.containers[0].image", "nginx:1.28");
    await firefox.expectText("#manifest", "image: nginx:1.28");
    await firefox.expectText("#manifest .lit", "image: nginx:1.28");
  });
  await test.step("a volume is shared", async () => {
    await firefox.changed(() => firefox.press("button", "Add container"));
    await firefox.fill("spec.containers[1].image", "alpine:3.22");
    await firefox.expectText("#manifest", "name: alpine");
    await firefox.changed(() => firefox.press("button", "Share a new volume between nginx and alpine"));
    await firefox.fill(LIMIT, "64Mi");
    // The answer takes a message away, which moves what is pressed next.
    await firefox.expectText("#manifest", "sizeLimit: 64Mi");
    await firefox.changed(() => firefox.press(`[id="${MEMORY}"]`));
    await firefox.expectText("#manifest", "medium: Memory\n        sizeLimit: 64Mi");
  });
  await test.step("undo and redo", async () => {
    await firefox.press("button", "Undo");
    await expect.poll(() => firefox.text("#manifest")).not.toContain("medium: Memory");
    await firefox.press("button", "Redo");
    await firefox.expectText("#manifest", "medium: Memory");
  });
  await test.step("the text is edited, and the form follows", async () => {
    await firefox.press("#text > summary");
    await firefox.press("#text-box");
    await firefox.key("Control+Home");
    await firefox.changed(() => firefox.type("# mine\n"));
    await firefox.expectText("#manifest", "# mine\napiVersion: v1");
    await firefox.expectToFit();
    await firefox.press("#text > summary");
  });
  await test.step("the picture leads to the input", async () => {
    await firefox.press('#diagram [data-field="spec.volumes[0]"]');
    await expect.poll(() => firefox.focus()).toContain("spec.volumes[0]");
  });
  await test.step("what if", async () => {
    await firefox.press("a", "the Pod is deleted");
    await firefox.expectText(".outcome-of", "shared-data is lost");
  });
  await test.step("the file", async () => {
    await firefox.press("#download");
    expect(await downloaded(firefox)).toBe(await firefox.text("#manifest"));
  });
});

test("a lesson is begun, and a step is done", async ({ firefox }) => {
  await firefox.goto("/l/web-content");
  await firefox.expectToFit();
  await firefox.press("a", "Begin");
  await firefox.live();
  await firefox.expectToFit();
  await firefox.expectText(".lesson [role=status]", "0 of 5 steps done");
  await firefox.changed(() => firefox.press("button", "Add volume"));
  await firefox.fill("spec.volumes[0].name", "html");
  await firefox.expectText(".lesson [role=status]", "1 of 5 steps done");
});

test("a text is checked, and a finding leads to its line", async ({ firefox }) => {
  await firefox.goto("/check");
  await firefox.fill("manifest-text", "apiVersion: v1\nkind: Pod\nmetadata:\nname: A\n");
  await firefox.expectText(".checked", "refuses this manifest");
  await firefox.press(".findings .line-number a");
  await expect.poll(() => firefox.focus()).toBe("manifest-text");
  await firefox.expectToFit();
});

test("every other page is shown whole", async ({ firefox }) => {
  for (const path of ["/rules", "/rules/size-milli", "/explain", "/explain/pod.spec.volumes.emptyDir.sizeLimit", "/lesson"]) {
    await firefox.goto(path);
    await firefox.expectToFit();
  }
});

test.describe("without JavaScript", () => {
  test.use({ javaScript: false });

  test("a Pod is composed and taken away", async ({ firefox }) => {
    await firefox.goto("/");
    await firefox.press("a", "Start with a new Pod");
    await firefox.expectText("#manifest", "image: nginx");
    await firefox.expectToFit();
    await firefox.changed(() => firefox.press("button", "Add container"));
    await firefox.fill("spec.containers[1].image", "alpine:3.22");
    await firefox.changed(() => firefox.press("button", "Share a new volume between nginx and app"));
    await firefox.fill(LIMIT, "64Mi");
    await firefox.press(`[id="${MEMORY}"]`);
    await firefox.changed(() => firefox.press("button", "Apply changes"));
    await firefox.expectText("#manifest", "medium: Memory\n        sizeLimit: 64Mi");
    await firefox.press("#download");
    expect(await downloaded(firefox)).toBe(await firefox.text("#manifest"));
  });
});
