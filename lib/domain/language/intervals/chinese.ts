const wilson = "Wilson 得分区间。";

const meanOfScale =
  "平均值的Student t 区间，限制在量表范围内；从 30 个回答起，若分布偏斜，则扩大到 Hall 变换（1992）的区间，并减少自由度。";

const meanOfAmounts =
  "平均值的Student t 区间，不低于 0；从 30 个值起，按这些值的偏度或具有相同变异的对数正态分布的偏度（取较大者），扩大到 Hall 变换的区间，并减少自由度。若平均值的逐日差异大于其各值所示，则采用按日的标准误（从 7 天起）。值的数量超过 28 + 5·偏度² 之前为样本过少。";

const bursts =
  "Wilson 得分区间，30 个或更多案例中至多 3 个事件时采用 Poisson 界限；若比例的逐日差异大于其案例所示，则采用信息量相同的较少案例数的区间（从 7 天起）。";

const noneOfSubscriptions =
  "无：每个订阅都已计入。规模不同的客户在多大程度上可能出于偶然而有不同表现，没有保存，因此变化不作检验。";

/** Nothing is estimated. @param all what is counted */
const counted = (all: string) => `无：${all}都已计入，因此没有抽样误差。`;

/** How the intervals of metrics are computed, in simplified Chinese, by metric id. */
export const chineseIntervals: Readonly<Record<string, string>> = {
  nps: "调整 Wald 区间：求标准误之前加上 ¾ 个推荐者、1½ 个被动者和 ¾ 个贬损者；限制在 ±100 之内。",
  csat: wilson,
  ces: meanOfScale,
  esat: meanOfScale,
  "task-completion": wilson,
  "visitor-intent":
    "每个比例和每个意图完成率的 Wilson 得分区间。数值的区间是最常见意图的区间，视其为事先指定。",
  "survey-response-rate": wilson,
  "feedback-volume": "数量没有区间。比例的区间是 Wilson 得分区间，在组成项中。",
  customers: counted("每位客户"),
  "churn-rate":
    "Wilson 得分区间；连乘的比率则采用由 Greenwood 方差推出的样本量的 Wilson 区间（Rothman 1978）。",
  "retention-rate": "流失率的区间，取其镜像。",
  "repeat-purchase-rate": wilson,
  loyalty: "平均值的Student t 区间，由购买次数的平方和求得。",
  engagement: wilson,
  interactions: counted("每次互动"),
  "touchpoints-per-purchase":
    "平均值的Student t 区间，不低于 1；超过四个的比例采用 Wilson 得分区间。同一天或同一客户的购买彼此相似时，两者相应加宽。",
  sales: counted("每次购买"),
  "average-order-value": meanOfAmounts,
  clv: "无：它是来自不同样本的估计值之积。其中两个因子的区间见指标 average-order-value 和 churn-rate。",
  "clv-predicted":
    "来自模型参数的不确定性（对数尺度上的 delta 法）。单个客户的偶然行为不在其中：客户多时几乎没有影响。变化按两次拟合各自了解不同的购买来检验；由于它们大部分相同，被判为确定的变化宁少勿多。",
  mrr: counted("每个订阅"),
  "net-revenue-retention": noneOfSubscriptions,
  "gross-revenue-retention": noneOfSubscriptions,
  "revenue-churn": noneOfSubscriptions,
  "acquisition-cost": counted("所有支出和所有客户"),
  "referral-rate": wilson,
  "contact-volume": counted("每次联系"),
  complaints: wilson,
  "first-response-time": meanOfAmounts,
  "resolution-time": meanOfAmounts,
  "first-contact-resolution": wilson,
  "queue-abandonment": bursts,
  "queue-time": "平均值的Student t 区间，不低于 0；及时比例采用 Wilson 得分区间。",
  "knowledge-contributions": counted("每次贡献"),
  "contributions-per-case": counted("所有贡献和所有联系"),
  "self-service": wilson,
  "bounce-rate": `${bursts}页数和秒数的平均值采用Student t 区间，若分布偏斜则扩大。`,
  "next-page": counted("每次加载"),
  "cart-abandonment": bursts,
  "cta-engagement": `${bursts}点击多于浏览时没有区间。天数更少时，以及无人点击或每次都点击时，为样本过少。`,
  "organic-search": counted("每次访问"),
  uptime: `${bursts}天数更少时，以及没有任何失败或没有任何成功时，为样本过少。`,
  "page-speed": "由次序统计量求得的分位数区间，不假设分布；加载少于 13 次时没有。",
  "mobile-score": "平均值的Student t 区间，限制在量表范围内。",
  "social-mentions":
    "提及次数没有区间：都已计入。净情绪与净推荐值一样采用调整 Wald 区间：两者都是 +1、0 和 −1 的平均值。",
  "share-price": "无：价格不是由样本估计的。",
  "journey-funnel": "Wilson 得分区间，针对全程和每一步。",
};
