import type { RemarkTexts } from "./english.ts";

/** Remarks on values, why goals cannot be judged, and what is wrong with what was asked for, in Japanese. */
export const japaneseRemarks: RemarkTexts = {
  "remark.askedOnOneToTen": "1～10で質問：0～10で質問したスコアとは比べられません。",
  "remark.clicksBeyondViews":
    "クリックが表示より多くあります：表示が欠けているか、クリックが重複しています。",
  "remark.correctionsLeftOut": "訂正された日は省略しています：数値だけで一度に読める量に達しました。",
  "remark.effortOnFive": "手間は1～5：低いほど良い値です。",
  "remark.groupsLeftOut":
    "グループ別の値は省略しています：最初からの全日数を集計するため、全グループでは一度に読める量を超えます。値を一つずつ指定してください。",
  "remark.inSegmentOfCustomer":
    "注文と売上は、顧客を獲得したときのセグメントで数えます。顧客のない購入は、それ自身が示すセグメントで数えます。",
  "remark.intentsTogether":
    "{answers, plural, other {#}}件の回答は「{name}」として数えています：目的の種類が個別に数えられる数を超え、これらは後から現れました。",
  "remark.judgedTogether":
    "{tested}件の比較をまとめて判定しています（Benjamini & Hochberg 1995）。変化とされたもののうち、偶然によるものは多くても1%と見込まれます。",
  "remark.mentionSpikes": "言及が通常よりはるかに多かった日（多い順）：{days}。",
  "remark.netChurnByReason": "純解約率は出入りするすべての顧客が対象です：理由別には分けられません。",
  "remark.noRatio":
    "顧客価値と費用の比はありません：{reason, select, noCustomers {新規顧客がいません} nothingSpent {支出がありません} other {注文・顧客・離脱がなければ顧客価値は求められません}}。",
  "remark.noGroups":
    "{dimension} の値があるお客様はいません：全員がグループ (none) に入ります。お客様のディメンションは、獲得時の記録のものです。",
  "remark.notPredicted":
    "予測はありません：{why, select, tooFewRepeats {2回以上購入した顧客は{count}人で、モデルには100人が必要です} tooFewSpenders {繰り返しの購入で支払いのあった顧客は{count}人で、モデルには100人が必要です} allNew {すべての顧客が新規です} buyingUnknown {購入からは顧客の離れ方がわかりません} spendingUnknown {金額からは顧客の違いがわかりません} noMeanAmount {金額の顧客間のばらつきが大きく、平均がわかりません} tooFewLost {離れた顧客は{count}人で、モデルには30人が必要です} leavingUnknown {顧客の離れ方の違いが小さすぎます} other {モデルの期待値が有限の数ではありません}}。",
  "remark.onlyTracked":
    "{dimension} 別の予測はありません：予測は、追跡しているディメンション1つごとに合計されます。",
  "remark.otherCurrencies":
    "{currencies}の{what, select, orders {注文} prices {価格} purchases {購入と返金} subscriptions {定期契約} other {支出}}はこの値に含まれません：currency={first} で表示できます。",
  "remark.otherScale":
    "尺度 {scale} の{answers, plural, other {#}}件の回答はこの値に含まれません：{scale} の方式を選んでください。",
  "remark.otherValues":
    "{dimension} の値は{most}を超えています：{which, select, later {後から現れたもの} other {最も少ないもの}}は「{other}」として数えます。",
  "remark.severalSymbols":
    "複数の銘柄があります：filter.symbol= で一つ選ぶか、groupBy=symbol で並べてください。",
  "remark.tooFewCustomers":
    "お客様どうしの違いに対して人数が少なすぎます。注文や回答がいくら多くても、信頼できる区間はありません。",
  "remark.trackedSince":
    "{dimension} は{since}から集計しています：それ以前の記録はどのセグメントにも入りません。",
  "remark.unsaidInTime":
    "完了した{unsaid, plural, other {#}}件は時間内だったかどうかが不明です：時間内とは数えません。",
  "goal.noMetric": "指標 {metric} はもうありません。",
  "goal.tooDear":
    "数え直す記録が多すぎます：期間を短くするか、ワークスペースでこのディメンションを集計してください。",
  "goal.noValue":
    "この値は判定できません：{problem, select, none {{from}～{to}には{metric}を計算できるデータがありません} other {{from}～{to}の標本は{n}で、{needed}が必要です}}。",
  "goal.noBase":
    "目標のもとになる基準が不明です：{problem, select, none {{from}～{to}には{metric}を計算できるデータがありません} other {{from}～{to}の標本は{n}で、{needed}が必要です}}。",
  "goal.noLine":
    "目標への直線の始まりとなる基準が不明です：{problem, select, none {{from}～{to}には{metric}を計算できるデータがありません} other {{from}～{to}の標本は{n}で、{needed}が必要です}}。",
  "goal.baseIsZero": "基準が0のため、パーセントの変化はありません。値または変化量を設定してください。",
  "goal.beyondRange":
    "目標は{target}になりますが、{metric}は{range, select, between {{min}から{max}まで} atLeast {{min}以上} other {{max}以下}}です。別の目標を設定してください。",
  "error.parameters": "次の指定は使えません：",
  "error.fields": "次の指定は使えません：",
  "error.noDay": "実在する日付で指定してください：YYYY-MM-DD",
  "error.notBefore": "{least}より前は指定できません",
  "error.notAfter": "{most}より後は指定できません",
  "error.after": "基準の最終日 {least} より後にしてください",
  "error.endsBefore": "初日より前は指定できません",
  "error.notAfterToday": "今日より後は指定できません",
  "error.between": "{least}から{most}までで指定してください",
  "error.link": "https:// または http:// で始まるアドレスにしてください",
  "error.oneOfOrDay": "次のいずれか、または実在する日付（YYYY-MM-DD）にしてください：{values}",
  "error.oneOf": "次のいずれかにしてください：{values}",
  "error.unknownField": "不明な項目です",
  "error.missing": "指定がありません：{rest}",
  "error.tooLong": "{most}文字以内にしてください",
  "error.atLeast": "{least}以上にしてください",
  "error.atMost": "{most}以下にしてください",
  "error.number": "数値で指定してください",
  "error.wholeNumber": "整数で指定してください",
  "error.givenOnce": "指定できるのは一度だけです",
  "error.nothingHere": "ここには何もありません。",
  "error.noSuchMetric": "この名前の指標はありません。",
  "error.noSuchGoal": "このIDの目標はありません。",
  "error.noSuchAnnotation": "このIDのメモはありません。",
  "error.secureLink": "https:// で始まるアドレスにしてください",
  "error.noUserInAddress": "ユーザー名やパスワードを含めないでください",
  "error.noFragment": "# 以降の部分を含めないでください",
  "error.publicAddress": "公開インターネットのアドレスにしてください",
  "error.noSuchWebhook": "このIDのWebhookはありません。",
  "error.noSuchAlert": "このIDのアラートはありません。",
  "error.noSuchDelivery": "このIDの配信はありません。",
  "error.tooManyWebhooks":
    "ワークスペースのWebhookは最大 {most} 件です。使っていないものを削除してください。",
  "error.tooManyAlerts": "ワークスペースのアラートは最大 {most} 件です。いずれかを削除してください。",
  "error.needsAdmin": "admin 権限のあるキーが必要です。",
  "error.signInAsAdmin": "admin 権限のあるキーが必要です：そのキーでサインインしてください。",
  "error.ownPage": "このフォームはこのサイト自身のページからのみ送信できます。",
  "error.tooManyTries": "試行回数が多すぎます：{seconds}秒後にもう一度お試しください。",
  "error.usedUp": "このキーは利用上限に達しました。何も行われていません。",
  "error.failed": "問題が発生しました。同じリクエストをもう一度送っても問題ありません。",
  "benchmark.usabilityTests": "約1,200件のユーザビリティテストの平均",
  "benchmark.surveys": "社外の人への調査",
  "benchmark.largeSaas": "大手SaaS企業、年間",
  "benchmark.smallSaas": "小規模SaaS企業、月間",
  "benchmark.engaged": "深く関与している法人顧客",
  "benchmark.touchpoints": "消費者、商品1点あたり、平均",
  "benchmark.complaining": "苦情を言う不満な顧客（26人に1人）",
};
