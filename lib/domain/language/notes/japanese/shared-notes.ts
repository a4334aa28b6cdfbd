/** Notes in Japanese that several metrics have. */

/** How customers are taken for clusters. @param cases what they have several of */
export function customersNote(cases: string): string {
  return `同じ顧客の${cases}は互いに似ています。毎時の処理が週に1回、締められた日のファイルから、それが7、30、90、365日間の分散をどれだけ増やすかを測ります。以後、区間と検定はそれを考慮し、APIの応答は method: by-customer を示し、重みの等しい顧客が28人未満ならサンプル不足です。ディメンション別でも全体と同じ数値を使います。日次スナップショットでは使いません。`;
}

/** How people are compared who are still there later. @param people the most of whom are */
export function stillThereNote(people: string): string {
  return `ある時点の${people}の大半は次の時点にもいます。独立したサンプルとみなして比べるため、変化を見つけすぎるよりは見逃しやすくなります。`;
}

export const noCustomerNote =
  "顧客番号のない購入はここではなく sales に入ります。返金しても購入は取り消されません。";

export const followedNote =
  "暦の区切りでは正確です：期首に支払っていた各顧客を期末まで追います。その他の範囲と移動期間では日ごとの割合を掛け合わせ、APIの応答は method: compounded を示します。";

export const chartMogulNote =
  "方式 chartmogul：ChartMogul が公表する MRR 解約率と同じく、期間中の動きを期首の収益で割ります。期間中に来た顧客の動きも含み、再開は獲得として数えます。Lago は動きを公表しますが、率は公表しません。";

export const noRateNote = "期首に経常収益がなければ率はありません。1系列は1通貨です。";

export const sketchNote =
  "p50 と p90 は、セルを足し合わせられるスケッチから求め、正確な値との差は1%以内です。平均は正確です。";

export const stillInTouchNote = "顧客がまだ問い合わせることのできる日は暫定値で、比べるにはまだ早すぎます。";
