import type { RemarkTexts } from "./english.ts";

/** Remarks on values, why goals cannot be judged, and what is wrong with what was asked for, in simplified Chinese. */
export const chineseRemarks: RemarkTexts = {
  "remark.askedOnOneToTen": "按 1–10 提问：不能与按 0–10 提问的得分相比。",
  "remark.clicksBeyondViews": "点击多于浏览：可能缺少浏览，或点击重复。",
  "remark.correctionsLeftOut": "未列出更正过的日期：各项数字已用完一次回答可读取的量。",
  "remark.effortOnFive": "费力程度按 1–5 计：越低越好。",
  "remark.groupsLeftOut":
    "未列出各分组：分组要从最初起的所有日期统计，全部分组超过一次回答可读取的量。请按单个值查询。",
  "remark.inSegmentOfCustomer":
    "订单和收入计入其客户被赢得时所属的分组；没有客户的购买计入其自身标明的分组。",
  "remark.intentsTogether":
    "{answers, plural, other {#}} 个回答计为“{name}”：意图多于可按名称统计的数量，这些出现得较晚。",
  "remark.judgedTogether":
    "{tested} 项比较一并判断（Benjamini & Hochberg 1995）：被称为变化的项目中，预期最多 1% 出于偶然。",
  "remark.mentionSpikes": "提及次数远高于平常的日子（从高到低）：{days}。",
  "remark.netChurnByReason": "净流失针对所有来去的客户：不按原因区分。",
  "remark.noRatio":
    "没有客户价值与成本之比：{reason, select, noCustomers {没有新客户} nothingSpent {没有支出} other {没有订单、客户和流失就没有客户价值}}。",
  "remark.noGroups": "没有客户具有 {dimension} 的值：全部归入 (none) 组。客户的维度来自其被赢得时的记录。",
  "remark.notPredicted":
    "没有预测：{why, select, tooFewRepeats {有 {count} 位客户购买过不止一次，而模型需要 100 位} tooFewSpenders {有 {count} 位客户在重复购买中有支出，而模型需要 100 位} allNew {所有客户都是新客户} buyingUnknown {从购买记录看不出客户如何离开} spendingUnknown {从金额看不出客户之间的差异} noMeanAmount {客户之间的金额差异过大，无法得知均值} tooFewLost {有 {count} 位客户离开，而模型需要 30 位} leavingUnknown {客户离开方式的差异太小} other {模型的期望值不是有限数}}。",
  "remark.onlyTracked": "没有按 {dimension} 的预测：预测每次只按一个已跟踪的维度汇总。",
  "remark.otherCurrencies":
    "以 {currencies} 计的{what, select, orders {订单} prices {价格} purchases {购买和退款} subscriptions {订阅} other {支出}}不在此数值中：请用 currency={first} 查询。",
  "remark.otherScale":
    "{scale} 量表上的 {answers, plural, other {#}} 个回答不在此数值中：请选择 {scale} 口径。",
  "remark.otherValues":
    "{dimension} 的取值超过 {most} 个：{which, select, later {较晚出现的} other {最少见的}}计为“{other}”。",
  "remark.severalSymbols": "报价涉及多个证券代码：请用 filter.symbol= 选择一个，或用 groupBy=symbol 并列。",
  "remark.tooFewCustomers": "相对于客户之间的差异，客户数量太少：无论有多少订单或回答，区间都不可靠。",
  "remark.trackedSince": "{dimension} 自 {since} 起跟踪：此前记录的内容不属于它的任何分组。",
  "remark.unsaidInTime": "{unsaid, plural, other {#}} 次完成的尝试没有说明是否及时：不计为及时。",
  "goal.noMetric": "指标 {metric} 已不存在。",
  "goal.tooDear": "需要重新统计的记录太多：请选择更短的窗口，或在工作区中跟踪该维度。",
  "goal.noValue":
    "无法判断该数值：{problem, select, none {{from}至{to}没有可用来计算{metric}的数据} other {{from}至{to}的样本量为{n}，至少需要{needed}}}。",
  "goal.noBase":
    "目标取决于未知的基准：{problem, select, none {{from}至{to}没有可用来计算{metric}的数据} other {{from}至{to}的样本量为{n}，至少需要{needed}}}。",
  "goal.noLine":
    "通往目标的直线始于未知的基准：{problem, select, none {{from}至{to}没有可用来计算{metric}的数据} other {{from}至{to}的样本量为{n}，至少需要{needed}}}。",
  "goal.baseIsZero": "基准为 0：没有百分比变化。请改设一个数值或变化量。",
  "goal.beyondRange":
    "目标将为 {target}，而{metric}{range, select, between {介于 {min} 和 {max} 之间} atLeast {至少为 {min}} other {至多为 {max}}}。请另设目标。",
  "error.parameters": "以下内容无法使用：",
  "error.fields": "以下内容无法使用：",
  "error.noDay": "必须是存在的日期：YYYY-MM-DD",
  "error.notBefore": "不能早于 {least}",
  "error.notAfter": "不能晚于 {most}",
  "error.after": "必须晚于基准的最后一天 {least}",
  "error.endsBefore": "不能早于第一天",
  "error.notAfterToday": "不能晚于今天",
  "error.between": "必须在 {least} 到 {most} 之间",
  "error.link": "必须是以 https:// 或 http:// 开头的网址",
  "error.oneOfOrDay": "必须是其中之一：{values}，或存在的日期：YYYY-MM-DD",
  "error.oneOf": "必须是其中之一：{values}",
  "error.unknownField": "未知",
  "error.missing": "缺少：{rest}",
  "error.tooLong": "最多 {most} 个字符",
  "error.atLeast": "至少为 {least}",
  "error.atMost": "至多为 {most}",
  "error.number": "必须是数字",
  "error.wholeNumber": "必须是整数",
  "error.givenOnce": "只能出现一次",
  "error.nothingHere": "这里什么都没有。",
  "error.noSuchMetric": "没有这个名称的指标。",
  "error.noSuchGoal": "没有这个编号的目标。",
  "error.noSuchAnnotation": "没有这个编号的备注。",
  "error.secureLink": "必须是以 https:// 开头的网址",
  "error.noUserInAddress": "不能包含用户名或密码",
  "error.noFragment": "不能有 # 之后的部分",
  "error.publicAddress": "必须是公共互联网上的地址",
  "error.noSuchWebhook": "没有这个编号的 Webhook。",
  "error.noSuchAlert": "没有这个编号的警报。",
  "error.noSuchDelivery": "没有这个编号的投递。",
  "error.tooManyWebhooks": "一个工作区最多有 {most} 个 Webhook：请删除一个不用的。",
  "error.tooManyAlerts": "一个工作区最多有 {most} 个警报：请删除一个。",
  "error.needsAdmin": "需要具有 admin 权限的密钥。",
  "error.signInAsAdmin": "需要具有 admin 权限的密钥：请用这样的密钥登录。",
  "error.ownPage": "此表单只能从本站自己的页面发送。",
  "error.tooManyTries": "尝试次数过多：请在 {seconds} 秒后重试。",
  "error.usedUp": "此密钥的使用量已达上限；未执行任何操作。",
  "error.failed": "出了点问题；再次发送同样的请求是安全的。",
  "benchmark.usabilityTests": "约 1,200 次可用性测试的平均值",
  "benchmark.surveys": "面向企业外部人员的调查",
  "benchmark.largeSaas": "大型 SaaS 企业，每年",
  "benchmark.smallSaas": "小型 SaaS 企业，每月",
  "benchmark.engaged": "高度投入的企业客户",
  "benchmark.touchpoints": "消费者，每件商品，平均",
  "benchmark.complaining": "会投诉的不满客户（26 人中有 1 人）",
};
