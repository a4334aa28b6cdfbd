const wilson = "ウィルソンのスコア区間。";

const meanOfScale =
  "平均のスチューデントの t 区間（尺度の範囲に制限）。30件以上の回答では、分布が歪んでいればホールの変換（1992）による区間まで広げ、自由度も小さくします。";

const meanOfAmounts =
  "平均のスチューデントの t 区間（0以上）。30件以上の値では、値の歪度と、同じ変動を持つ対数正規分布の歪度のうち大きいほうによって、ホールの変換による区間まで広げ、自由度も小さくします。平均が値から予想される以上に日ごとに異なるときは、標準誤差は日単位のもの（7日以上）を使います。値が 28 + 5·歪度² 件を超えるまではサンプル不足です。";

const bursts =
  "ウィルソンのスコア区間。30件以上のうち事象が3件以下ならポアソンの限界を使います。割合が件数から予想される以上に日ごとに異なるときは、同じだけの情報を持つ、より少ない件数での区間です（7日以上）。";

const noneOfSubscriptions =
  "なし：すべての定期契約を数えています。規模の異なる顧客が偶然どれだけ違う動きをしえたかは保存しないため、変化の検定はしません。";

/** Nothing is estimated. @param all what is counted */
const counted = (all: string) => `なし：${all}を数えているため、標本誤差はありません。`;

/** How the intervals of metrics are computed, in Japanese, by metric id. */
export const japaneseIntervals: Readonly<Record<string, string>> = {
  nps: "調整ワルド区間：標準誤差を求める前に、推奨者¾、中立者1½、批判者¾を加えます。±100の範囲に制限します。",
  csat: wilson,
  ces: meanOfScale,
  esat: meanOfScale,
  "task-completion": wilson,
  "visitor-intent":
    "各割合と各目的の完了率のウィルソンのスコア区間。値の区間は、最も多い目的があらかじめ決まっていたとみなしたときのものです。",
  "survey-response-rate": wilson,
  "feedback-volume": "件数にはありません。割合の区間はウィルソンのスコア区間で、内訳にあります。",
  customers: counted("すべての顧客"),
  "churn-rate":
    "ウィルソンのスコア区間。掛け合わせた率では、グリーンウッドの分散から導いた標本サイズによるウィルソンの区間（Rothman 1978）。",
  "retention-rate": "解約率の区間を反転したもの。",
  "repeat-purchase-rate": wilson,
  loyalty: "購入回数の二乗和から求めた、平均のスチューデントの t 区間。",
  engagement: wilson,
  interactions: counted("すべての接触"),
  "touchpoints-per-purchase":
    "平均のスチューデントの t 区間（1以上）。4を超える割合はウィルソンのスコア区間。同じ日や同じ顧客の購入が互いに似ている場合は、どちらもその分だけ広くなります。",
  sales: counted("すべての購入"),
  "average-order-value": meanOfAmounts,
  clv: "なし：異なるサンプルからの推定値の積です。因子のうち2つの区間は、指標 average-order-value と churn-rate にあります。",
  "clv-predicted":
    "モデルのパラメーターの不確かさから（対数スケールでのデルタ法）。個々の顧客の偶然は含みません：多数であればほとんど影響しません。変化は、2つの当てはめが別々の購入を知るものとして検定します。大部分が共通なので、確かとされる変化はむしろ少なめになります。",
  mrr: counted("すべての定期契約"),
  "net-revenue-retention": noneOfSubscriptions,
  "gross-revenue-retention": noneOfSubscriptions,
  "revenue-churn": noneOfSubscriptions,
  "acquisition-cost": counted("すべての支出と顧客"),
  "referral-rate": wilson,
  "contact-volume": counted("すべての問い合わせ"),
  complaints: wilson,
  "first-response-time": meanOfAmounts,
  "resolution-time": meanOfAmounts,
  "first-contact-resolution": wilson,
  "queue-abandonment": bursts,
  "queue-time": "平均のスチューデントの t 区間（0以上）。時間内の割合はウィルソンのスコア区間。",
  "knowledge-contributions": counted("すべての貢献"),
  "contributions-per-case": counted("すべての貢献と問い合わせ"),
  "self-service": wilson,
  "bounce-rate": `${bursts}ページ数と秒数の平均はスチューデントの t 区間で、分布が歪んでいれば広げます。`,
  "next-page": counted("すべての読み込み"),
  "cart-abandonment": bursts,
  "cta-engagement": `${bursts}クリックが表示より多いときは区間がありません。日数がそれより少ないとき、誰もクリックしないか全員がクリックしたときはサンプル不足です。`,
  "organic-search": counted("すべての訪問"),
  uptime: `${bursts}日数がそれより少ないとき、失敗がないか成功がないときはサンプル不足です。`,
  "page-speed": "順序統計量による、分布を仮定しない分位点の区間。読み込みが13件未満ではありません。",
  "mobile-score": "平均のスチューデントの t 区間（尺度の範囲に制限）。",
  "social-mentions":
    "言及の数にはありません：すべて数えています。純感情は、ネットプロモータースコアと同じく調整ワルド区間です：どちらも +1、0、−1 の平均です。",
  "share-price": "なし：価格はサンプルから推定するものではありません。",
  "journey-funnel": "全体と各ステップのウィルソンのスコア区間。",
};
