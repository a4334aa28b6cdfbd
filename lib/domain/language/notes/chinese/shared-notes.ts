/** Notes in simplified Chinese that several metrics have. */

/** How customers are taken for clusters. @param cases what they have several of */
export function customersNote(cases: string): string {
  return `同一客户的${cases}彼此相似。每小时的任务每周一次，根据已结算日期的文件测量这使 7、30、90 和 365 天的方差增加多少；此后区间和检验会考虑这一点，API 的应答标明 method: by-customer，若权重相同的客户少于 28 位，则为样本过少。按维度时沿用与全体相同的数字。每日快照不使用这些数字。`;
}

/** How people are compared who are still there later. @param people the most of whom are */
export function stillThereNote(people: string): string {
  return `某一时点的${people}大多在下一时点仍在：比较时视为独立样本，因此宁可漏报变化，也不多报。`;
}

export const noCustomerNote = "没有客户编号的购买计入 sales，不在此处。退款不会撤销购买。";

export const followedNote =
  "对日历区间是精确的：期初付费的每位客户都被追踪到期末。对其他时间范围和滚动窗口，则把每日比例连乘，API 的应答标明 method: compounded。";

export const chartMogulNote =
  "口径 chartmogul：按 ChartMogul 公布其 MRR 流失率的方式，以期内变动除以期初收入，也包括期内新来客户的变动；恢复计为获得。Lago 公布变动，但不公布比率。";

export const noRateNote = "期初没有经常性收入就没有比率。每个序列只有一种货币。";

export const sketchNote =
  "p50 和 p90 来自各单元可相加的概要（sketch），与精确值相差不超过 1%；平均值是精确的。";

export const stillInTouchNote = "客户仍可能联系的日子为暂定，比较为时尚早。";
