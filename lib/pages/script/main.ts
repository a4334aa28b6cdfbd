import { showChartValues } from "./charts.ts";
import { followWithoutReload } from "./navigation.ts";
import { offerPictures } from "./pictures.ts";
import { openSharedLink } from "./shared-link.ts";

/** Makes pages quicker in a browser that runs scripts. Everything works without it. */

function prepare(): void {
  showChartValues();
  offerPictures();
}

openSharedLink();
prepare();
followWithoutReload(prepare);
