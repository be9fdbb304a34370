/** How the chat looks; a page sets the custom properties of :host to its own colours. */
import { css } from "lit";

export const colours = css`
  .own {
    all: initial; /* a page's own styles reach :host, and would be inherited from there */
    --accent: var(--hakuneuvoja-accent, light-dark(#00478f, #8ec5ff));
    --on-accent: var(--hakuneuvoja-on-accent, light-dark(#fff, #06182c));
    --ground: var(--hakuneuvoja-ground, light-dark(#fff, #15191e));
    --text: var(--hakuneuvoja-text, light-dark(#1b1f24, #eceff3));
    --soft: var(--hakuneuvoja-soft, light-dark(#f0f4f9, #232a32));
    --line: var(--hakuneuvoja-line, light-dark(#6b7785, #8b97a5));
    --quiet: var(--hakuneuvoja-quiet, light-dark(#4c5866, #b9c3ce));
    --wrong: light-dark(#a4160b, #ffb3ab);
    --radius: var(--hakuneuvoja-radius, 0.5em);
    color-scheme: light dark;
    font-family: var(--hakuneuvoja-font, system-ui, sans-serif);
    font-size: var(--hakuneuvoja-size, medium);
    line-height: 1.5;
    color: var(--text);
  }
  .own,
  .own * {
    box-sizing: border-box;
  }
  button,
  textarea {
    font: inherit;
    color: inherit;
  }
  button {
    min-block-size: 2.25em;
    min-inline-size: 2.25em;
    padding: 0.25em 0.75em;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--ground);
    cursor: pointer;
  }
  button:hover {
    border-color: var(--accent);
    background: var(--soft);
  }
  button.main {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--on-accent);
  }
  button.main:hover {
    text-decoration: underline;
  }
  button[aria-pressed="true"] {
    border-color: var(--accent);
    box-shadow: inset 0 0 0 2px var(--accent);
  }
  :focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }
  .icon {
    display: block;
    inline-size: 1.25em;
    block-size: 1.25em;
    margin-inline: auto;
    fill: none;
    stroke: currentcolor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
`;

export const layout = css`
  :host {
    display: block;
  }
  .own {
    display: flex;
    flex-direction: column;
    block-size: var(--hakuneuvoja-height, max(20em, min(36em, 90dvh)));
    background: var(--ground);
    border: var(--hakuneuvoja-frame, 1px solid var(--line));
    border-radius: var(--radius);
    overflow: hidden;
  }
  [role="log"] {
    flex: 1;
    min-block-size: 6em;
    overflow-y: auto;
    padding: 1em;
    display: flex;
    flex-direction: column;
    gap: 0.75em;
  }
  .notice {
    margin: 0;
    padding-block-end: 0.5em;
    border-block-end: 1px dashed var(--line);
    font-size: 0.875em;
    color: var(--quiet);
  }
  article {
    max-inline-size: min(100%, 34em);
    overflow-wrap: anywhere;
  }
  article.bot {
    align-self: start;
  }
  article.person {
    align-self: end;
  }
  .speaker {
    margin: 0 0 0.125em;
    font-size: 0.8125em;
    font-weight: 600;
    color: var(--quiet);
  }
  .person .speaker {
    text-align: end;
  }
  .said {
    padding: 0.625em 0.875em;
    border-radius: var(--radius);
    background: var(--soft);
  }
  .person .said {
    background: var(--accent);
    color: var(--on-accent);
    white-space: pre-wrap;
  }
  .said > :first-child {
    margin-block-start: 0;
  }
  .said > :last-child {
    margin-block-end: 0;
  }
  .said p,
  .said ul {
    margin-block: 0.375em;
  }
  .said ul {
    padding-inline-start: 1.25em;
  }
  .said a {
    color: inherit;
    display: inline-block;
    min-block-size: 1.5em;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
    align-items: center;
    margin-block-start: 0.5em;
  }
  .row button {
    font-size: 0.9375em;
    text-align: start;
  }
  .quiet {
    gap: 0.25em;
    margin-inline-start: -0.375em;
  }
  .quiet button {
    border-color: transparent;
    background: none;
    color: var(--quiet);
    text-decoration: underline;
    text-underline-offset: 0.2em;
    padding-inline: 0.375em;
  }
  [aria-pressed="true"] .icon {
    fill: var(--soft);
    color: var(--accent);
  }
  blockquote {
    margin: 0.375em 0 0;
    padding-inline-start: 0.75em;
    border-inline-start: 3px solid var(--accent);
  }
  .typing {
    color: var(--quiet);
    font-size: 0.9375em;
  }
  .typing::after {
    content: "…";
    animation: breathe 1.2s ease-in-out infinite;
  }
  @keyframes breathe {
    50% {
      opacity: 0.2;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .typing::after {
      animation: none;
    }
  }
  form {
    border-block-start: 1px solid var(--line);
    padding: 0.75em 1em;
  }
  form label {
    display: block;
    font-weight: 600;
    font-size: 0.9375em;
    margin-block-end: 0.25em;
  }
  .write {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
    align-items: end;
  }
  textarea {
    flex: 1 1 8em;
    min-inline-size: 0;
    min-block-size: 2.75em;
    max-block-size: 10em;
    resize: vertical;
    padding: 0.5em 0.625em;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--ground);
  }
  .write .main {
    min-block-size: 2.75em;
  }
  @supports (field-sizing: content) {
    textarea {
      field-sizing: content;
      resize: none;
    }
  }
  textarea[aria-invalid="true"] {
    border-color: var(--wrong);
    border-width: 2px;
  }
  .wrong {
    color: var(--wrong);
    font-weight: 600;
  }
  .hint {
    margin: 0.25em 0 0;
    font-size: 0.875em;
    color: var(--quiet);
  }
  .state {
    padding: 0 1em 0.5em;
  }
  .state:empty {
    display: none;
  }
  [role="img"] {
    display: block;
    inline-size: 100%;
    max-inline-size: 26em;
    block-size: 5.5em;
    margin-block-start: 0.5em;
    overflow: visible;
    font-size: 0.8125em;
    fill: currentcolor;
  }
  line {
    stroke-linecap: round;
    stroke-width: 6;
  }
  line.rest {
    stroke: var(--line);
  }
  line.gone,
  circle {
    stroke: var(--accent);
  }
  circle {
    fill: var(--ground);
    stroke-width: 4;
  }
  rect.rest {
    fill: var(--ground);
    stroke: var(--line);
  }
  rect.gone {
    fill: var(--accent);
  }
  line.halo {
    stroke: var(--ground);
    stroke-width: 7;
    stroke-linecap: butt;
  }
  line.limit {
    stroke: currentcolor;
    stroke-width: 3;
    stroke-linecap: butt;
  }
  @media (forced-colors: active) {
    .said {
      border: 1px solid CanvasText;
    }
  }
  @media (max-height: 30em) {
    [role="log"] {
      min-block-size: 8em;
    }
    .own {
      overflow-y: auto;
    }
  }
`;
