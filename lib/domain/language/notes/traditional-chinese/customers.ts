import type { MetricNotes } from "../metric-notes.ts";
import { customersNote, noCustomerNote, stillThereNote } from "./shared-notes.ts";

/** What to know of the metrics of customers, in traditional Chinese. */
export const traditionalChineseCustomersNotes: MetricNotes = {
  customers: [
    "顧客因明確的終止而流失；在設定了 inactivityDays 的工作區，則在連續這麼多天沒有購買的最後一天流失。",
    "購買使未知的人成為顧客。流失之後的日子裡再購買，則顧客回流。",
    "不活躍顧客的終止不改變任何數字。",
    "按維度時，顧客計入其被贏得之處，流失和回流時也一樣：依據其明確的加入，否則為首次購買；若已知的第一件事是回流，則為該次回流。",
    "當日的數字：若不再發生其他事，當日結束時的情況。當日因不活躍而流失的顧客在下次購買之前已計為流失。",
    "尚未開始的時段：在有人來去之前，與今日數量相同。",
  ],
  "churn-rate": [
    "對日曆區間是精確的：在時段內加入又離開的顧客不在分子中；流失、回流、再流失的顧客計一次。",
    "對其他時間範圍和滾動視窗，則把每日比率連乘，1 − Π(1 − 每日流失率)，API 的回應標明 method: compounded。",
    "離開的原因：groupBy=reason 列出 customer.left 所給的每個原因（其欄位 reason，或該維度），即期初全部顧客中因此流失的顧客，因此各原因相加等於總流失率；(inactive) 是因不活躍而流失的，(none) 是未說明原因的。組成項中有因各原因流失的人數（「lost …」）。按其他維度時，顧客按被贏得之處分組。",
    "口徑：net = (期初 − 期末)/期初，baremetrics = 流失/期初，stripe = 流失/(期初 + 新增)。業務成長時，淨流失率為負。",
  ],
  "retention-rate": [
    "與流失率針對相同的顧客：期初的顧客。期內加入的顧客兩邊都不計。",
    "對非日曆區間的時間範圍，則把每日比率連乘，API 的回應標明 method: compounded。",
  ],
  "repeat-purchase-rate": [
    "截至時段的最後一天，針對至今的所有顧客：不只是在該時段內購買的顧客。",
    `${stillThereNote("顧客")}若期內超過一半的購買者是新顧客，比較為時尚早。`,
    noCustomerNote,
  ],
  loyalty: [
    "截至時段的最後一天，針對至今的所有顧客；meanDaysBetween 針對時段內的購買，每次為距同一顧客上次購買的天數。",
    "同一天的購買之間沒有間隔天數。遲到的購買若位於另外兩次之間，會把其間的天數分開。",
    stillThereNote("顧客"),
    noCustomerNote,
    "從最初起讀取銷售的每一天：每個已結算且每天都有購買的年份約需 9 個讀取單位。",
  ],
  engagement: [
    "截至時段的最後一天，針對截至該日的 30 天。k 是工作區的 engagedTouchpoints，初始為 4。",
    "該日結束時不是活躍顧客的人，無論有多少互動都不計為高度投入；加入之前的互動在其成為顧客後計入。",
    "interactionsPerEngaged 和 touchpointsPerEngaged 針對這 30 天內高度投入的顧客。",
    stillThereNote("顧客"),
    "當日的數字：若不再發生其他事，當日結束時的情況。僅因時間推移，顧客就會在 30 天內剩餘互動過少的那天不再算高度投入。",
  ],
  interactions: [
    "互動（interaction.made）計入其當日，歸入其顧客的分組。n 為互動次數。",
    "平均活躍顧客數是期初與期末數量的平均值；若沒有顧客，則沒有數值（null）。非顧客的互動也包括在內。",
    "groupBy=touchpoint 將數值拆分：每個接觸點的互動除以全部顧客，因此各部分相加等於整體。工作區最先出現的 30 個接觸點按名稱統計，其餘計為 (other)。",
  ],
  "touchpoints-per-purchase": [
    "購買計入其當日，連同其顧客在當日及之前 29 天的互動（interaction.made）中的不同接觸點數，歸入其顧客的分組。",
    "若顧客在這些天內沒有互動，其購買不計：對通往購買的過程一無所知。沒有顧客的購買同樣不計。",
    "aboveFour 統計接觸點超過 4 個的購買，aboveFourPercent 是其比例。",
    customersNote("購買"),
    "參考：顧客平均使用六個接觸點，近一半顧客使用四個以上。",
  ],
  "referral-rate": [
    "由推薦而來的顧客計入其成為顧客的那天，無論 referral.converted 何時到達；從未成為顧客的人不計。",
    "referrerShare 是時段結束時的活躍顧客中，至今推薦過您的比例。",
    "codesConverted 是在該時段內首次送出的推薦碼中，至今有人由此而來的數量，因此 codeConversion 不會超過 100%。若要查看多少推薦成功，請為每次推薦使用單獨的推薦碼；若每位推薦人一個碼，則表示有多少推薦人帶來了顧客。",
    "referralsSent 統計該時段內的每個 referral.sent，同一推薦碼的多次也計入。",
  ],
};
