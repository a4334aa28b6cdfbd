import type { MetricTexts } from "./metric-texts.ts";

/** The names and descriptions of metrics in Chinese, in simplified characters. */
export const chineseMetrics: MetricTexts = {
  nps: {
    name: "净推荐值（NPS）",
    description: "根据“您有多大可能推荐我们？”（0–10）的回答，愿意推荐的客户比不愿意的多多少。",
    apart: "净推荐值（1–10）",
  },
  csat: {
    name: "客户满意度",
    description: "对“您有多满意？”的回答中，满意所占的比例。",
  },
  ces: {
    name: "客户费力度（CES）",
    description: "办成一件事有多容易，为 1“非常困难”到 7“非常容易”的回答平均。",
    apart: "客户费力度（1–5）",
  },
  esat: {
    name: "员工满意度",
    description: "员工对工作的满意程度，为 1–10 回答的平均。",
    apart: "员工满意度（1–5）",
  },
  "task-completion": {
    name: "任务完成率",
    description: "想办成事情的人当中，自称或被观察到已办成的比例。",
  },
  "visitor-intent": {
    name: "访客意图",
    description: "访客为何而来：各意图在回答中的比例，以及其中多少人办成。数值为最常见意图的比例。",
  },
  "survey-response-rate": {
    name: "调查回复率",
    description: "发出的调查邀请中得到回复的比例。",
  },
  "feedback-volume": {
    name: "评论数量",
    description: "附有评论的调查回答数：分数背后的原因。",
  },
  customers: {
    name: "活跃客户",
    description: "期末有多少客户，以及期间内的来去。",
  },
  "churn-rate": {
    name: "客户流失率",
    description: "期初的客户中，在期间内流失的比例。",
  },
  "retention-rate": {
    name: "客户留存率",
    description: "期初的客户中，在期间内未流失的比例。",
  },
  "repeat-purchase-rate": {
    name: "复购率",
    description: "至今所有客户中，购买超过一次的比例。",
  },
  loyalty: {
    name: "购买忠诚度",
    description: "复购客户购买的次数，以及到下次购买的间隔。",
  },
  engagement: {
    name: "互动程度",
    description: "活跃客户中，在多处与您保持联系的比例。",
  },
  "touchpoints-per-purchase": {
    name: "购买前触点",
    description: "客户购买之前，曾在多少个不同的触点与您接触。",
  },
  interactions: {
    name: "每位客户的互动次数",
    description: "客户（无论是否深度参与）平均与您互动多少次，按触点区分。",
  },
  sales: {
    name: "销售额",
    description: "客户在期间内支付的金额，扣除退款。",
  },
  "average-order-value": {
    name: "平均订单金额",
    description: "客户平均每张订单支付的金额。",
  },
  clv: {
    name: "客户终身价值（CLV）",
    description: "若客户的购买与离开情况如同本期，一位客户在整段关系中带来的金额。",
  },
  "clv-predicted": {
    name: "预测客户生命周期价值",
    description: "根据客户如何购买和离开的模型，预计一位客户在预测期内带来的金额，以及这些模型的误差。",
  },
  mrr: {
    name: "月度经常性收入",
    description: "期末客户每月为订阅支付的金额，以及期间内的变动。",
  },
  "net-revenue-retention": {
    name: "净收入留存率",
    description: "期初付费的客户期末支付的金额占期初金额的百分比：包括增加、减少和不再支付的部分。",
  },
  "gross-revenue-retention": {
    name: "总收入留存率",
    description: "客户期初支付的金额中期末仍在支付的百分比：增加的部分不计。",
  },
  "revenue-churn": {
    name: "收入流失率",
    description: "客户期初支付的金额中期末不再支付的百分比。",
  },
  "acquisition-cost": {
    name: "获客成本",
    description: "期间内用于争取客户的支出，按每位新客户计。",
  },
  "referral-rate": {
    name: "推荐率",
    description: "期间的新客户中，因他人推荐而来的比例。",
  },
  "contact-volume": {
    name: "联系量",
    description: "客户发起的联系次数：何时，对应多少客户。",
  },
  complaints: {
    name: "不满客户的联系率",
    description: "不满意的回答中，客户在之后30天内与您联系的比例。",
  },
  "first-response-time": {
    name: "首次响应时间",
    description: "客户平均等候工单首次回复的时间。",
  },
  "resolution-time": {
    name: "解决时间",
    description: "工单从开立到完全解决的平均时间。",
  },
  "first-contact-resolution": {
    name: "首次联系解决率",
    description: "每百件案件中，首次联系即解决且未再发生的件数。",
  },
  "queue-abandonment": {
    name: "排队放弃率",
    description: "每百位等候的来电者中，在接听前挂断的人数。",
  },
  "queue-time": {
    name: "排队时间",
    description: "来电者平均等候接听的时间，以及及时接听的数量。",
  },
  "knowledge-contributions": {
    name: "客服知识贡献",
    description: "客服创建或改进知识库文章的次数，以及其文章解决案件的次数。",
  },
  "contributions-per-case": {
    name: "每百个案例的知识贡献",
    description: "每百个案例中创建或改进了多少篇知识库文章，以及文章解决了多少案例。",
  },
  "self-service": {
    name: "自助解决率",
    description: "搜索或阅读文章的客户在之后7天内没有联系您的比例。",
  },
  "bounce-rate": {
    name: "跳出率",
    description: "只浏览一页的访问所占的比例。",
  },
  "next-page": {
    name: "下一页",
    description: "访客从一个页面或一篇文章前往另一个页面的次数：之后做了什么。",
  },
  "cart-abandonment": {
    name: "购物车放弃率",
    description: "已开始的购物车中，未购买的比例。",
  },
  "cta-engagement": {
    name: "行动号召点击率",
    description: "行动号召每一百次展示的点击次数。",
  },
  "organic-search": {
    name: "自然搜索流量",
    description: "来自搜索引擎非付费结果的访问次数。",
  },
  uptime: {
    name: "可用率",
    description: "检查时服务可用的比例。",
  },
  "page-speed": {
    name: "页面速度",
    description: "页面就绪所需的时间：四次加载中有三次至少这么快。",
  },
  "mobile-score": {
    name: "移动端分数",
    description: "页面适合移动设备的程度，为 0 至 100 分的平均。",
  },
  "social-mentions": {
    name: "社交聆听",
    description: "企业被公开提及的次数，以及是好评还是差评。",
  },
  "share-price": {
    name: "股价",
    description: "期末的股价及其变化。",
  },
  "journey-funnel": {
    name: "旅程漏斗",
    description:
      "已开始的旅程中，到达各阶段及最后阶段的比例：若工作区未自定义，为认知、考虑、决定、留存与推荐。",
  },
};
