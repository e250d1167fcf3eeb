// The pages are valid HTML, as the server sends them.

import { HtmlValidate } from "html-validate";

import { expect, test } from "../fixtures";

const validator = new HtmlValidate({
  extends: ["html-validate:standard"],
  elements: ["html5", { "leptos-island": { flow: true, phrasing: true, transparent: true, attributes: { "data-component": { required: true } } } }],
});

test.beforeEach(({}, { project }) => {
  test.skip(project.name !== "desktop", "the same for every browser");
});

/** Fails unless the checker finds nothing to object to in `html`. */
async function expectValid(html: string): Promise<void> {
  const { results } = await validator.validateString(html);
  const found = results.flatMap(({ messages }) => messages.map(({ ruleId, message, line, column }) => `${line}:${column} ${ruleId}: ${message}`));
  expect(found).toEqual([]);
}

test("the pages are valid", async ({ page, request }) => {
  await page.goto("/");
  const links = await page.getByRole("listitem").getByRole("link").evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  expect(links.length).toBeGreaterThan(4);
  const empty = (await page.getByRole("link", { name: "Start with a new Pod" }).getAttribute("href")) ?? "";
  for (const path of ["/", "/check", "/rules", "/rules/tail-name", "/rules/decode", "/explain", "/explain/spec", "/explain/spec.volumes.emptyDir.medium", "/explain/spec.volume", "/l/web-content", "/lesson", "/lesson/format", "/nothing", "/p/nothing", empty, ...links]) {
    await test.step(path, async () => expectValid(await (await request.get(path)).text()));
  }
});

test("the pages with findings are valid", async ({ request }) => {
  const broken = "kind: Pod\napiVersion: v1\nmetadata:\n  name: A\nspec:\n  containers:\n  - name: a\n    Image: x\n    volumeMounts:\n    - {name: x, mountPath: ''}\n";
  const advised = "apiVersion: v1\nkind: Pod\nmetadata: {name: a} # podweave: ignore lifetime\nspec:\n  containers:\n  - {name: a, image: alpine, volumeMounts: [{name: v, mountPath: /v}]}\n  volumes:\n  - {name: v, emptyDir: {medium: memory, sizeLimit: 64m}}\n";
  for (const [path, manifest] of [["/check", broken], ["/check", "a: [\n"], ["/", "a: [\n"], ["/", `${broken}---\n${broken}`], ["/", broken], ["/", advised]]) {
    const answer = await request.post(path, { multipart: { manifest } });
    await test.step(`${path} ${manifest.slice(0, 9)}`, async () => expectValid(await answer.text()));
  }
  const opened = await request.post("/", { multipart: { manifest: broken }, maxRedirects: 0 });
  const page = opened.headers()["location"] ?? "";
  await test.step("a frame", async () => expectValid(await (await request.get(page.replace("/p/", "/embed/"))).text()));
  const nameless = (await request.post("/", { multipart: { manifest: "kind: Pod\n" }, maxRedirects: 0 })).headers()["location"] ?? "";
  await test.step("a frame of a broken link", async () => expectValid(await (await request.get("/embed/2x")).text()));
  await test.step("a frame without a name", async () => expectValid(await (await request.get(nameless.replace("/p/", "/embed/"))).text()));
  for (const text of ["a: [\n", "x".repeat(300_000)]) {
    const answer = await request.post(page, { form: { text } });
    await test.step(`an unreadable text of ${text.length}`, async () => expectValid(await answer.text()));
  }
  const compared = await request.get(`${page}?since=${page.split("/").pop() ?? ""}`);
  await test.step("a comparison", async () => expectValid(await compared.text()));
});
