import Testing

@testable import Broadsheet

@Suite("A slug") struct SlugTests {
  @Test(
    "is made of what a text sounds like",
    arguments: [
      ("Belarus and Azerbaijan", "belarus-and-azerbaijan"),
      ("  --Talks, again!--  ", "talks-again"), ("C++", "c-plus-plus"), ("C#", "c-sharp"),
      ("R&D", "r-and-d"), ("O’Brien’s O'Hara", "obriens-ohara"), ("COP29", "cop29"),
      ("Şuşa, Gəncə və İsmayıllı", "susa-gence-ve-ismayilli"), ("ÜÖĞÇ", "uogc"),
      ("Straße Æble Øre Łódź đak Þór", "strasse-aeble-ore-lodz-dak-thor"),
      ("Crème brûlée", "creme-brulee"), ("Cre\u{300}me", "creme"), ("Việt Nam", "viet-nam"),
      ("Москва – Щёлково, объезд", "moskva-shchyolkovo-obezd"), ("Журнал Хаджи", "zhurnal-khadzhi"),
      ("Αθήνα, Ευρώπη, Ούζο, αυγό", "athina-evropi-ouzo-avgo"), ("Άγγελος Ψαρά", "angelos-psara"),
      ("العربية", "العربية"), ("თბილისი", "თბილისი"), ("北京 2024", "北京-2024"),
      ("हिन्दी", "हिन्दी"), ("Հայաստան", "հայաստան"), ("ﬁn", "fin"), ("🙂 😀", ""), ("", ""), ("—", ""),
      ("a🙂b", "a-b"), ("soft\u{AD}hyphen", "softhyphen"), ("½ price", "price"), ("100 %", "100"),
    ])
  func text(text: String, slug: String) {
    #expect(Slug.string(of: text, language: "en") == slug)
  }

  @Test("is cut at a word, else at a letter")
  func length() {
    let words = String(repeating: "abcde ", count: 30)
    #expect(
      Slug.string(of: words, language: "en")
        == String(repeating: "abcde-", count: 16).dropLast() + "")
    #expect(Slug.string(of: String(repeating: "a", count: 300), language: "en").count == 100)
    #expect(Slug.string(of: String(repeating: "მ", count: 90), language: "en").utf8.count == 99)
    let exact = String(repeating: "a", count: 100)
    #expect(Slug.string(of: exact + " b", language: "en") == exact)
  }

  @Test("of a slug is the slug itself")
  func twice() {
    for text in [
      "Şuşa & Gəncə", "C++ и Щука", "北京 x", "Αύριο", String(repeating: "ab ", count: 90),
    ] {
      let slug = Slug.string(of: text, language: "az")
      #expect(Slug.string(of: slug, language: "az") == slug)
    }
  }

  @Test("follows Ukrainian custom in Ukrainian", arguments: [("uk", "kyiv"), ("ru", "kiyiv")])
  func ukrainian(language: String, slug: String) {
    #expect(Slug.string(of: "Київ", language: language) == slug)
  }
}
