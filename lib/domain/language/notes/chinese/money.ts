import type { MetricNotes } from "../metric-notes.ts";
import { chartMogulNote, customersNote, followedNote, noRateNote } from "./shared-notes.ts";

/** What to know of the metrics of what customers pay and cost, in simplified Chinese. */
export const chineseMoneyNotes: MetricNotes = {
  sales: [
    "每个序列只有一种货币：其他货币的金额自成序列（currency=），绝不相加。",
    "退款属于退还款项的那一天。",
    "金额从头到尾都是最小单位的整数：没有舍入误差。",
  ],
  "average-order-value": [
    "收入是退款前支付的金额：退款改变 sales，不改变订单金额。",
    "每个序列只有一种货币。",
    customersNote("订单"),
    "若订单之间的差异大部分来自少数几位客户，则多少客户都不够：不在样本中的客户同样可能左右平均值。无论 n 是多少，都视为样本过少。",
  ],
  "clv-predicted": [
    "模型每周拟合一次，并在每次要求预测时拟合。一次拟合从其所知最后一天的次日起生效，直到下一次拟合，最长 31 天。",
    "预测期、折现率和利润率是工作区的设置（predictionMonths、discountRate、margin），以拟合模型时为准。totalValue 是所有客户的合计。",
    "重复购买的客户不足，或购买记录无法确定模型时，值为 null，并有备注说明原因。",
    "method 说明采用了哪个模型：至少 30 位客户明确离开或结束全部订阅时为 contracts，否则为 purchases。原因由预测本身说明。",
    "名称以 holdout 开头的组成部分说明模型的误差：用其余历史预测最后四分之一。",
    "按已跟踪的维度，客户计入其获得时所属的值；各值的 customers、orders 和 totalValue 相加等于整体。其他维度没有值。",
  ],
  clv: [
    "平均活跃客户数是期初与期末数量的平均值；频率和流失率是本期的，因此生命周期以期数计。",
    "若时间范围始于最初的客户之前，平均值只针对有客户的日子；n 是所有日子的平均值，因此为样本过少。在客户平均尚未购买两次时，数值至多为人均支出。",
    "流失率为零时生命周期未知，没有数值（null）；cappedValue 假设生命周期为 maxLifespanMonths。",
    "没有订单就没有平均订单金额，因此 value 和 cappedValue 为 null。",
    "利润率和 maxLifespanMonths 是工作区的设置；利润率为 1 时，数值是收入而非利润。",
    "没有客户编号的订单也计入收入：请设置利润率并比较不同期间，而不要只看单个数值。",
    "按维度时，订单和收入与客户本身一样，计入客户被赢得时的分组。购买自身所标明的内容，只在未注明客户时才计入。",
  ],
  mrr: [
    "订阅每月带来金额 × 数量，按季计价为其三分之一，按年计价为十二分之一。以货币最小单位的十二分之一计算，因此没有舍入，每一天、每个分组和货币的变动都精确相加。",
    "变动以客户为单位，合并其在该货币下的所有订阅，从一天结束到次日结束。已付费客户的另一订阅为扩展，两个订阅之一终止为缩减；流失是最后一个订阅终止时所付的金额，恢复是曾流失的客户所付的金额。",
    "这些就是 ChartMogul 公布的变动；它合并同一小时内的活动，而这里把一天内的活动算作一次。Lago 的 new、expansion、contraction 和 churn 与此相同，但没有恢复（它不公布），并且与这里一样采用套餐价格，而不是开票金额。",
    "免费订阅（金额 0）不带来收入：其客户在开始付费时为新增。对未生效的订阅所作的更改会启动它。按用量或一次性收取的费用不包括在内。",
    "每个序列只有一种货币：更换货币的客户在一种货币中流失，在另一种中为新增。汇率变化不产生任何变动。",
    "按维度时，客户连同其所有订阅计入其被赢得之处。",
  ],
  "net-revenue-retention": [
    "超过 100 表示期初客户的增长大于损失。不包括新客户，也不包括此前已流失而后回来的客户；期内流失又回来的客户在期末仍在。",
    followedNote,
    chartMogulNote,
    noRateNote,
  ],
  "gross-revenue-retention": [
    "从不超过 100，且恰为 100 − revenue-churn。先扩展、再缩减回期初水平的客户没有损失；按口径 chartmogul，其缩减计入。",
    followedNote,
    chartMogulNote,
    noRateNote,
  ],
  "revenue-churn": [
    "口径：gross 恰为 100 − gross-revenue-retention，net 恰为 100 − net-revenue-retention，期初客户增长时为负。chartmogul 和 chartmogul-net 是 ChartMogul 的总 MRR 流失率和净 MRR 流失率。",
    followedNote,
    chartMogulNote,
    noRateNote,
  ],
  "acquisition-cost": [
    "没有新客户就没有数值（null）。回流的客户不算新客户。",
    "支出计入其当日，客户计入其成为客户的那天：请选择比两者间隔长得多的时间段。",
    "按渠道：支出计入其注明的渠道，客户及其购买计入客户被赢得时的渠道。",
    "lifetimeValueToCost 是同一期间和分组的客户终身价值除以此成本；缺少其中之一时为 null，提示会说明原因。",
    "每个序列只有一种货币：其他货币的支出自成序列（currency=），绝不相加。",
  ],
};
