// Builds src/konveyer/static/dist from frontend/ and node_modules. Run by tools/front_end.py; needs no network.
import { build } from "esbuild";
import { mkdir, readFile, rm, stat, writeFile, readdir } from "node:fs/promises";
import { join } from "node:path";

const out = "src/konveyer/static/dist";
const icons = "node_modules/@tabler/icons/icons/outline";
const shipped = ["@alpinejs/csp", "@fontsource-variable/inter", "@tabler/icons", "htmx.org", "sortablejs"];

async function sprite() {
  const names = (await readFile("frontend/icons.txt", "utf8")).split("\n").map((line) => line.trim());
  const symbols = [];
  for (const name of names.filter((line) => line && !line.startsWith("#"))) {
    const svg = await readFile(join(icons, `${name}.svg`), "utf8").catch(() => {
      throw new Error(`frontend/icons.txt names "${name}", which is not a Tabler outline icon`);
    });
    const drawing = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
    const shapes = drawing.replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none" ?\/>/, "").replace(/\s*\n\s*/g, "").trim();
    symbols.push(`<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`);
  }
  await writeFile(join(out, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`);
  return symbols.length;
}

async function licences() {
  const texts = [];
  for (const name of shipped) {
    const home = join("node_modules", name);
    const { version, license } = JSON.parse(await readFile(join(home, "package.json"), "utf8"));
    const file = (await readdir(home)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? await readFile(join(home, file), "utf8") : `${license}\n`;
    texts.push(`${name} ${version} (${license})\n\n${text.trim()}\n`);
  }
  await writeFile(join(out, "LICENSES.txt"), texts.join(`\n${"-".repeat(78)}\n\n`));
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await build({
  entryPoints: { app: "frontend/scripts/app.js" },
  outdir: out,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022"],
  legalComments: "linked",
  logLevel: "warning",
});
await build({
  entryPoints: { app: "frontend/styles/app.css" },
  outdir: out,
  bundle: true,
  minify: true,
  // light-dark(), nesting and :has() stay as written: every browser since 2024 knows them
  target: ["chrome124", "firefox125", "safari17.5"],
  loader: { ".woff2": "file" },
  assetNames: "[name]",
  legalComments: "linked",
  logLevel: "warning",
});
const count = await sprite();
await licences();

for (const file of (await readdir(out)).sort()) {
  const { size } = await stat(join(out, file));
  console.log(`  ${file.padEnd(40)} ${(size / 1024).toFixed(0).padStart(5)} KB${file === "icons.svg" ? `  ${count} icons` : ""}`);
}
