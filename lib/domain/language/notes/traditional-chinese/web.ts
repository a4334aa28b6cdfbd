import type { MetricNotes } from "../metric-notes.ts";

/** What to know of the metrics of the web and the public, in traditional Chinese. */
export const traditionalChineseWebNotes: MetricNotes = {
  "bounce-rate": [
    "工作階段計入其結束之日。",
    "groupBy=page 顯示工作階段開始的頁面或文章，groupBy=exitPage 顯示工作階段結束的頁面或文章。",
    "帶 count 的紀錄代表相應數量的工作階段，每個工作階段具有所述的頁數和秒數；若以多個工作階段的平均值送出，平均值仍正確，但區間會過窄。",
  ],
  "next-page": [
    "載入（page.loaded）若註明其前一頁面（previousPage），且為另一頁面，則計入此處。",
    "某頁面之後：filter.previousPage=/help/returns 加 groupBy=page 和 top=20，顯示人們從那裡去往何處，最常見的在前。",
    "離開的人沒有下一頁：bounce-rate 加 groupBy=exitPage 顯示造訪在哪個頁面結束。",
    "帶 count 的紀錄代表相應數量的載入。",
  ],
  "cart-abandonment": [
    "以購物車為單位：無論其開始或購買被送出多少次，都計一次。",
    "購物車在購買之日，或在其時限（cartHours，工作區未另行規定時為 24）屆滿之日有結果，以較早者為準。在此之前未決，兩個數都不計入。",
    "此後的購買會在時限屆滿之日撤銷放棄（boughtLate）。",
    "沒有開始的購買會等到開始為人所知。先於開始的購買，在購買之日計為已購買。",
    "當日的數字：若不再發生其他事，當日結束時的情況。時限在當日稍後屆滿的購物車，在購買之前已計為放棄。",
    "startedInPeriod 在開始之日統計購物車：其中一些稍後才有結果。",
  ],
  "cta-engagement": [
    "groupBy=cta 顯示每個行動呼籲，groupBy=page 顯示每個頁面。",
    "統計的是點擊，而不是點擊的人：若要得到比例，請每次瀏覽只送出一次點擊。點擊多於瀏覽時如實顯示，超過 100%，API 的回應會予以說明；這表示缺少瀏覽或點擊重複。",
    "看到行動呼籲五次的人，每次點擊的可能性相近：因此區間按日測量。",
    "點擊計入其當日，即使瀏覽發生在前一天。",
    "沒有瀏覽就沒有數值，無論有多少點擊。",
  ],
  "organic-search": [
    "groupBy=keyword 顯示搜尋的內容，groupBy=page 顯示造訪開始的頁面和文章，groupBy=device 顯示裝置（一個維度）。",
    "搜尋引擎很少提供關鍵字：沒有關鍵字的造訪歸入沒有取值的組。",
  ],
  uptime: [
    "統計的是檢測次數，而不是分鐘：若等間隔檢測，其比例即為時間的比例。",
    "groupBy=target 顯示每個服務；合計時每次檢測權重相同，無論檢測的是什麼。",
    "相繼的檢測並不獨立，一次故障會影響多次檢測：因此區間按日測量。沒有失敗時，無從得知故障會持續多久，視為樣本過少。",
  ],
  "page-speed": [
    "分位數來自可合併的概要（sketch），誤差不超過 1%；不足一毫秒計為 0。平均值是精確的。",
    "groupBy=page 顯示每個頁面，groupBy=device 顯示每種裝置（一個維度）。",
    "帶 count 的紀錄代表相應數量、時間相同的載入。",
    "兩個期間以 z 比較，所用標準誤會給出同樣寬度的區間（Woodruff 1952）。概要無法區分的差異，即每個值的 1%，不算變化。",
  ],
  "mobile-score": [
    "分數來自同一種工具：另一種工具或另一版本的分數應放入另一個工作區或一個維度。",
    "groupBy=page 顯示每個頁面；合計時每個分數權重相同。",
  ],
  "social-mentions": [
    "groupBy=channel 顯示每個網路，groupBy=sentiment 顯示每類提及。",
    "高峰是提及次數超過期內各日的中位數 + 3·s 的日子，s 為 1.4826·MAD、√中位數和 1 中的最大值。首次提及之前和最後一次提及之後的日子不計，因為它們可能在起始之前或尚未到來；少於 7 天沒有高峰。",
    "提及越多，只有在情緒良好時才越好：兩者都要看。",
  ],
  "share-price": [
    "一天的最後價格是 occurredAt 最晚的報價，無論到達順序如何；同一時刻有多個時取最高者。",
    "不結轉：沒有報價的期間沒有價格，沒有交易的日子也一樣。",
    "change 是期內最後價格減最初價格；compare=previous 給出自前一期間最後價格以來的變化。",
    "證券和貨幣絕不混合。期內有多個證券代號報價時沒有數值：請用 filter.symbol= 或 groupBy=symbol 查詢。其他貨幣的價格自成序列（currency=）。",
  ],
};
