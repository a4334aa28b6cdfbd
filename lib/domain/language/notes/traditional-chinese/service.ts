import type { MetricNotes } from "../metric-notes.ts";
import { sketchNote, stillInTouchNote } from "./shared-notes.ts";

/** What to know of the metrics of service, in traditional Chinese. */
export const traditionalChineseServiceNotes: MetricNotes = {
  "contact-volume": [
    "一個工單是一次聯絡，計入其建立之日，無論建立被送出多少次。",
    "hour00 至 hour23 是工作區時區的各小時；各小時之和與各星期幾之和都等於數值。",
    "平均活躍顧客數是期初與期末數量的平均值。在分組中為該組的顧客，若沒有顧客則沒有此數字（null）。",
    "最常見的類別：groupBy=category 加 top=10 或 top=20；其餘歸入組 (other)。",
  ],
  complaints: [
    "低分指貶損者的分數（NPS 0–6）、顧客滿意度量表下半部分的分數（5 分制 1–2）、容易程度 7 分制的 1–3，或費力程度 5 分制的 4–5。每位顧客每天計一次，歸入其自身的分組；沒有顧客編號的回答不計。",
    "在評分之時或直至其當日之後 30 天（含最後一天），同一 customerId 建立工單（ticket.opened）或來電（call.queued），即為聯絡。評分之前的不算。",
    stillInTouchNote,
  ],
  "first-response-time": [
    "只計建立之時或之後的首次回覆，計入該回覆的當日，歸入工單建立時的分組。",
    "尚無人回覆的工單不計入任何數字。",
    sketchNote,
    "時間全天候計算：夜間和週末都計入。",
  ],
  "resolution-time": [
    "數值為完全解決的時間：重新開啟的案件以最後一次解決計入該日。重新開啟期間不算已解決，此前那天的計數會扣除它。",
    "組成項 first… 針對首次解決，計入其當日：重新開啟不會改變它們。resolvedAgain 是重新開啟之後才完全解決的案件。",
    "計入解決之日，歸入工單建立時的分組。早於建立的解決不計；已解決案件的再次解決只是重複說明。",
    sketchNote,
    "時間全天候計算：夜間、週末和等待顧客的時間都計入。",
  ],
  "first-contact-resolution": [
    "每個案件在首次解決之日計一次：重新開啟會將其從分子中移除，但仍留在分母中。",
    "在首次解決之日後 7 天之內重新開啟，會撤銷首次聯絡即解決；更晚再來的人是為另一件事而來，在任何解決之前來的人不算再來。涉及最近 7 天的時段為暫定。",
    "口徑 of-contacts = 100·期內首次聯絡即解決/期內發起的聯絡：無人解決的聯絡也在分母中。此前建立而在期內解決的案件在分子中，因此天數較少時可能超過 100%，此時沒有區間。",
    "是否首次聯絡以 ticket.resolved 所述為準（contacts: 1）；若未說明，則為從建立到首次解決至多一次回覆。",
  ],
  "queue-abandonment": [
    "放棄的來電計入其開始排隊之日，歸入排隊時的分組，因此比率不會超過 100%。",
    "每個來電計一次，無論排隊或放棄多少次。從未排隊的來電在其 call.queued 到達之前不計入任何地方。",
    "每次放棄都計入，無論等待多短。",
  ],
  "queue-time": [
    "來電在被接聽或放棄後，計入其開始排隊之日，歸入排隊時的分組：以 call.answered 或 call.abandoned 所述的秒數為準，否則為自其 call.queued 起的時間。",
    "目標為 20 秒，除非另行指定（target=5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600）：answeredInTime 統計在目標內（含界限）接聽的來電，answeredInTimePercent 是其佔所有接聽或放棄來電的比例。",
    "abandonedMean 和 abandonedP50 是掛斷者等待的時間。既被接聽又被放棄的來電算放棄。",
    "transfersPerCall 針對已知來電者被轉接次數的來電（transfersKnown）；每個來電取其各事件所述的最大值。",
    "分位數來自各單元可相加的概要（sketch），與精確值相差不超過 1%；平均值和及時比例都是精確的。",
  ],
  "knowledge-contributions": [
    "最先寫文章的人即為作者：最早的 article.written 新建文章，此後每一個都是改進，記在以 agent 身分送出它的人名下。",
    "使用和解決的案件記在文章作者名下，計入使用之日。article.written 尚未到達的文章不記在任何人名下，到達之前其使用不計入任何地方。",
    "convention=resolved 是文章解決的案件數：加上 groupBy=articleId、sort=value 和 top=10，即為解決最多的文章。",
    "使用若標明解決（resolved），即為解決了案件；若未標明，則以註明工單為準。",
  ],
  "contributions-per-case": [
    "n 是同一期間發起的聯絡，在分組中為該組的聯絡：按 agent 時為該客服的案件。若沒有，則沒有數值（null）。",
    "貢獻計入撰寫之日，聯絡計入發起之日：請選擇比兩者間隔長得多的時段。",
  ],
  "self-service": [
    "工作階段是顧客進行搜尋（article.searched）或閱讀文章（不帶 ticketId 的 article.used）的一天，無論多少次都計一次，歸入顧客的分組。沒有顧客編號就無從得知是否有幫助，因此不計。",
    "若同一顧客在工作階段開始之後、直至其當日之後 7 天（含最後一天）沒有建立工單也沒有來電，即為自助解決。",
    stillInTouchNote,
  ],
};
