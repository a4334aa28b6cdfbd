import type { MetricNotes } from "../metric-notes.ts";
import { chartMogulNote, customersNote, followedNote, noRateNote } from "./shared-notes.ts";

/** What to know of the metrics of what customers pay and cost, in traditional Chinese. */
export const traditionalChineseMoneyNotes: MetricNotes = {
  sales: [
    "每個序列只有一種貨幣：其他貨幣的金額自成序列（currency=），絕不相加。",
    "退款屬於退還款項的那一天。",
    "金額從頭到尾都是最小單位的整數：沒有捨入誤差。",
  ],
  "average-order-value": [
    "收入是退款前支付的金額：退款改變 sales，不改變訂單金額。",
    "每個序列只有一種貨幣。",
    customersNote("訂單"),
    "若訂單之間的差異大部分來自少數幾位顧客，則多少顧客都不夠：不在樣本中的顧客同樣可能左右平均值。無論 n 是多少，都視為樣本過少。",
  ],
  "clv-predicted": [
    "模型每週擬合一次，並在每次要求預測時擬合。一次擬合從其所知最後一天的次日起生效，直到下一次擬合，最長 31 天。",
    "預測期、折現率和利潤率是工作區的設定（predictionMonths、discountRate、margin），以擬合模型時為準。totalValue 是所有客戶的合計。",
    "重複購買的客戶不足，或購買記錄無法確定模型時，值為 null，並有備註說明原因。",
    "method 說明採用了哪個模型：至少 30 位客戶明確離開或結束全部訂閱時為 contracts，否則為 purchases。原因由預測本身說明。",
    "名稱以 holdout 開頭的組成部分說明模型的誤差：用其餘歷史預測最後四分之一。",
    "按已追蹤的維度，客戶計入其獲得時所屬的值；各值的 customers、orders 和 totalValue 相加等於整體。其他維度沒有值。",
  ],
  clv: [
    "平均活躍顧客數是期初與期末數量的平均值；頻率和流失率是本期的，因此生命週期以期數計。",
    "若時間範圍始於最初的顧客之前，平均值只針對有顧客的日子；n 是所有日子的平均值，因此為樣本過少。在顧客平均尚未購買兩次時，數值至多為每人平均支出。",
    "流失率為零時生命週期未知，沒有數值（null）；cappedValue 假設生命週期為 maxLifespanMonths。",
    "沒有訂單就沒有平均訂單金額，因此 value 和 cappedValue 為 null。",
    "利潤率和 maxLifespanMonths 是工作區的設定；利潤率為 1 時，數值是收入而非利潤。",
    "沒有顧客編號的訂單也計入收入：請設定利潤率並比較不同期間，而不要只看單個數值。",
    "按維度時，訂單和收入與顧客本身一樣，計入顧客被贏得時的分組。購買自身所標明的內容，只在未註明顧客時才計入。",
  ],
  mrr: [
    "訂閱每月帶來金額 × 數量，按季計價為其三分之一，按年計價為十二分之一。以貨幣最小單位的十二分之一計算，因此沒有捨入，每一天、每個分組和貨幣的變動都精確相加。",
    "變動以顧客為單位，合併其在該貨幣下的所有訂閱，從一天結束到次日結束。已付費顧客的另一訂閱為擴展，兩個訂閱之一終止為縮減；流失是最後一個訂閱終止時所付的金額，恢復是曾流失的顧客所付的金額。",
    "這些就是 ChartMogul 公布的變動；它合併同一小時內的活動，而這裡把一天內的活動算作一次。Lago 的 new、expansion、contraction 和 churn 與此相同，但沒有恢復（它不公布），並且與這裡一樣採用方案的價格，而不是發票金額。",
    "免費訂閱（金額 0）不帶來收入：其顧客在開始付費時為新增。對未生效的訂閱所作的更改會啟動它。按用量或一次性收取的費用不包括在內。",
    "每個序列只有一種貨幣：更換貨幣的顧客在一種貨幣中流失，在另一種中為新增。匯率變化不產生任何變動。",
    "按維度時，顧客連同其所有訂閱計入其被贏得之處。",
  ],
  "net-revenue-retention": [
    "超過 100 表示期初顧客的成長大於損失。不包括新顧客，也不包括此前已流失而後回來的顧客；期內流失又回來的顧客在期末仍在。",
    followedNote,
    chartMogulNote,
    noRateNote,
  ],
  "gross-revenue-retention": [
    "從不超過 100，且恰為 100 − revenue-churn。先擴展、再縮減回期初水準的顧客沒有損失；按口徑 chartmogul，其縮減計入。",
    followedNote,
    chartMogulNote,
    noRateNote,
  ],
  "revenue-churn": [
    "口徑：gross 恰為 100 − gross-revenue-retention，net 恰為 100 − net-revenue-retention，期初顧客成長時為負。chartmogul 和 chartmogul-net 是 ChartMogul 的總 MRR 流失率和淨 MRR 流失率。",
    followedNote,
    chartMogulNote,
    noRateNote,
  ],
  "acquisition-cost": [
    "沒有新顧客就沒有數值（null）。回流的顧客不算新顧客。",
    "支出計入其當日，顧客計入其成為顧客的那天：請選擇比兩者間隔長得多的時段。",
    "按管道：支出計入其註明的管道，顧客及其購買計入顧客被贏得時的管道。",
    "lifetimeValueToCost 是同一期間和分組的顧客終身價值除以此成本；缺少其中之一時為 null，提示會說明原因。",
    "每個序列只有一種貨幣：其他貨幣的支出自成序列（currency=），絕不相加。",
  ],
};
