/// A key that front matter may have.
enum FrontMatterKey: Int, CaseIterable, CodingKey {
  case title
  case date
  case updated
  case section
  case tags
  case authors
  case summary
  case kicker
  case dateline
  case image
  case slug
  case id
  case language
  case translationOf
  case priority
  case status
  case draft
  case reason
  case embargo
  case expires
  case corrections
  case aliases
  case canonical
  case sources

  /// Its name, as front matter has it.
  var name: String { Self.names[index] }

  /// Where it stands among all keys.
  var index: Int { rawValue }

  /// The names of all keys.
  static let names = allCases.map { $0 == .translationOf ? "translation-of" : $0.stringValue }

  /// What other programs call a key, in lower case, and what it is called here.
  static let synonyms = [
    "pubdate": "date", "publishdate": "date", "pubishdate": "date", "published": "date",
    "published_at": "date", "created": "date", "lastmod": "updated", "modified": "updated",
    "last_modified_at": "updated", "headline": "title", "name": "title", "category": "section",
    "categories": "section", "author": "authors", "byline": "authors", "tag": "tags",
    "keywords": "tags", "description": "summary", "excerpt": "summary", "abstract": "summary",
    "lead": "summary", "lede": "summary", "standfirst": "summary", "subtitle": "summary",
    "picture": "image", "photo": "image", "cover": "image", "thumbnail": "image",
    "permalink": "slug", "url": "slug", "guid": "id", "uuid": "id", "lang": "language",
    "locale": "language", "weight": "priority", "urgency": "priority", "expirydate": "expires",
    "embargoed": "embargo", "redirect_from": "aliases", "redirects": "aliases",
    "correction": "corrections", "source": "sources", "location": "dateline",
    "translation_of": "translation-of", "translationof": "translation-of",
    "canonical_url": "canonical", "canonicalurl": "canonical",
  ]

  /// The key with a name; it is asked for every key of every story.
  init?(_ name: ByteSlice) {
    let key: FrontMatterKey? =
      switch name.count {
      case 2: name == "id" ? .id : nil
      case 4: name == "date" ? .date : name == "tags" ? .tags : name == "slug" ? .slug : nil
      case 5: name == "title" ? .title : name == "image" ? .image : name == "draft" ? .draft : nil
      case 6: name == "status" ? .status : name == "kicker" ? .kicker : Self.otherOfSix(name)
      case 7: Self.ofSeven(name)
      case 8: name == "dateline" ? .dateline : Self.otherOfEight(name)
      case 9: name == "canonical" ? .canonical : nil
      case 11: name == "corrections" ? .corrections : nil
      case 14: name == "translation-of" ? .translationOf : nil
      default: nil
      }
    guard let key else { return nil }
    self = key
  }

  private static func otherOfSix(_ name: ByteSlice) -> FrontMatterKey? {
    name == "reason" ? .reason : nil
  }

  private static func ofSeven(_ name: ByteSlice) -> FrontMatterKey? {
    if name == "section" { return .section }
    if name == "authors" { return .authors }
    if name == "summary" { return .summary }
    if name == "updated" { return .updated }
    if name == "embargo" { return .embargo }
    if name == "expires" { return .expires }
    if name == "aliases" { return .aliases }
    return name == "sources" ? .sources : nil
  }

  private static func otherOfEight(_ name: ByteSlice) -> FrontMatterKey? {
    if name == "language" { return .language }
    return name == "priority" ? .priority : nil
  }
}
