/** An answer's text as paragraphs, lists and links: never as markup of its own. */
import { html, type TemplateResult } from "lit";

const LINK = /(https?:\/\/[^\s<>"”]+[^\s<>"”.,;:!?)])/;

export function said(text: string): TemplateResult[] {
  const blocks: TemplateResult[] = [];
  let items: string[] = [];
  const flush = () => {
    if (items.length) blocks.push(html`<ul>${items.map((item) => html`<li>${linked(item)}</li>`)}</ul>`);
    items = [];
  };
  for (const line of text.split("\n")) {
    if (line.startsWith("- ")) items.push(line.slice(2));
    else {
      flush();
      if (line.trim()) blocks.push(html`<p>${linked(line)}</p>`);
    }
  }
  flush();
  return blocks;
}

function linked(text: string): (string | TemplateResult)[] {
  return text
    .split(LINK)
    .map((part, place) =>
      place % 2 ? html`<a href=${part} target="_blank" rel="noopener noreferrer">${part}</a>` : part,
    );
}
