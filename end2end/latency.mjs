// Measures how long the preview takes to follow a key press, in Chromium: `make latency`.
//
// The time runs from the event of the key to the frame in which the manifest shows what was typed.

import { spawn } from "node:child_process";
import { once } from "node:events";

import { chromium } from "@playwright/test";

import { CHROMIUM } from "./chromium.mjs";

const KEYS = 60;
const binary = process.argv[2] ?? "../target/release/podweave";
const server = spawn(binary, ["--addr", "127.0.0.1:0"], { stdio: ["ignore", "ignore", "pipe"] });
const [line] = await once(server.stderr, "data");
const base = String(line).match(/http:\/\/[\d.:]+/)?.[0];

const browser = await chromium.launch(CHROMIUM);

const pod = (containers, volumes) => {
  const mounts = Array.from({ length: volumes }, (_, index) => `    - {name: v${index}, mountPath: /mnt/v${index}}\n`).join("");
  const container = (index) => `  - name: c${index}\n    image: nginx:1.29-alpine\n    volumeMounts:\n${mounts}`;
  const volume = (index) => `  - name: v${index}\n    emptyDir: {}\n`;
  const list = (count, item) => Array.from({ length: count }, (_, index) => item(index)).join("");
  return `apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\nspec:\n  containers:\n${list(containers, container)}  volumes:\n${list(volumes, volume)}`;
};

async function measure(containers, volumes) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
  await page.goto(base);
  await page.getByLabel("Paste YAML or JSON").fill(pod(containers, volumes));
  await page.getByRole("button", { name: "Open manifest" }).click();
  await page.locator(":root[data-live]").waitFor();
  await page.evaluate(() => {
    const input = document.getElementById("metadata.name");
    window.times = [];
    input.addEventListener("input", () => {
      const begun = performance.now();
      const wanted = `name: ${input.value}\n`;
      const look = () => {
        const shown = [...document.querySelectorAll("#manifest .line")].slice(0, 8).some((line) => line.textContent.trim() === wanted.trim());
        if (shown) requestAnimationFrame(() => window.times.push(performance.now() - begun));
        else setTimeout(look, 1);
      };
      look();
    });
  });
  await page.locator('[id="metadata.name"]').focus();
  await page.keyboard.press("End");
  for (let key = 0; key < KEYS; key += 1) {
    await page.keyboard.type("abcdefghij"[key % 10]);
    await page.waitForFunction((count) => window.times.length > count, key);
    await page.waitForTimeout(50);
  }
  const times = (await page.evaluate(() => window.times)).sort((a, b) => a - b);
  await page.close();
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(0);
  console.log(`${containers} containers x ${volumes} volumes: median ${at(0.5)} ms, p95 ${at(0.95)} ms`);
}

try {
  await measure(2, 1);
  await measure(20, 1);
  await measure(20, 20);
} finally {
  await browser.close();
  server.kill();
}
