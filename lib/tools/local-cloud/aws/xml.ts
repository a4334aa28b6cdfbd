const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** A text as it stands between the tags of XML. */
export function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (one) => entities[one] ?? one);
}
