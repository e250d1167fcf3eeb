// Makes target/site from style/, public/ and what `bindgen` left in target/bindgen. Everything is also compressed, once,
// as strongly as it goes, so that the server never has to. With `--dev`, nothing is optimised or compressed.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { buildSync } from "esbuild";

const dev = process.argv.includes("--dev");
const site = "target/site";
const pkg = join(site, "pkg");
const wasmOpt = fileURLToPath(new URL("node_modules/.bin/wasm-opt", import.meta.url));
// What rustc's wasm32-unknown-unknown uses, and every browser of the last years has.
const wasmFeatures = ["bulk-memory", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext"].map(
  (feature) => `--enable-${feature}`,
);

rmSync(site, { recursive: true, force: true });
mkdirSync(pkg, { recursive: true });
cpSync("public", site, { recursive: true });
minify("target/bindgen/podweave.js", "podweave.js");
minify("style/main.css", "podweave.css");
optimise("target/bindgen/podweave_bg.wasm", "podweave_bg.wasm");
if (!dev) files(site).forEach(compress);

function minify(from, name) {
  buildSync({ entryPoints: [from], outfile: join(pkg, name), minify: !dev, target: "es2022", legalComments: "none" });
}

function optimise(from, name) {
  const to = join(pkg, name);
  if (dev) cpSync(from, to);
  else execFileSync(wasmOpt, ["-Oz", "--strip-target-features", ...wasmFeatures, from, "-o", to]);
}

function compress(file) {
  const plain = readFileSync(file);
  const params = { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
  const brotli = brotliCompressSync(plain, { params });
  writeFileSync(`${file}.br`, brotli);
  writeFileSync(`${file}.gz`, gzipSync(plain, { level: 9 }));
  console.log(`${file}: ${plain.length} bytes, ${brotli.length} with brotli`);
}

function files(directory) {
  const paths = readdirSync(directory, { recursive: true }).map((name) => join(directory, name));
  return paths.filter((path) => statSync(path).isFile());
}
