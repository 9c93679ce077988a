/// A key that front matter may have.
enum FrontMatterKey: String, CaseIterable {
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
  case translationOf = "translation-of"
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

  /// The names of all keys.
  static let names = allCases.map(\.rawValue)

  /// What other programs call a key, and what it is called here.
  static let synonyms = [
    "pubdate": "date", "publishdate": "date", "published": "date", "created": "date",
    "lastmod": "updated", "modified": "updated", "last_modified_at": "updated",
    "headline": "title", "name": "title", "category": "section", "categories": "section",
    "author": "authors", "byline": "authors", "tag": "tags", "keywords": "tags",
    "description": "summary", "excerpt": "summary", "abstract": "summary", "lead": "summary",
    "lede": "summary", "standfirst": "summary", "subtitle": "summary",
    "picture": "image", "photo": "image", "cover": "image", "thumbnail": "image",
    "permalink": "slug", "url": "slug", "guid": "id", "uuid": "id", "lang": "language",
    "locale": "language", "weight": "priority", "urgency": "priority", "expirydate": "expires",
    "embargoed": "embargo", "redirect_from": "aliases", "redirects": "aliases",
    "correction": "corrections", "source": "sources", "location": "dateline",
    "translation_of": "translation-of", "translationof": "translation-of",
    "canonical_url": "canonical", "canonicalurl": "canonical", "pubishdate": "date",
  ]

  /// The key with a name.
  ///
  /// - Complexity: a comparison or two; it is asked for every key of every story.
  init?(_ name: ByteSlice) {
    for key in Self.keys(ofLength: name.count) where name == Self.literals[key] {
      self = Self.allCases[key]
      return
    }
    return nil
  }

  /// Where the key stands among all.
  var index: Int { Self.indexes[rawValue] ?? 0 }
}
