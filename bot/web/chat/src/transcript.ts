/** A conversation as plain text: who said what and when, answered by which version. */
import type { About, Message } from "./server";
import { type Language, say } from "./texts";

export function transcript(
  messages: readonly Message[],
  about: About | null,
  language: Language,
): string {
  const time = new Intl.DateTimeFormat(language === "en" ? "en-GB" : `${language}-FI`, {
    dateStyle: "short",
    timeStyle: "short",
    timeZone: "Europe/Helsinki",
  });
  const said = messages.map((message) => {
    const who = say(language, message.speaker === "bot" ? "adviser" : "you");
    return `${who}, ${time.format(new Date(message.at))}\n${message.text}\n`;
  });
  const versions = { bot: about?.bot_version ?? "?", data: about?.data_version ?? "?" };
  const head = [
    say(language, "saved_as"),
    time.format(new Date()),
    say(language, "versions", versions),
  ];
  return [...head, "", ...said].join("\n");
}

/** Hand a file to the person: `src` is a data or object URL. */
export function download(name: string, src: string): void {
  const link = document.createElement("a");
  link.href = src;
  link.download = name;
  link.click();
}
