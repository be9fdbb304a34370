import { defineConfig } from "vite";

// One file that loads nothing further: what a page embeds, it can also pin by its hash.
export default defineConfig({
  build: {
    lib: { entry: "src/embed.ts", formats: ["es"], fileName: () => "chat.js" },
    outDir: "../static",
    emptyOutDir: false,
    target: "es2022",
  },
});
