import type { MetricTexts } from "./metric-texts.ts";

/** The names and descriptions of metrics in Chinese, in traditional characters. */
export const traditionalChineseMetrics: MetricTexts = {
  nps: {
    name: "淨推薦值（NPS）",
    description: "根據「您有多大可能推薦我們？」（0–10）的回答，願意推薦的顧客比不願意的多多少。",
    apart: "淨推薦值（1–10）",
  },
  csat: {
    name: "顧客滿意度",
    description: "對「您有多滿意？」的回答中，滿意所占的比例。",
  },
  ces: {
    name: "顧客費力度（CES）",
    description: "辦成一件事有多容易，為 1「非常困難」到 7「非常容易」的回答平均。",
    apart: "顧客費力度（1–5）",
  },
  esat: {
    name: "員工滿意度",
    description: "員工對工作的滿意程度，為 1–10 回答的平均。",
    apart: "員工滿意度（1–5）",
  },
  "task-completion": {
    name: "任務完成率",
    description: "想辦成事情的人當中，自稱或被觀察到已辦成的比例。",
  },
  "visitor-intent": {
    name: "訪客意圖",
    description: "訪客為何而來：各意圖在回答中的比例，以及其中多少人辦成。數值為最常見意圖的比例。",
  },
  "survey-response-rate": {
    name: "問卷回覆率",
    description: "發出的問卷邀請中得到回覆的比例。",
  },
  "feedback-volume": {
    name: "評論數量",
    description: "附有評論的問卷回答數：分數背後的原因。",
  },
  customers: {
    name: "活躍顧客",
    description: "期末有多少顧客，以及期間內的來去。",
  },
  "churn-rate": {
    name: "顧客流失率",
    description: "期初的顧客中，在期間內流失的比例。",
  },
  "retention-rate": {
    name: "顧客留存率",
    description: "期初的顧客中，在期間內未流失的比例。",
  },
  "repeat-purchase-rate": {
    name: "重複購買率",
    description: "至今所有顧客中，購買超過一次的比例。",
  },
  loyalty: {
    name: "購買忠誠度",
    description: "回購顧客購買的次數，以及到下次購買的間隔。",
  },
  engagement: {
    name: "互動程度",
    description: "活躍顧客中，在多處與您保持聯繫的比例。",
  },
  "touchpoints-per-purchase": {
    name: "購買前接觸點",
    description: "顧客購買之前，曾在多少個不同的接觸點與您接觸。",
  },
  interactions: {
    name: "每位顧客的互動次數",
    description: "顧客（無論是否深度參與）平均與您互動多少次，依接觸點區分。",
  },
  sales: {
    name: "銷售額",
    description: "顧客在期間內支付的金額，扣除退款。",
  },
  "average-order-value": {
    name: "平均訂單金額",
    description: "顧客平均每張訂單支付的金額。",
  },
  clv: {
    name: "顧客終身價值（CLV）",
    description: "若顧客的購買與離開情況如同本期，一位顧客在整段關係中帶來的金額。",
  },
  "clv-predicted": {
    name: "預測客戶終身價值",
    description: "根據客戶如何購買和離開的模型，預計一位客戶在預測期內帶來的金額，以及這些模型的誤差。",
  },
  mrr: {
    name: "每月經常性收入",
    description: "期末顧客每月為訂閱支付的金額，以及期間內的變動。",
  },
  "net-revenue-retention": {
    name: "淨收入留存率",
    description: "期初付費的顧客期末支付的金額佔期初金額的百分比：包括增加、減少和不再支付的部分。",
  },
  "gross-revenue-retention": {
    name: "總收入留存率",
    description: "顧客期初支付的金額中期末仍在支付的百分比：增加的部分不計。",
  },
  "revenue-churn": {
    name: "收入流失率",
    description: "顧客期初支付的金額中期末不再支付的百分比。",
  },
  "acquisition-cost": {
    name: "獲客成本",
    description: "期間內用於爭取顧客的支出，按每位新顧客計。",
  },
  "referral-rate": {
    name: "推薦率",
    description: "期間的新顧客中，因他人推薦而來的比例。",
  },
  "contact-volume": {
    name: "聯絡量",
    description: "顧客發起的聯絡次數：何時，對應多少顧客。",
  },
  complaints: {
    name: "不滿顧客的聯絡率",
    description: "不滿意的回答中，顧客在之後30天內與您聯絡的比例。",
  },
  "first-response-time": {
    name: "首次回應時間",
    description: "顧客平均等候工單首次回覆的時間。",
  },
  "resolution-time": {
    name: "解決時間",
    description: "工單從開立到完全解決的平均時間。",
  },
  "first-contact-resolution": {
    name: "首次聯絡解決率",
    description: "每百件案件中，首次聯絡即解決且未再發生的件數。",
  },
  "queue-abandonment": {
    name: "排隊放棄率",
    description: "每百位等候的來電者中，在接聽前掛斷的人數。",
  },
  "queue-time": {
    name: "排隊時間",
    description: "來電者平均等候接聽的時間，以及及時接聽的數量。",
  },
  "knowledge-contributions": {
    name: "客服知識貢獻",
    description: "客服建立或改進知識庫文章的次數，以及其文章解決案件的次數。",
  },
  "contributions-per-case": {
    name: "每百個案例的知識貢獻",
    description: "每百個案例中建立或改進了多少篇知識庫文章，以及文章解決了多少案例。",
  },
  "self-service": {
    name: "自助解決率",
    description: "搜尋或閱讀文章的顧客在之後7天內沒有聯絡您的比例。",
  },
  "bounce-rate": {
    name: "跳出率",
    description: "只瀏覽一頁的造訪所占的比例。",
  },
  "next-page": {
    name: "下一頁",
    description: "訪客從一個頁面或一篇文章前往另一個頁面的次數：之後做了什麼。",
  },
  "cart-abandonment": {
    name: "購物車放棄率",
    description: "已開始的購物車中，未購買的比例。",
  },
  "cta-engagement": {
    name: "行動呼籲點擊率",
    description: "行動呼籲每一百次顯示的點擊次數。",
  },
  "organic-search": {
    name: "自然搜尋流量",
    description: "來自搜尋引擎非付費結果的造訪次數。",
  },
  uptime: {
    name: "可用率",
    description: "檢查時服務可用的比例。",
  },
  "page-speed": {
    name: "頁面速度",
    description: "頁面就緒所需的時間：四次載入中有三次至少這麼快。",
  },
  "mobile-score": {
    name: "行動裝置分數",
    description: "頁面適合行動裝置的程度，為 0 至 100 分的平均。",
  },
  "social-mentions": {
    name: "社群聆聽",
    description: "企業被公開提及的次數，以及是好評還是差評。",
  },
  "share-price": {
    name: "股價",
    description: "期末的股價及其變化。",
  },
  "journey-funnel": {
    name: "旅程漏斗",
    description:
      "已開始的旅程中，到達各階段及最後階段的比例：若工作區未自訂，為認知、考慮、決定、留存與推薦。",
  },
};
