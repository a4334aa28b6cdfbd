/** Notes in traditional Chinese that several metrics have. */

/** How customers are taken for clusters. @param cases what they have several of */
export function customersNote(cases: string): string {
  return `同一顧客的${cases}彼此相似。每小時的任務每週一次，根據已結算日期的檔案測量這使 7、30、90 和 365 天的變異數增加多少；此後區間和檢定會考慮這一點，API 的回應標明 method: by-customer，若權重相同的顧客少於 28 位，則為樣本過少。按維度時沿用與全體相同的數字。每日快照不使用這些數字。`;
}

/** How people are compared who are still there later. @param people the most of whom are */
export function stillThereNote(people: string): string {
  return `某一時點的${people}大多在下一時點仍在：比較時視為獨立樣本，因此寧可漏報變化，也不多報。`;
}

export const noCustomerNote = "沒有顧客編號的購買計入 sales，不在此處。退款不會撤銷購買。";

export const followedNote =
  "對日曆區間是精確的：期初付費的每位顧客都被追蹤到期末。對其他時間範圍和滾動視窗，則把每日比例連乘，API 的回應標明 method: compounded。";

export const chartMogulNote =
  "口徑 chartmogul：按 ChartMogul 公布其 MRR 流失率的方式，以期內變動除以期初收入，也包括期內新來顧客的變動；恢復計為獲得。Lago 公布變動，但不公布比率。";

export const noRateNote = "期初沒有經常性收入就沒有比率。每個序列只有一種貨幣。";

export const sketchNote =
  "p50 和 p90 來自各單元可相加的概要（sketch），與精確值相差不超過 1%；平均值是精確的。";

export const stillInTouchNote = "顧客仍可能聯絡的日子為暫定，比較為時尚早。";
