import type { RemarkTexts } from "./english.ts";

/** Remarks on values, why goals cannot be judged, and what is wrong with what was asked for, in traditional Chinese. */
export const traditionalChineseRemarks: RemarkTexts = {
  "remark.askedOnOneToTen": "以 1–10 提問：不能與以 0–10 提問的分數相比。",
  "remark.clicksBeyondViews": "點擊多於瀏覽：可能缺少瀏覽，或點擊重複。",
  "remark.correctionsLeftOut": "未列出更正過的日期：各項數字已用完一次回答可讀取的量。",
  "remark.effortOnFive": "費力程度以 1–5 計：越低越好。",
  "remark.groupsLeftOut":
    "未列出各分組：分組要從最初起的所有日期統計，全部分組超過一次回答可讀取的量。請按單個值查詢。",
  "remark.inSegmentOfCustomer": "訂單和收入計入其客戶獲得時所屬的分組；沒有客戶的購買計入其自身標明的分組。",
  "remark.intentsTogether":
    "{answers, plural, other {#}} 個回答計為「{name}」：意圖多於可按名稱統計的數量，這些較晚出現。",
  "remark.judgedTogether":
    "{tested} 項比較一併判斷（Benjamini & Hochberg 1995）：被稱為變化的項目中，預期最多 1% 出於偶然。",
  "remark.mentionSpikes": "提及次數遠高於平常的日子（由高到低）：{days}。",
  "remark.netChurnByReason": "淨流失針對所有來去的客戶：不按原因區分。",
  "remark.noRatio":
    "沒有客戶價值與成本之比：{reason, select, noCustomers {沒有新客戶} nothingSpent {沒有支出} other {沒有訂單、客戶和流失就沒有客戶價值}}。",
  "remark.notPredicted":
    "沒有預測：{why, select, tooFewRepeats {有 {count} 位客戶購買過不止一次，而模型需要 100 位} tooFewSpenders {有 {count} 位客戶在重複購買中有支出，而模型需要 100 位} allNew {所有客戶都是新客戶} buyingUnknown {從購買記錄看不出客戶如何離開} spendingUnknown {從金額看不出客戶之間的差異} noMeanAmount {客戶之間的金額差異過大，無法得知平均值} tooFewLost {有 {count} 位客戶離開，而模型需要 30 位} leavingUnknown {客戶離開方式的差異太小} other {模型的期望值不是有限數}}。",
  "remark.onlyTracked": "沒有按 {dimension} 的預測：預測每次只按一個已追蹤的維度彙總。",
  "remark.otherCurrencies":
    "以 {currencies} 計的{what, select, orders {訂單} prices {價格} purchases {購買和退款} subscriptions {訂閱} other {支出}}不在此數值中：請用 currency={first} 查詢。",
  "remark.otherScale":
    "{scale} 量表上的 {answers, plural, other {#}} 個回答不在此數值中：請選擇 {scale} 口徑。",
  "remark.otherValues":
    "{dimension} 的值超過 {most} 個：{which, select, later {較晚出現的} other {最少見的}}計為「{other}」。",
  "remark.severalSymbols": "報價涉及多個證券代號：請用 filter.symbol= 選擇一個，或用 groupBy=symbol 並列。",
  "remark.tooFewCustomers": "相對於客戶之間的差異，客戶數量太少：無論有多少訂單或回答，區間都不可靠。",
  "remark.trackedSince": "{dimension} 自 {since} 起追蹤：此前記錄的內容不屬於它的任何分組。",
  "remark.unsaidInTime": "{unsaid, plural, other {#}} 次完成的嘗試沒有說明是否及時：不計為及時。",
  "goal.noMetric": "指標 {metric} 已不存在。",
  "goal.tooDear": "需要重新統計的記錄太多：請選擇較短的區間，或在工作區中追蹤該維度。",
  "goal.noValue":
    "無法判斷該數值：{problem, select, none {{from}至{to}沒有可用來計算{metric}的資料} other {{from}至{to}的樣本數為{n}，至少需要{needed}}}。",
  "goal.noBase":
    "目標取決於未知的基準：{problem, select, none {{from}至{to}沒有可用來計算{metric}的資料} other {{from}至{to}的樣本數為{n}，至少需要{needed}}}。",
  "goal.noLine":
    "通往目標的直線始於未知的基準：{problem, select, none {{from}至{to}沒有可用來計算{metric}的資料} other {{from}至{to}的樣本數為{n}，至少需要{needed}}}。",
  "goal.baseIsZero": "基準為 0：沒有百分比變化。請改設一個數值或變化量。",
  "goal.beyondRange":
    "目標將為 {target}，而{metric}{range, select, between {介於 {min} 和 {max} 之間} atLeast {至少為 {min}} other {至多為 {max}}}。請另設目標。",
  "error.parameters": "以下內容無法使用：",
  "error.fields": "以下內容無法使用：",
  "error.noDay": "必須是存在的日期：YYYY-MM-DD",
  "error.notBefore": "不能早於 {least}",
  "error.notAfter": "不能晚於 {most}",
  "error.after": "必須晚於基準的最後一天 {least}",
  "error.endsBefore": "不能早於第一天",
  "error.notAfterToday": "不能晚於今天",
  "error.between": "必須在 {least} 到 {most} 之間",
  "error.link": "必須是以 https:// 或 http:// 開頭的網址",
  "error.oneOfOrDay": "必須是其中之一：{values}，或存在的日期：YYYY-MM-DD",
  "error.oneOf": "必須是其中之一：{values}",
  "error.unknownField": "不明",
  "error.missing": "缺少：{rest}",
  "error.tooLong": "最多 {most} 個字元",
  "error.atLeast": "至少為 {least}",
  "error.atMost": "至多為 {most}",
  "error.number": "必須是數字",
  "error.wholeNumber": "必須是整數",
  "error.givenOnce": "只能出現一次",
  "error.nothingHere": "這裡什麼都沒有。",
  "error.noSuchMetric": "沒有這個名稱的指標。",
  "error.noSuchGoal": "沒有這個編號的目標。",
  "error.noSuchAnnotation": "沒有這個編號的註記。",
  "error.needsAdmin": "需要具有 admin 權限的金鑰。",
  "error.signInAsAdmin": "需要具有 admin 權限的金鑰：請用這樣的金鑰登入。",
  "error.ownPage": "此表單只能從本站自己的頁面送出。",
  "error.tooManyTries": "嘗試次數過多：請在 {seconds} 秒後再試。",
  "error.usedUp": "此金鑰的使用量已達上限；未執行任何動作。",
  "error.failed": "出了點問題；再次送出同樣的請求是安全的。",
  "benchmark.usabilityTests": "約 1,200 次易用性測試的平均值",
  "benchmark.surveys": "針對企業外部人員的調查",
  "benchmark.largeSaas": "大型 SaaS 企業，每年",
  "benchmark.smallSaas": "小型 SaaS 企業，每月",
  "benchmark.engaged": "高度投入的企業客戶",
  "benchmark.touchpoints": "消費者，每件商品，平均",
  "benchmark.complaining": "會投訴的不滿客戶（26 人中有 1 人）",
};
