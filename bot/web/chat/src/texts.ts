/** What the chat itself says, in each language: the files in ../../texts. */
import { chat as en } from "../../texts/en.json";
import { chat as fi } from "../../texts/fi.json";
import { chat as sv } from "../../texts/sv.json";

export type Language = "fi" | "sv" | "en";
export type Text = keyof typeof fi;

const TEXTS: Record<Language, Record<Text, string>> = { fi, sv, en };

export function isLanguage(value: string | null | undefined): value is Language {
  return value === "fi" || value === "sv" || value === "en";
}

const unknown = new Set<string>();

/** The language asked for, else that of the page, else Finnish. */
export function chosen(wanted: string | null): Language {
  const page = document.documentElement.lang.slice(0, 2);
  if (isLanguage(wanted)) return wanted;
  if (wanted && !unknown.has(wanted)) {
    unknown.add(wanted);
    console.warn(`Hakuneuvoja: "${wanted}" is none of the languages fi, sv, en`);
  }
  return isLanguage(page) ? page : "fi";
}

export function say(language: Language, text: Text, values: Record<string, number | string> = {}): string {
  return TEXTS[language][text].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}

/** "in 5 seconds", in the language's own grammar. */
export function soon(language: Language, seconds: number): string {
  return new Intl.RelativeTimeFormat(language).format(seconds, "second");
}
