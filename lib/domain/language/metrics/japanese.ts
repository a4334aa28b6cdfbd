import type { MetricTexts } from "./metric-texts.ts";

/** The names and descriptions of metrics in Japanese. */
export const japaneseMetrics: MetricTexts = {
  nps: {
    name: "ネットプロモータースコア（NPS）",
    description:
      "「私たちを薦める可能性はどのくらいですか」（0～10）への回答から、薦める人が薦めない人をどれだけ上回るか。",
    apart: "ネットプロモータースコア（1～10）",
  },
  csat: {
    name: "顧客満足度",
    description: "「どのくらい満足していますか」への回答のうち、満足の割合。",
  },
  ces: {
    name: "顧客努力指標（CES）",
    description: "用事がどれだけ簡単に済んだか。1「とても難しい」から7「とても簡単」までの回答の平均。",
    apart: "顧客努力指標（1～5）",
  },
  esat: {
    name: "従業員満足度",
    description: "従業員が仕事にどれだけ満足しているか。1～10の回答の平均。",
    apart: "従業員満足度（1～5）",
  },
  "task-completion": {
    name: "タスク完了率",
    description: "用事を済ませようとした人のうち、済ませたと答えた、または確認された人の割合。",
  },
  "visitor-intent": {
    name: "訪問目的",
    description:
      "訪問者が何のために来たか。回答に占める各目的の割合と、達成した人数。値は最も多い目的の割合。",
  },
  "survey-response-rate": {
    name: "アンケート回答率",
    description: "送ったアンケートのうち、回答のあった割合。",
  },
  "feedback-volume": {
    name: "コメント数",
    description: "コメントの付いたアンケート回答の数。点数の背景にある理由。",
  },
  customers: {
    name: "アクティブ顧客数",
    description: "期間の終わりの顧客数と、期間中の増減。",
  },
  "churn-rate": {
    name: "解約率",
    description: "期間の初めにいた顧客のうち、期間中に離れた割合。",
  },
  "retention-rate": {
    name: "顧客維持率",
    description: "期間の初めにいた顧客のうち、期間中に離れなかった割合。",
  },
  "repeat-purchase-rate": {
    name: "リピート購入率",
    description: "これまでの全顧客のうち、2回以上購入した割合。",
  },
  loyalty: {
    name: "購入ロイヤルティ",
    description: "戻ってきた顧客が何回購入したか、次の購入までどれだけ空くか。",
  },
  engagement: {
    name: "エンゲージメント",
    description: "アクティブ顧客のうち、多くの場でつながりのある割合。",
  },
  "touchpoints-per-purchase": {
    name: "購入までの接点数",
    description: "顧客が購入する前に、いくつの異なる接点で関わったか。",
  },
  interactions: {
    name: "顧客あたりの接触回数",
    description: "顧客一人あたり、どの接点で何回関わったか。エンゲージしているかどうかは問わない。",
  },
  sales: {
    name: "売上",
    description: "期間中に顧客が支払った金額から返金を引いたもの。",
  },
  "average-order-value": {
    name: "平均注文額",
    description: "1回の注文で顧客が支払う金額の平均。",
  },
  clv: {
    name: "顧客生涯価値（CLV）",
    description:
      "顧客がこの期間と同じように購入し離れていくとした場合に、1人の顧客が関係全体でもたらす金額。",
  },
  "clv-predicted": {
    name: "予測顧客生涯価値",
    description:
      "顧客がどう購入し、どう離れるかのモデルにより、期間内に顧客がもたらすと見込まれる額と、モデルの誤差。",
  },
  mrr: {
    name: "月次経常収益",
    description: "期末に顧客が定期契約に支払う月額と、期間中のその動き。",
  },
  "net-revenue-retention": {
    name: "純収益維持率",
    description:
      "期首に支払っていた顧客が期末に支払う額の、期首の額に対する割合。増額、減額、解約を含みます。",
  },
  "gross-revenue-retention": {
    name: "総収益維持率",
    description: "期首に顧客が支払っていた額のうち期末にも支払っている額の割合。増額は数えません。",
  },
  "revenue-churn": {
    name: "収益の解約率",
    description: "期首に顧客が支払っていた額のうち期末には支払われなくなった額の割合。",
  },
  "acquisition-cost": {
    name: "顧客獲得コスト",
    description: "期間中に顧客獲得に使った金額を、獲得した顧客1人あたりで示したもの。",
  },
  "referral-rate": {
    name: "紹介率",
    description: "期間の新規顧客のうち、誰かの薦めで来た割合。",
  },
  "contact-volume": {
    name: "問い合わせ件数",
    description: "顧客からの問い合わせの件数。いつ、何人の顧客に対して。",
  },
  complaints: {
    name: "不満を伝えた顧客の割合",
    description: "不満のある回答のうち、その後30日以内に問い合わせた顧客によるものの割合。",
  },
  "first-response-time": {
    name: "初回応答時間",
    description: "チケットへの最初の返信まで顧客が待つ時間の平均。",
  },
  "resolution-time": {
    name: "解決時間",
    description: "チケットの開始から完全な解決までの時間の平均。",
  },
  "first-contact-resolution": {
    name: "一次解決率",
    description: "100件のうち、最初の問い合わせで解決し、そのままだった件数。",
  },
  "queue-abandonment": {
    name: "待ち呼放棄率",
    description: "待っていた100人のうち、応答の前に電話を切った人数。",
  },
  "queue-time": {
    name: "電話の待ち時間",
    description: "応答までに待つ時間の平均と、時間内に応答した数。",
  },
  "knowledge-contributions": {
    name: "ナレッジへの貢献",
    description: "担当者がナレッジベースの記事を作成・改善した回数と、その記事が問題を解決した回数。",
  },
  "contributions-per-case": {
    name: "100件あたりのナレッジ貢献",
    description: "問い合わせ100件あたりに作成または改善されたナレッジ記事の数と、記事で解決した件数。",
  },
  "self-service": {
    name: "自己解決率",
    description: "検索や記事の閲覧をした顧客が、その後7日以内に問い合わせなかった割合。",
  },
  "bounce-rate": {
    name: "直帰率",
    description: "1ページしか見られなかった訪問の割合。",
  },
  "next-page": {
    name: "次に見たページ",
    description: "あるページや記事から別のページへ何回移動したか。その後の行動を示す。",
  },
  "cart-abandonment": {
    name: "カート放棄率",
    description: "作られたカートのうち、購入に至らなかった割合。",
  },
  "cta-engagement": {
    name: "CTAクリック率",
    description: "行動喚起の表示100回あたりのクリック数。",
  },
  "organic-search": {
    name: "自然検索の流入",
    description: "検索エンジンの広告以外の結果から来た訪問の数。",
  },
  uptime: {
    name: "稼働率",
    description: "サービスが利用可能だった確認の割合。",
  },
  "page-speed": {
    name: "ページ速度",
    description: "ページが表示されるまでの時間。4回のうち3回はこれ以上に速い。",
  },
  "mobile-score": {
    name: "モバイルスコア",
    description: "ページがモバイル端末にどれだけ適しているか。0～100の点数の平均。",
  },
  "social-mentions": {
    name: "ソーシャルリスニング",
    description: "会社が公の場で言及された回数と、それが好意的かどうか。",
  },
  "share-price": {
    name: "株価",
    description: "期間の終わりの株価と、その変化。",
  },
  "journey-funnel": {
    name: "ジャーニーファネル",
    description:
      "始まったジャーニーのうち、各段階と最後の段階に達した割合。ワークスペースに独自の段階がなければ、認知・検討・決定・維持・推奨。",
  },
};
