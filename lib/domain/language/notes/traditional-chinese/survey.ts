import type { MetricNotes } from "../metric-notes.ts";
import { customersNote } from "./shared-notes.ts";

/** What to know of the metrics of surveys, in traditional Chinese. */
export const traditionalChineseSurveyNotes: MetricNotes = {
  nps: [
    "以 1–10 提問的問卷須標明量表 1-10。它們不可比較，絕不混入：convention=1-10 單獨顯示它們，工作區可將其設為預設（conventions）；使用另一口徑時，它們在組成項「score 1-10」「low 1-10」「high 1-10」和「n 1-10」中，只要有一個，就在報告中有自己的卡片。",
    "分數可跨問卷、分組和期間合併：一年的分數由全年的回答計算，而不是由各月的分數計算。",
    customersNote("回答"),
  ],
  csat: [
    "每個回答要麼滿意要麼不滿意，因此比例可跨量表合併；平均值不能，所以每個量表各有一個。",
    "所用各量表的完整直方圖在組成項中。",
    customersNote("回答"),
  ],
  ces: [
    "量表 effort-1-5 從 1「非常省力」到 5「非常費力」，越低越好，因此絕不混入。用 convention=effort-1-5 單獨查看；使用另一口徑時，它在組成項「mean effort-1-5」和「n effort-1-5」中，只要有一個回答，就在報告中有自己的卡片。",
    customersNote("回答"),
  ],
  esat: [
    "向員工提問：回答不帶顧客編號。",
    "以 1–5 作答的須標明量表 1-5，絕不混入：convention=1-5 單獨顯示它們，高分為 4–5；使用另一口徑時，它們在組成項「mean 1-5」和「n 1-5」中，只要有一個，就在報告中有自己的卡片。",
  ],
  "task-completion": [
    "每個回答是一次嘗試：完成或未完成。口徑 in-time = 100·及時完成/嘗試：以所有嘗試為分母，包括失敗的，無論其對時間如何回答。使用另一口徑時，inTimePercent 與之相同。",
    "late 統計完成但表示不及時的人。完成而未提及時間的人，是否及時不得而知，提示會說明其人數；若完成者都未提及時間，則沒有及時比例（null）。",
    "按意圖的完成情況在 visitor-intent 中，其回答不計入此處。",
    "約 1,200 次任務易用性測試的平均值為 78%。",
  ],
  "visitor-intent": [
    "組成項包含每個意圖，最常見的在前：其回答數（「answers …」）、其比例及區間（「sharePercent …」「shareLow …」「shareHigh …」），若有人說明是否辦成，還有辦成數、被問數、比率及其區間（「completed …」「asked …」「completionPercent …」「completionLow …」「completionHigh …」）。",
    "意圖即所送出的選項，逐字區分。工作區最先出現的 30 個按名稱統計，以名稱合計不超過 600 位元組為限，較晚出現的計為 (other)：它不是一個意圖而是許多個，因此排在最後，絕不算最常見，若存在會有提示說明。",
    "一個回答有一個意圖；是否辦成可選填，意圖的完成率只針對說明了的回答。",
    "使用 groupBy=choice 或 filter.choice 時，每組只有一個意圖，其比例為 100%（計為 (other) 時沒有比例）：請不加它們查詢，並查看組成項。",
    "若比較期間最常見的意圖是另一個，兩個比例針對的是不同事物，不作檢定。",
  ],
  "survey-response-rate": [
    "統計對象是在該時段內寄出的邀請：無論有多少回答，都只在寄出其邀請的那天計一次，因此比率不會超過 100%。",
    "回答若註明某邀請的 invitationId，且不早於寄出、不晚於寄出日之後工作區的 responseCutOffDays 天（未設定時為 14，含當天），即為對該邀請的回答。此後的第一個回答計為 answeredLate，更早的則完全不計。",
    "以相同 invitationId 再次寄出的邀請是同一個邀請，以首次寄出為準。",
    "邀請仍可被回答的日子為暫定。",
    "hour00 至 hour23 是及時回答在工作區當日所處的小時。使用 groupBy=hour、surveyId 或維度時，邀請按何時、隨何物寄出來分組。",
    "從統計中剔除的回答不算回答任何邀請。",
    "對外問卷通常有 10–15% 的邀請得到回答。",
  ],
  "feedback-volume": ["統計對所有問卷的回答，並另列每個問卷的數量。", "隨本人一併刪除的評論仍計入數量。"],
};
