import type { MetricNotes } from "../metric-notes.ts";
import { sketchNote, stillInTouchNote } from "./shared-notes.ts";

/** What to know of the metrics of service, in simplified Chinese. */
export const chineseServiceNotes: MetricNotes = {
  "contact-volume": [
    "一个工单是一次联系，计入其创建之日，无论创建被发送多少次。",
    "hour00 至 hour23 是工作区时区的各小时；各小时之和与各星期几之和都等于数值。",
    "平均活跃客户数是期初与期末数量的平均值。在分组中为该组的客户，若没有客户则没有此数字（null）。",
    "最常见的类别：groupBy=category 加 top=10 或 top=20；其余归入组 (other)。",
  ],
  complaints: [
    "低分指贬损者的分数（NPS 0–6）、客户满意度量表下半部分的分数（5 分制 1–2）、容易程度 7 分制的 1–3，或费力程度 5 分制的 4–5。每位客户每天计一次，归入其自身的分组；没有客户编号的回答不计。",
    "在打分之时或直至其当日之后 30 天（含最后一天），同一 customerId 创建工单（ticket.opened）或来电（call.queued），即为联系。打分之前的不算。",
    stillInTouchNote,
  ],
  "first-response-time": [
    "只计创建之时或之后的首次回复，计入该回复的当日，归入工单创建时的分组。",
    "尚无人回复的工单不计入任何数字。",
    sketchNote,
    "时间全天候计算：夜间和周末都计入。",
  ],
  "resolution-time": [
    "数值为完全解决的时间：重新打开的案例以最后一次解决计入该日。重新打开期间不算已解决，此前那天的计数会扣除它。",
    "组成项 first… 针对首次解决，计入其当日：重新打开不会改变它们。resolvedAgain 是重新打开之后才完全解决的案例。",
    "计入解决之日，归入工单创建时的分组。早于创建的解决不计；已解决案例的再次解决只是重复说明。",
    sketchNote,
    "时间全天候计算：夜间、周末和等待客户的时间都计入。",
  ],
  "first-contact-resolution": [
    "每个案例在首次解决之日计一次：重新打开会将其从分子中移除，但仍留在分母中。",
    "在首次解决之日后 7 天之内重新打开，会撤销首次联系即解决；更晚再来的人是为另一件事而来，在任何解决之前来的人不算再来。涉及最近 7 天的时间段为暂定。",
    "口径 of-contacts = 100·期内首次联系即解决/期内发起的联系：无人解决的联系也在分母中。此前创建而在期内解决的案例在分子中，因此天数较少时可能超过 100%，此时没有区间。",
    "是否首次联系以 ticket.resolved 所述为准（contacts: 1）；若未说明，则为从创建到首次解决至多一次回复。",
  ],
  "queue-abandonment": [
    "放弃的来电计入其开始排队之日，归入排队时的分组，因此比率不会超过 100%。",
    "每个来电计一次，无论排队或放弃多少次。从未排队的来电在其 call.queued 到达之前不计入任何地方。",
    "每次放弃都计入，无论等待多短。",
  ],
  "queue-time": [
    "来电在被接听或放弃后，计入其开始排队之日，归入排队时的分组：以 call.answered 或 call.abandoned 所述的秒数为准，否则为自其 call.queued 起的时间。",
    "目标为 20 秒，除非另行指定（target=5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600）：answeredInTime 统计在目标内（含界限）接听的来电，answeredInTimePercent 是其占所有接听或放弃来电的比例。",
    "abandonedMean 和 abandonedP50 是挂断者等待的时间。既被接听又被放弃的来电算放弃。",
    "transfersPerCall 针对已知来电者被转接次数的来电（transfersKnown）；每个来电取其各事件所述的最大值。",
    "分位数来自各单元可相加的概要（sketch），与精确值相差不超过 1%；平均值和及时比例都是精确的。",
  ],
  "knowledge-contributions": [
    "最先写文章的人即为作者：最早的 article.written 新建文章，此后每一个都是改进，记在以 agent 身份发送它的人名下。",
    "使用和解决的案例记在文章作者名下，计入使用之日。article.written 尚未到达的文章不记在任何人名下，到达之前其使用不计入任何地方。",
    "convention=resolved 是文章解决的案例数：加上 groupBy=articleId、sort=value 和 top=10，即为解决最多的文章。",
    "使用若标明解决（resolved），即为解决了案例；若未标明，则以注明工单为准。",
  ],
  "contributions-per-case": [
    "n 是同一期间发起的联系，在分组中为该组的联系：按 agent 时为该客服的案例。若没有，则没有数值（null）。",
    "贡献计入撰写之日，联系计入发起之日：请选择比两者间隔长得多的时间段。",
  ],
  "self-service": [
    "会话是客户进行搜索（article.searched）或阅读文章（不带 ticketId 的 article.used）的一天，无论多少次都计一次，归入客户的分组。没有客户编号就无从得知是否有帮助，因此不计。",
    "若同一客户在会话开始之后、直至其当日之后 7 天（含最后一天）没有创建工单也没有来电，即为自助解决。",
    stillInTouchNote,
  ],
};
