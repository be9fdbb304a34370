/** Pictures of an answer's figures, with the figures as their text alternative. */
import { html, nothing, svg, type TemplateResult } from "lit";
import type { Picture } from "./server";

interface Time {
  opens: string;
  closes: string;
  now: string;
  opens_text: string;
  closes_text: string;
  now_text: string;
  alternative: string;
}

interface Residents {
  residents: number;
  threshold: number;
  residents_text: string;
  threshold_text: string;
  alternative: string;
}

export function picture(drawn: Picture): TemplateResult | typeof nothing {
  if (drawn.kind === "time") return time(drawn as unknown as Time);
  if (drawn.kind === "residents") return residents(drawn as unknown as Residents);
  return nothing;
}

/** A line from opening to closing with the present moment on it. */
function time(drawn: Time): TemplateResult {
  const [opens, closes, now] = [drawn.opens, drawn.closes, drawn.now].map(Date.parse) as [
    number,
    number,
    number,
  ];
  const share = Math.min(1, Math.max(0, (now - opens) / (closes - opens)));
  const here = percent(0.02 + share * 0.96);
  const anchor = share < 0.15 ? "start" : share > 0.85 ? "end" : "middle";
  const edge = { start: "0", middle: here, end: "100%" }[anchor];
  return html`<svg role="img" aria-label=${drawn.alternative}>
    ${svg`
      <line x1="2%" y1="2.75em" x2="98%" y2="2.75em" class="rest" />
      <line x1="2%" y1="2.75em" x2=${here} y2="2.75em" class="gone" />
      <circle cx=${here} cy="2.75em" r="7" />
      <text x=${edge} y="1.25em" text-anchor=${anchor}>${drawn.now_text}</text>
      <text x="0" y="5em">${drawn.opens_text}</text>
      <text x="100%" y="5em" text-anchor="end">${drawn.closes_text}</text>
    `}
  </svg>`;
}

/** A bar of a municipality's residents with the threshold marked on it. */
function residents(drawn: Residents): TemplateResult {
  const most = Math.max(drawn.residents, drawn.threshold) * 1.05;
  const limit = drawn.threshold / most;
  const at = percent(limit);
  return html`<svg role="img" aria-label=${drawn.alternative}>
    ${svg`
      <rect y="1.9em" width="100%" height="1.5em" class="rest" />
      <rect y="1.9em" width=${percent(drawn.residents / most)} height="1.5em" class="gone" />
      <line x1=${at} y1="1.5em" x2=${at} y2="3.8em" class="halo" />
      <line x1=${at} y1="1.5em" x2=${at} y2="3.8em" class="limit" />
      <text x="0" y="1.25em">${drawn.residents_text}</text>
      <text x=${at} y="5em" text-anchor=${limit > 0.5 ? "end" : "start"}
        >${drawn.threshold_text}</text>
    `}
  </svg>`;
}

/** Of the picture's width, so that its text keeps its size however narrow it is. */
function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}
