/** Makes the widget of the scripts and style sheets in api/pages/chat: one file for one script tag. `make widget` runs it. */

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { build, transform } = createRequire(here("../tests/npm/package.json"))("esbuild");

/** A style sheet becomes its text, as short as it can be. */
const styles = {
  name: "styles",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const short = await transform(await readFile(path, "utf8"), { loader: "css", minify: true, charset: "utf8" });
      return { contents: short.code, loader: "text" };
    });
  },
};

await build({
  entryPoints: [here("../api/pages/chat/widget.js")],
  outfile: process.argv[2] ?? here("../api/pages/static/widget.js"),
  bundle: true,
  minify: true,
  format: "iife",
  // Browsers of the last three years, those of the telephones that people keep.
  target: ["chrome111", "firefox113", "safari16.4"],
  charset: "utf8",
  banner: { js: "/* Om de Hoek (EUPL-1.2). Made from api/pages/chat by `make widget`. */" },
  plugins: [styles],
});
