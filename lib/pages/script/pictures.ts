/** Offers each chart as a PNG file beside its SVG file, which is drawn on a canvas for it. */

/** As large as a slide needs it. */
const scale = 3;

/** Adds the links, each once. */
export function offerPictures(): void {
  for (const line of document.querySelectorAll<HTMLElement>(".download[data-png]")) {
    const file = line.querySelector("a");
    const text = line.dataset["png"];
    if (!file || text === undefined) continue;
    delete line.dataset["png"];
    const link = document.createElement("a");
    link.href = file.href;
    link.textContent = text;
    link.download = file.download.replace(/\.svg$/, ".png");
    link.addEventListener("click", (event) => {
      if (link.href.startsWith("data:image/png")) return;
      event.preventDefault();
      void toPng(file.href).then((address) => {
        link.href = address;
        link.click();
      });
    });
    line.append(" · ", link);
  }
}

async function toPng(address: string): Promise<string> {
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = picture.width * scale;
  canvas.height = picture.height * scale;
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png");
}
