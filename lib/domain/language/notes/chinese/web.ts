import type { MetricNotes } from "../metric-notes.ts";

/** What to know of the metrics of the web and the public, in simplified Chinese. */
export const chineseWebNotes: MetricNotes = {
  "bounce-rate": [
    "会话计入其结束之日。",
    "groupBy=page 显示会话开始的页面或文章，groupBy=exitPage 显示会话结束的页面或文章。",
    "带 count 的记录代表相应数量的会话，每个会话具有所述的页数和秒数；若以多个会话的平均值发送，平均值仍正确，但区间会过窄。",
  ],
  "next-page": [
    "加载（page.loaded）若注明其前一页面（previousPage），且为另一页面，则计入此处。",
    "某页面之后：filter.previousPage=/help/returns 加 groupBy=page 和 top=20，显示人们从那里去往何处，最常见的在前。",
    "离开的人没有下一页：bounce-rate 加 groupBy=exitPage 显示访问在哪个页面结束。",
    "带 count 的记录代表相应数量的加载。",
  ],
  "cart-abandonment": [
    "以购物车为单位：无论其开始或购买被发送多少次，都计一次。",
    "购物车在购买之日，或在其时限（cartHours，工作区未另行规定时为 24）届满之日有结果，以较早者为准。在此之前未决，两个数都不计入。",
    "此后的购买会在时限届满之日撤销放弃（boughtLate）。",
    "没有开始的购买会等到开始为人所知。先于开始的购买，在购买之日计为已购买。",
    "当日的数字：若不再发生其他事，当日结束时的情况。时限在当日稍后届满的购物车，在购买之前已计为放弃。",
    "startedInPeriod 在开始之日统计购物车：其中一些稍后才有结果。",
  ],
  "cta-engagement": [
    "groupBy=cta 显示每个行动号召，groupBy=page 显示每个页面。",
    "统计的是点击，而不是点击的人：若要得到比例，请每次浏览只发送一次点击。点击多于浏览时如实显示，超过 100%，API 的应答会予以说明；这表示缺少浏览或点击重复。",
    "看到行动号召五次的人，每次点击的可能性相近：因此区间按日测量。",
    "点击计入其当日，即使浏览发生在前一天。",
    "没有浏览就没有数值，无论有多少点击。",
  ],
  "organic-search": [
    "groupBy=keyword 显示搜索的内容，groupBy=page 显示访问开始的页面和文章，groupBy=device 显示设备（一个维度）。",
    "搜索引擎很少提供关键词：没有关键词的访问归入没有取值的组。",
  ],
  uptime: [
    "统计的是检测次数，而不是分钟：若等间隔检测，其比例即为时间的比例。",
    "groupBy=target 显示每个服务；合计时每次检测权重相同，无论检测的是什么。",
    "相继的检测并不独立，一次故障会影响多次检测：因此区间按日测量。没有失败时，无从得知故障会持续多久，视为样本过少。",
  ],
  "page-speed": [
    "分位数来自可合并的概要（sketch），误差不超过 1%；不足一毫秒计为 0。平均值是精确的。",
    "groupBy=page 显示每个页面，groupBy=device 显示每种设备（一个维度）。",
    "带 count 的记录代表相应数量、时间相同的加载。",
    "两个期间以 z 比较，所用标准误会给出同样宽度的区间（Woodruff 1952）。概要无法区分的差异，即每个值的 1%，不算变化。",
  ],
  "mobile-score": [
    "分数来自同一种工具：另一种工具或另一版本的分数应放入另一个工作区或一个维度。",
    "groupBy=page 显示每个页面；合计时每个分数权重相同。",
  ],
  "social-mentions": [
    "groupBy=channel 显示每个网络，groupBy=sentiment 显示每类提及。",
    "高峰是提及次数超过期内各日的中位数 + 3·s 的日子，s 为 1.4826·MAD、√中位数和 1 中的最大值。首次提及之前和最后一次提及之后的日子不计，因为它们可能在起始之前或尚未到来；少于 7 天没有高峰。",
    "提及越多，只有在情绪良好时才越好：两者都要看。",
  ],
  "share-price": [
    "一天的最后价格是 occurredAt 最晚的报价，无论到达顺序如何；同一时刻有多个时取最高者。",
    "不结转：没有报价的期间没有价格，没有交易的日子也一样。",
    "change 是期内最后价格减最初价格；compare=previous 给出自前一期间最后价格以来的变化。",
    "证券和货币绝不混合。期内有多个证券代码报价时没有数值：请用 filter.symbol= 或 groupBy=symbol 查询。其他货币的价格自成序列（currency=）。",
  ],
};
