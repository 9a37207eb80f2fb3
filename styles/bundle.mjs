// One small file of nl.css and what it takes in: `node bundle.mjs <file>`. The theme has thousands of tokens, most of
// them for what the pages do not have, so each is filled in where a component asks for it.
import { readFileSync, writeFileSync } from "node:fs";
import { bundle, transform } from "lightningcss";

const THEME = /\.voorbeeld-theme\{([^}]*)\}/g;
const DECLARED = /(?<![\w-])(--[\w-]+):([^;}]*)/g;

const here = (name) => new URL(name, import.meta.url);
const read = (name) => JSON.parse(readFileSync(here(name), "utf8"));

const whole = bundle({ filename: here("nl.css").pathname, minify: true }).code.toString();
const theme = [...whole.matchAll(THEME)].map(([, block]) => block).join(";");
const components = whole.replaceAll(THEME, "");
const tokens = new Map([...theme.matchAll(DECLARED)].map(([, name, value]) => [name, value]));
const byComponents = new Set([...components.matchAll(DECLARED)].map(([, name]) => name));

/** The text with every token of the theme filled in, and the fallback of those that nobody sets. */
function filledIn(text) {
  const start = text.search(/(?<![\w-])var\(/);
  if (start < 0) return text;
  const from = start + "var(".length;
  let [end, depth] = [from, 1];
  for (; depth > 0; end++) depth += { "(": 1, ")": -1 }[text[end]] ?? 0;
  const [, name, fallback] = text.slice(from, end - 1).match(/^(--[\w-]+)(?:,(.*))?$/s);
  return text.slice(0, start) + value(name, fallback) + filledIn(text.slice(end));
}

function value(name, fallback) {
  if (!byComponents.has(name) && tokens.has(name)) return filledIn(tokens.get(name));
  if (fallback === undefined) return `var(${name})`;
  return byComponents.has(name) ? `var(${name},${filledIn(fallback)})` : filledIn(fallback);
}

const packages = Object.keys(read("package.json").dependencies).filter((name) => name.startsWith("@"));
const credits = packages.map((name) => {
  const { version, license } = read(`node_modules/${name}/package.json`);
  return ` * ${name} ${version}, ${license}`;
});
const style = transform({ filename: "nl.css", code: Buffer.from(filledIn(components)), minify: true }).code;
writeFileSync(process.argv[2], ["/*! NL Design System", ...credits, " */", style].join("\n"));
