import type { MetricNotes } from "../metric-notes.ts";

/** What to know of the metrics of journeys, in simplified Chinese. */
export const chineseJourneyNotes: MetricNotes = {
  "journey-funnel": [
    "旅程计入其开始之日，此后到达的每个阶段也计入该日：只要旅程仍在继续，过去日子的数字还会上升。请比较持续时间相同的期间，或使用 within=30：自旅程开始起 30 个 24 小时内发生的情况（1、7、14、30、60、90、180 或 365 天）；旅程尚未经历这么久的日子为暂定。",
    "旅程在客户首次进入任一阶段时开始，持续到客户经过了首个和最后一个阶段（顺序不限）并再次进入首个阶段为止，由此开始另一段旅程。再次进入的阶段在每段旅程中计一次。在首次联系之前赢得的客户只有一段旅程。",
    "口径 entered 统计进入某阶段者。口径 reached 统计进入该阶段或更后阶段者：跳过某阶段或更晚才出现在该阶段的，视为已经过。",
    "口径 customers-entered 和 customers-reached 统计客户而非旅程：每位客户在其首段旅程开始之日计一次，并计入其在任何旅程中到达的所有阶段。",
    "工作区可以定义更多漏斗，各有自己的阶段（funnels）：请用 funnel=<name> 查询。多个漏斗共有的阶段在每个漏斗中都计入。",
    "不使用 within= 时，只有当期内旅程已经历 30 天，或已经历所有步骤第 90 百分位之和那么久，才会判断变化。",
    "时间中位数是从首次进入某阶段到首次进入下一阶段的时间（误差不超过 1%，来自概要），针对按此顺序进入两者的所有旅程，无论耗时多久。",
    "组成项包含每个阶段（“reached …”：按该口径到达的数量），从第二个阶段起还有“conversionPercent …”及“conversionLow …”和“conversionHigh …”、“dropOff …”、“dropOffPercent …”和“medianSeconds …”，均相对于前一阶段。",
    "旁边的调查显示问题所在：发送回答时带上维度 stage 或 touchpoint，并用 groupBy=stage 查询 nps、csat 或 ces。",
  ],
};
