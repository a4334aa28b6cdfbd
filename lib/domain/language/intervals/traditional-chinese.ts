const wilson = "Wilson 分數區間。";

const meanOfScale =
  "平均值的Student t 區間，限制在量表範圍內；從 30 個回答起，若分布偏斜，則擴大到 Hall 變換（1992）的區間，並減少自由度。";

const meanOfAmounts =
  "平均值的Student t 區間，不低於 0；從 30 個值起，按這些值的偏度或具有相同變異的對數常態分布的偏度（取較大者），擴大到 Hall 變換的區間，並減少自由度。若平均值的逐日差異大於其各值所示，則採用按日的標準誤（從 7 天起）。值的數量超過 28 + 5·偏度² 之前為樣本過少。";

const bursts =
  "Wilson 分數區間，30 個或更多案件中至多 3 個事件時採用 Poisson 界限；若比例的逐日差異大於其案件所示，則採用資訊量相同的較少案件數的區間（從 7 天起）。";

const noneOfSubscriptions =
  "無：每個訂閱都已計入。規模不同的顧客在多大程度上可能出於偶然而有不同表現，沒有儲存，因此變化不作檢定。";

/** Nothing is estimated. @param all what is counted */
const counted = (all: string) => `無：${all}都已計入，因此沒有抽樣誤差。`;

/** How the intervals of metrics are computed, in traditional Chinese, by metric id. */
export const traditionalChineseIntervals: Readonly<Record<string, string>> = {
  nps: "調整 Wald 區間：求標準誤之前加上 ¾ 個推薦者、1½ 個被動者和 ¾ 個貶損者；限制在 ±100 之內。",
  csat: wilson,
  ces: meanOfScale,
  esat: meanOfScale,
  "task-completion": wilson,
  "visitor-intent":
    "每個比例和每個意圖完成率的 Wilson 分數區間。數值的區間是最常見意圖的區間，視其為事先指定。",
  "survey-response-rate": wilson,
  "feedback-volume": "數量沒有區間。比例的區間是 Wilson 分數區間，在組成項中。",
  customers: counted("每位顧客"),
  "churn-rate":
    "Wilson 分數區間；連乘的比率則採用由 Greenwood 變異數推出的樣本數的 Wilson 區間（Rothman 1978）。",
  "retention-rate": "流失率的區間，取其鏡像。",
  "repeat-purchase-rate": wilson,
  loyalty: "平均值的Student t 區間，由購買次數的平方和求得。",
  engagement: wilson,
  interactions: counted("每次互動"),
  "touchpoints-per-purchase":
    "平均值的Student t 區間，不低於 1；超過四個的比例採用 Wilson 分數區間。同一天或同一顧客的購買彼此相似時，兩者相應加寬。",
  sales: counted("每次購買"),
  "average-order-value": meanOfAmounts,
  clv: "無：它是來自不同樣本的估計值之積。其中兩個因子的區間見指標 average-order-value 和 churn-rate。",
  "clv-predicted":
    "來自模型參數的不確定性（對數尺度上的 delta 法）。單個客戶的偶然行為不在其中：客戶多時幾乎沒有影響。變化按兩次擬合各自了解不同的購買來檢定；由於它們大部分相同，被判為確定的變化寧少勿多。",
  mrr: counted("每個訂閱"),
  "net-revenue-retention": noneOfSubscriptions,
  "gross-revenue-retention": noneOfSubscriptions,
  "revenue-churn": noneOfSubscriptions,
  "acquisition-cost": counted("所有支出和所有顧客"),
  "referral-rate": wilson,
  "contact-volume": counted("每次聯絡"),
  complaints: wilson,
  "first-response-time": meanOfAmounts,
  "resolution-time": meanOfAmounts,
  "first-contact-resolution": wilson,
  "queue-abandonment": bursts,
  "queue-time": "平均值的Student t 區間，不低於 0；及時比例採用 Wilson 分數區間。",
  "knowledge-contributions": counted("每次貢獻"),
  "contributions-per-case": counted("所有貢獻和所有聯絡"),
  "self-service": wilson,
  "bounce-rate": `${bursts}頁數和秒數的平均值採用Student t 區間，若分布偏斜則擴大。`,
  "next-page": counted("每次載入"),
  "cart-abandonment": bursts,
  "cta-engagement": `${bursts}點擊多於瀏覽時沒有區間。天數更少時，以及無人點擊或每次都點擊時，為樣本過少。`,
  "organic-search": counted("每次造訪"),
  uptime: `${bursts}天數更少時，以及沒有任何失敗或沒有任何成功時，為樣本過少。`,
  "page-speed": "由次序統計量求得的分位數區間，不假設分布；載入少於 13 次時沒有。",
  "mobile-score": "平均值的Student t 區間，限制在量表範圍內。",
  "social-mentions":
    "提及次數沒有區間：都已計入。淨情緒與淨推薦值一樣採用調整 Wald 區間：兩者都是 +1、0 和 −1 的平均值。",
  "share-price": "無：價格不是由樣本估計的。",
  "journey-funnel": "Wilson 分數區間，針對全程和每一步。",
};
