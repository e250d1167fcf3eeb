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
// What rustc's wasm32-unknown-unknown uses, and every browser of the last years has.
const wasmFeatures = ["bulk-memory", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext"].map(
  (feature) => `--enable-${feature}`,
);

rmSync(site, { recursive: true, force: true });
mkdirSync(pkg, { recursive: true });
cpSync("public", site, { recursive: true });
bundle("style/podweave.css", "podweave.css");
const script = readFileSync("target/bindgen/podweave.js", "utf8");
if (dev) {
  writeFileSync(join(pkg, "podweave.js"), script);
  cpSync("target/bindgen/podweave_bg.wasm", join(pkg, "podweave_bg.wasm"));
} else {
  writeFileSync("target/bindgen/renamed.js", renamed(script, optimise("podweave_bg.wasm")));
  writeFileSync("target/bindgen/entry.js", `export { default, ${islands(script)} } from "./renamed.js";`);
  bundle("target/bindgen/entry.js", "podweave.js");
}
if (!dev) files(site).forEach(compress);

function bundle(from, name) {
  buildSync({
    entryPoints: [from], outfile: join(pkg, name), bundle: true, minify: !dev, format: "esm", target: "es2022", legalComments: "none",
  });
}

// The functions that the page calls; what else wasm-bindgen writes, nobody needs.
function islands(script) {
  return [...script.matchAll(/^export function (\w+)/gm)].map(([, name]) => name);
}

// Writes the module as small as it gets, and returns the short names of what it imports and exports, by those that they had.
// `weigh` reads the module that is left in between, which has the names of its functions.
function optimise(name) {
  const [from, named] = [join("target/bindgen", name), "target/bindgen/named.wasm"];
  wasmOpt(["-Oz", "--strip-target-features", "--debuginfo", from, "-o", named]);
  const output = wasmOpt(["--strip-debug", "--minify-imports-and-exports-and-modules", named, "-o", join(pkg, name)]);
  const { imports, exports } = JSON.parse(output);
  return new Map([...imports.map(([, long, short]) => [long, short]), ...exports.map(([long, short]) => [long, short])]);
}

function wasmOpt(options) {
  const program = fileURLToPath(new URL("node_modules/.bin/wasm-opt", import.meta.url));
  return execFileSync(program, [...wasmFeatures, ...options], { encoding: "utf8" });
}

// The script with the names that the module now has, of its imports, its exports and the one module that it imports from; and
// without the classes that no function makes, which would stay for what is said about them next to them.
function renamed(script, names) {
  const short = (whole, before, name) => (names.has(name) ? before + names.get(name) : whole);
  return script
    .replace(/^export class \w+ \{\n[^]*?^\}\n(if \(Symbol\.dispose\).*\n)?/gm, "")
    .replace('"./podweave_bg.js": import0', "a: import0")
    .replace(/^( {8})(\w+)(?=: function)/gm, short)
    .replace(/(\bwasm\.)(\w+)/g, short);
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
