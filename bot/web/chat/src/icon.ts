/** An icon of Lucide, for the eye alone: its button carries the name. */
import { createElement, type IconNode } from "lucide";

export function icon(drawn: IconNode): SVGElement {
  return createElement(drawn, { class: "icon", "aria-hidden": "true" });
}
