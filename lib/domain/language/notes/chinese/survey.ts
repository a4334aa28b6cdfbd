import type { MetricNotes } from "../metric-notes.ts";
import { customersNote } from "./shared-notes.ts";

/** What to know of the metrics of surveys, in simplified Chinese. */
export const chineseSurveyNotes: MetricNotes = {
  nps: [
    "以 1–10 提问的调查须标明量表 1-10。它们不可比较，绝不混入：convention=1-10 单独显示它们，工作区可将其设为默认（conventions）；使用另一口径时，它们在组成项“score 1-10”“low 1-10”“high 1-10”和“n 1-10”中，只要有一个，就在报告中有自己的卡片。",
    "分数可跨调查、分组和期间合并：一年的分数由全年的回答计算，而不是由各月的分数计算。",
    customersNote("回答"),
  ],
  csat: [
    "每个回答要么满意要么不满意，因此比例可跨量表合并；平均值不能，所以每个量表各有一个。",
    "所用各量表的完整直方图在组成项中。",
    customersNote("回答"),
  ],
  ces: [
    "量表 effort-1-5 从 1“非常省力”到 5“非常费力”，越低越好，因此绝不混入。用 convention=effort-1-5 单独查看；使用另一口径时，它在组成项“mean effort-1-5”和“n effort-1-5”中，只要有一个回答，就在报告中有自己的卡片。",
    customersNote("回答"),
  ],
  esat: [
    "向员工提问：回答不带客户编号。",
    "按 1–5 作答的须标明量表 1-5，绝不混入：convention=1-5 单独显示它们，高分为 4–5；使用另一口径时，它们在组成项“mean 1-5”和“n 1-5”中，只要有一个，就在报告中有自己的卡片。",
  ],
  "task-completion": [
    "每个回答是一次尝试：完成或未完成。口径 in-time = 100·及时完成/尝试：以所有尝试为分母，包括失败的，无论其对时间如何回答。使用另一口径时，inTimePercent 与之相同。",
    "late 统计完成但表示不及时的人。完成而未提及时间的人，是否及时不得而知，提示会说明其人数；若完成者都未提及时间，则没有及时比例（null）。",
    "按意图的完成情况在 visitor-intent 中，其回答不计入此处。",
    "约 1,200 次任务可用性测试的平均值为 78%。",
  ],
  "visitor-intent": [
    "组成项包含每个意图，最常见的在前：其回答数（“answers …”）、其比例及区间（“sharePercent …”“shareLow …”“shareHigh …”），若有人说明是否办成，还有办成数、被问数、比率及其区间（“completed …”“asked …”“completionPercent …”“completionLow …”“completionHigh …”）。",
    "意图即所发送的选项，逐字区分。工作区最先出现的 30 个按名称统计，以名称合计不超过 600 字节为限，较晚出现的计为 (other)：它不是一个意图而是许多个，因此排在最后，绝不算最常见，若存在会有提示说明。",
    "一个回答有一个意图；是否办成可选填，意图的完成率只针对说明了的回答。",
    "使用 groupBy=choice 或 filter.choice 时，每组只有一个意图，其比例为 100%（计为 (other) 时没有比例）：请不加它们查询，并查看组成项。",
    "若比较期间最常见的意图是另一个，两个比例针对的是不同事物，不作检验。",
  ],
  "survey-response-rate": [
    "统计对象是在该时间段内发送的邀请：无论有多少回答，都只在发送其邀请的那天计一次，因此比率不会超过 100%。",
    "回答若注明某邀请的 invitationId，且不早于发送、不晚于发送日之后工作区的 responseCutOffDays 天（未设置时为 14，含当天），即为对该邀请的回答。此后的第一个回答计为 answeredLate，更早的则完全不计。",
    "以相同 invitationId 再次发送的邀请是同一个邀请，以首次发送为准。",
    "邀请仍可被回答的日子为暂定。",
    "hour00 至 hour23 是及时回答在工作区当日所处的小时。使用 groupBy=hour、surveyId 或维度时，邀请按何时、随何物发送来分组。",
    "从统计中剔除的回答不算回答任何邀请。",
    "对外调查通常有 10–15% 的邀请得到回答。",
  ],
  "feedback-volume": ["统计对所有调查的回答，并另列每个调查的数量。", "随本人一并删除的评论仍计入数量。"],
};
