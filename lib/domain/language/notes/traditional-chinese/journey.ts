import type { MetricNotes } from "../metric-notes.ts";

/** What to know of the metrics of journeys, in traditional Chinese. */
export const traditionalChineseJourneyNotes: MetricNotes = {
  "journey-funnel": [
    "旅程計入其開始之日，此後到達的每個階段也計入該日：只要旅程仍在繼續，過去日子的數字還會上升。請比較持續時間相同的期間，或使用 within=30：自旅程開始起 30 個 24 小時內發生的情況（1、7、14、30、60、90、180 或 365 天）；旅程尚未經歷這麼久的日子為暫定。",
    "旅程在顧客首次進入任一階段時開始，持續到顧客經過了首個和最後一個階段（順序不限）並再次進入首個階段為止，由此開始另一段旅程。再次進入的階段在每段旅程中計一次。在首次聯絡之前贏得的顧客只有一段旅程。",
    "口徑 entered 統計進入某階段者。口徑 reached 統計進入該階段或更後階段者：跳過某階段或更晚才出現在該階段的，視為已經過。",
    "口徑 customers-entered 和 customers-reached 統計顧客而非旅程：每位顧客在其首段旅程開始之日計一次，並計入其在任何旅程中到達的所有階段。",
    "工作區可以定義更多漏斗，各有自己的階段（funnels）：請用 funnel=<name> 查詢。多個漏斗共有的階段在每個漏斗中都計入。",
    "不使用 within= 時，只有當期內旅程已經歷 30 天，或已經歷所有步驟第 90 百分位之和那麼久，才會判斷變化。",
    "時間中位數是從首次進入某階段到首次進入下一階段的時間（誤差不超過 1%，來自概要），針對按此順序進入兩者的所有旅程，無論耗時多久。",
    "組成項包含每個階段（「reached …」：按該口徑到達的數量），從第二個階段起還有「conversionPercent …」及「conversionLow …」和「conversionHigh …」、「dropOff …」、「dropOffPercent …」和「medianSeconds …」，均相對於前一階段。",
    "旁邊的問卷顯示問題所在：送出回答時帶上維度 stage 或 touchpoint，並用 groupBy=stage 查詢 nps、csat 或 ces。",
  ],
};
