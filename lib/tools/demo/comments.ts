import type { Random } from "./random.ts";

/** Comments of customers, in six languages. */

/** How somebody feels about it. */
export type Mood = "good" | "fair" | "bad" | "release";

interface Sentence {
  readonly tag: string;
  readonly text: string;
}

type Moods = Readonly<Record<Mood, readonly [Sentence, ...Sentence[]]>>;

const says = (tag: string, text: string): Sentence => ({ tag, text });

const english: Moods = {
  good: [
    says("delivery", "Quick delivery, two days earlier than promised."),
    says("staff", "The support team was friendly and solved it at once."),
    says("quality", "Great quality, I would buy it again."),
    says("shop", "Ordering was easy from start to finish."),
    says("price", "Fair price for what you get."),
  ],
  fair: [
    says("delivery", "Delivery was fine, but the tracking link came late."),
    says("price", "Good product, a little expensive."),
    says("shop", "It works. The search could be better."),
  ],
  bad: [
    says("delivery", "The parcel arrived a week late and damaged."),
    says("staff", "Nobody answered my emails."),
    says("price", "Too expensive, others are cheaper."),
    says("returns", "The refund took far too long."),
  ],
  release: [
    says("app", "Since the update the app crashes when I try to pay."),
    says("app", "The new version is confusing, I cannot find my orders."),
    says("app", "The update made everything slow. Please bring the old version back."),
  ],
};

const german: Moods = {
  good: [
    says("delivery", "Sehr schnelle Lieferung, alles bestens."),
    says("staff", "Der Kundendienst war freundlich und hat sofort geholfen."),
    says("quality", "Tolle Qualität, gerne wieder."),
    says("shop", "Die Bestellung war ganz einfach."),
  ],
  fair: [
    says("delivery", "Lieferung in Ordnung, die Verpackung war aber zu groß."),
    says("price", "Gutes Produkt, etwas zu teuer."),
    says("shop", "Es geht. Die Suche könnte besser sein."),
  ],
  bad: [
    says("delivery", "Das Paket kam eine Woche zu spät und war beschädigt."),
    says("staff", "Niemand hat auf meine E-Mails geantwortet."),
    says("returns", "Auf die Rückerstattung habe ich viel zu lange gewartet."),
  ],
  release: [
    says("app", "Seit dem Update stürzt die App beim Bezahlen ab."),
    says("app", "Die neue Version ist unübersichtlich, ich finde meine Bestellungen nicht."),
  ],
};

const french: Moods = {
  good: [
    says("delivery", "Livraison rapide, rien à redire."),
    says("staff", "Le service client a été aimable et efficace."),
    says("quality", "Très bonne qualité, je recommande."),
  ],
  fair: [says("price", "Bon produit, mais un peu cher."), says("delivery", "Livraison correcte, sans plus.")],
  bad: [
    says("delivery", "Colis arrivé avec une semaine de retard et abîmé."),
    says("staff", "Personne n’a répondu à mes courriels."),
  ],
  release: [
    says("app", "Depuis la mise à jour, l’application plante au moment de payer."),
    says("app", "La nouvelle version est compliquée et très lente."),
  ],
};

const spanish: Moods = {
  good: [
    says("delivery", "Entrega rápida, todo perfecto."),
    says("staff", "La atención al cliente fue muy amable."),
    says("shop", "Comprar fue muy fácil."),
  ],
  fair: [
    says("price", "Buen producto, pero un poco caro."),
    says("shop", "Funciona, aunque la búsqueda podría mejorar."),
  ],
  bad: [
    says("delivery", "El paquete llegó una semana tarde y dañado."),
    says("returns", "El reembolso tardó demasiado."),
  ],
  release: [
    says("app", "Desde la actualización la aplicación se cierra al pagar."),
    says("app", "La nueva versión es lenta y no encuentro mis pedidos."),
  ],
};

const japanese: Moods = {
  good: [
    says("delivery", "配送がとても早くて助かりました。"),
    says("staff", "サポートの対応が丁寧でした。"),
    says("quality", "品質が良く、また購入したいです。"),
  ],
  fair: [
    says("price", "商品は良いですが、少し高いと思います。"),
    says("shop", "普通です。検索が使いにくいです。"),
  ],
  bad: [
    says("delivery", "荷物が一週間遅れて届き、箱が壊れていました。"),
    says("staff", "問い合わせに返事がありませんでした。"),
  ],
  release: [
    says("app", "アップデートしてから支払いの時にアプリが落ちます。"),
    says("app", "新しいバージョンは遅くて使いにくいです。"),
  ],
};

const chinese: Moods = {
  good: [
    says("delivery", "发货很快，包装完好。"),
    says("staff", "客服态度很好，马上解决了问题。"),
    says("quality", "质量很好，会再次购买。"),
  ],
  fair: [says("price", "东西不错，就是有点贵。"), says("delivery", "物流一般。")],
  bad: [says("delivery", "包裹晚到了一个星期，还有破损。"), says("returns", "退款等了太久。")],
  release: [says("app", "更新以后付款时应用总是闪退。"), says("app", "新版本太慢，找不到我的订单。")],
};

const languages: Readonly<Record<string, Moods>> = {
  de: german,
  fr: french,
  es: spanish,
  ja: japanese,
  zh: chinese,
};

/** Something that is said in a language, with what it is about. English where the language is unknown. */
export function commentIn(language: string, mood: Mood, random: Random): { comment: string; tags: string[] } {
  const moods = languages[language] ?? english;
  const first = random.pick(moods[mood]);
  const second = random.pick(moods[mood]);
  const isLong = random.chance(0.3) && second !== first;
  const gap = language === "ja" || language === "zh" ? "" : " ";
  return {
    comment: isLong ? `${first.text}${gap}${second.text}` : first.text,
    tags: [...new Set([first.tag, ...(isLong ? [second.tag] : [])])],
  };
}
