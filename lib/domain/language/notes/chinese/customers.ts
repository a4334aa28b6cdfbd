import type { MetricNotes } from "../metric-notes.ts";
import { customersNote, noCustomerNote, stillThereNote } from "./shared-notes.ts";

/** What to know of the metrics of customers, in simplified Chinese. */
export const chineseCustomersNotes: MetricNotes = {
  customers: [
    "客户因明确的终止而流失；在设置了 inactivityDays 的工作区，则在连续这么多天没有购买的最后一天流失。",
    "购买使未知的人成为客户。流失之后的日子里再购买，则客户回流。",
    "不活跃客户的终止不改变任何数字。",
    "按维度时，客户计入其被赢得之处，流失和回流时也一样：依据其明确的加入，否则为首次购买；若已知的第一件事是回流，则为该次回流。",
    "当日的数字：若不再发生其他事，当日结束时的情况。当日因不活跃而流失的客户在下次购买之前已计为流失。",
    "尚未开始的时间段：在有人来去之前，与今日数量相同。",
  ],
  "churn-rate": [
    "对日历区间是精确的：在时间段内加入又离开的客户不在分子中；流失、回流、再流失的客户计一次。",
    "对其他时间范围和滚动窗口，则把每日比率连乘，1 − Π(1 − 每日流失率)，API 的应答标明 method: compounded。",
    "离开的原因：groupBy=reason 列出 customer.left 所给的每个原因（其字段 reason，或该维度），即期初全部客户中因此流失的客户，因此各原因相加等于总流失率；(inactive) 是因不活跃而流失的，(none) 是未说明原因的。组成项中有因各原因流失的人数（“lost …”）。按其他维度时，客户按被赢得之处分组。",
    "口径：net = (期初 − 期末)/期初，baremetrics = 流失/期初，stripe = 流失/(期初 + 新增)。业务增长时，净流失率为负。",
  ],
  "retention-rate": [
    "与流失率针对相同的客户：期初的客户。期内加入的客户两边都不计。",
    "对非日历区间的时间范围，则把每日比率连乘，API 的应答标明 method: compounded。",
  ],
  "repeat-purchase-rate": [
    "截至时间段的最后一天，针对迄今的所有客户：不只是在该时间段内购买的客户。",
    `${stillThereNote("客户")}若期内超过一半的购买者是新客户，比较为时尚早。`,
    noCustomerNote,
  ],
  loyalty: [
    "截至时间段的最后一天，针对迄今的所有客户；meanDaysBetween 针对时间段内的购买，每次为距同一客户上次购买的天数。",
    "同一天的购买之间没有间隔天数。迟到的购买若位于另外两次之间，会把其间的天数分开。",
    stillThereNote("客户"),
    noCustomerNote,
    "从最初起读取销售的每一天：每个已结算且每天都有购买的年份约需 9 个读取单位。",
  ],
  engagement: [
    "截至时间段的最后一天，针对截至该日的 30 天。k 是工作区的 engagedTouchpoints，初始为 4。",
    "该日结束时不是活跃客户的人，无论有多少互动都不计为高度投入；加入之前的互动在其成为客户后计入。",
    "interactionsPerEngaged 和 touchpointsPerEngaged 针对这 30 天内高度投入的客户。",
    stillThereNote("客户"),
    "当日的数字：若不再发生其他事，当日结束时的情况。仅因时间推移，客户就会在 30 天内剩余互动过少的那天不再算高度投入。",
  ],
  interactions: [
    "互动（interaction.made）计入其当日，归入其客户的分组。n 为互动次数。",
    "平均活跃客户数是期初与期末数量的平均值；若没有客户，则没有数值（null）。非客户的互动也包括在内。",
    "groupBy=touchpoint 将数值拆分：每个触点的互动除以全部客户，因此各部分相加等于整体。工作区最先出现的 30 个触点按名称统计，其余计为 (other)。",
  ],
  "touchpoints-per-purchase": [
    "购买计入其当日，连同其客户在当日及之前 29 天的互动（interaction.made）中的不同触点数，归入其客户的分组。",
    "若客户在这些天内没有互动，其购买不计：对通往购买的过程一无所知。没有客户的购买同样不计。",
    "aboveFour 统计触点超过 4 个的购买，aboveFourPercent 是其比例。",
    customersNote("购买"),
    "参考：客户平均使用六个触点，近一半客户使用四个以上。",
  ],
  "referral-rate": [
    "由推荐而来的客户计入其成为客户的那天，无论 referral.converted 何时到达；从未成为客户的人不计。",
    "referrerShare 是时间段结束时的活跃客户中，迄今推荐过您的比例。",
    "codesConverted 是在该时间段内首次发送的推荐码中，迄今有人由此而来的数量，因此 codeConversion 不会超过 100%。若要查看多少推荐成功，请为每次推荐使用单独的推荐码；若每位推荐人一个码，则表示有多少推荐人带来了客户。",
    "referralsSent 统计该时间段内的每个 referral.sent，同一推荐码的多次也计入。",
  ],
};
