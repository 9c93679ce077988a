/// The types of a news site that templates may name, in the order of their ids.
enum NewsType: UInt16, Numbered {
  case site = 0
  case page, words, article, brief, section, tag, author, month, year, day, image, imageSource,
    correction
  case link, feed, editionLink, alternate, document, front, strip, pager, pageLink, fields
  case review

  /// The name that templates write.
  var name: String {
    switch self {
    case .site: "Site"
    case .page: "Page"
    case .words: "Words"
    case .article: "Article"
    case .brief: "Brief"
    case .section: "Section"
    case .tag: "Tag"
    case .author: "Author"
    case .month: "Month"
    case .year: "Year"
    case .day: "Day"
    case .image: "Image"
    case .imageSource: "ImageSource"
    case .correction: "Correction"
    case .link: "Link"
    case .feed: "Feed"
    case .editionLink: "EditionLink"
    case .alternate: "Alternate"
    case .document: "Document"
    case .front: "Front"
    case .strip: "Strip"
    case .pager: "Pager"
    case .pageLink: "PageLink"
    case .fields: "Fields"
    case .review: "Review"
    }
  }

  /// What such a thing is, for the reference.
  var documentation: String {
    switch self {
    case .site: "The edition that a page belongs to."
    case .page: "The page that is being made."
    case .words: "Interface words in the page's language, from `strings/`."
    case .article: "A story."
    case .brief: "A lede in the section block at the end of an article."
    case .section: "A part of the paper, such as Politics."
    case .tag: "A topic that stories are filed under."
    case .author: "Somebody who writes for the paper."
    case .month: "A month of the archive."
    case .year: "A year of the archive."
    case .day: "A day of a month's page."
    case .image: "A picture with what is known of it."
    case .imageSource: "The files of a picture in one format, for a `source` element."
    case .correction: "A dated note of what was changed in a story."
    case .link: "A link of the navigation or of the trail."
    case .feed: "A feed that readers can follow."
    case .editionLink: "A link to an edition in another language, or to a story's translation."
    case .alternate: "The address of the same page in a language, for `hreflang`."
    case .document: "A standing page, such as About us."
    case .front: "What stands on the front page; no story stands there twice."
    case .strip: "A section's stories on the front page."
    case .pager: "Where a listing page stands among those of its list."
    case .pageLink: "A link to one of the pages of a list."
    case .fields: "The site's own fields of a story, as `site.yaml` declares them."
    case .review: "What a reader says of a story."
    }
  }

  /// The type as the schema knows it.
  var type: ValueType { .object(Schema.TypeID(index: rawValue)) }
}

/// The templates that the program calls, in the order of their ids.
enum NewsRoot: Int, CaseIterable, CodingKey {
  case front = 0
  case section, article, tag, tags, author, authors, archive, month, page, retracted, alias
  case notfound, text, textfront, textsection, search

  /// The template as the machine knows it.
  var id: RootID { RootID(index: rawValue) }
}

/// What the program declares of a member.
struct MemberDeclaration {
  var type: ValueType
  var documentation: String
  var parameters: [Schema.Parameter] = []
  var synonyms: [String] = []

  init(
    _ type: ValueType, _ documentation: String, parameters: [Schema.Parameter] = [],
    synonyms: [String] = []
  ) {
    self.type = type
    self.documentation = documentation
    self.parameters = parameters
    self.synonyms = synonyms
  }
}

/// The members of one type of a news site; the raw values are what the model is asked for.
///
/// `CodingKey` has the compiler write down each name; to describe a case takes 60 µs.
protocol NewsMember: Numbered, CodingKey, RawRepresentable<Int> {
  /// What templates may know of the member.
  var declaration: MemberDeclaration { get }
  /// Whether its value is the same on all pages of a frame; see ``PageModel/frame``.
  var isShared: Bool { get }
}

extension NewsMember {
  var isShared: Bool { false }
}

/// What the schema numbers from 0 on, in the order in which it is declared.
protocol Numbered: CaseIterable, BitwiseCopyable {}

extension Numbered {
  /// What a number of the schema stands for.
  ///
  /// That it is one of the schema's is what the compiler of templates has seen to: to look for it among
  /// all takes as long as to answer.
  @inline(__always) init(number: UInt16) {
    precondition(MemoryLayout<Self>.size == 1)
    self = unsafe unsafeBitCast(UInt8(truncatingIfNeeded: number), to: Self.self)
  }
}

extension Schema {
  /// The schema of a news site.
  ///
  /// - Parameters:
  ///   - fields: The site's own fields.
  ///   - words: The interface words.
  /// - Returns: The schema, whose numbers are those that ``PageModel`` answers to.
  static func news(fields: [SiteConfiguration.Field], words: [WordDeclaration]) -> Schema {
    var schema = Schema()
    for type in NewsType.allCases {
      let id = schema.addType(type.name, documentation: type.documentation)
      precondition(id.index == type.rawValue)
    }
    schema.add(SiteMember.self, to: .site)
    schema.add(PageMember.self, to: .page)
    schema.add(ArticleMember.self, to: .article)
    schema.add(BriefMember.self, to: .brief)
    schema.add(SectionMember.self, to: .section)
    schema.add(TagMember.self, to: .tag)
    schema.add(AuthorMember.self, to: .author)
    schema.add(MonthMember.self, to: .month)
    schema.add(YearMember.self, to: .year)
    schema.add(DayMember.self, to: .day)
    schema.add(ImageMember.self, to: .image)
    schema.add(ImageSourceMember.self, to: .imageSource)
    schema.add(CorrectionMember.self, to: .correction)
    schema.add(LinkMember.self, to: .link)
    schema.add(FeedMember.self, to: .feed)
    schema.add(EditionLinkMember.self, to: .editionLink)
    schema.add(AlternateMember.self, to: .alternate)
    schema.add(DocumentMember.self, to: .document)
    schema.add(FrontMember.self, to: .front)
    schema.add(StripMember.self, to: .strip)
    schema.add(PagerMember.self, to: .pager)
    schema.add(PageLinkMember.self, to: .pageLink)
    schema.add(ReviewMember.self, to: .review)
    for (index, field) in fields.enumerated() {
      schema.addMember(
        field.name, of: TypeID(index: NewsType.fields.rawValue), field.type, id: UInt16(index),
        documentation: "A field of the site's own.")
    }
    for (index, word) in words.enumerated() {
      schema.addMember(
        word.name, of: TypeID(index: NewsType.words.rawValue), .string, id: UInt16(index),
        parameters: word.parameters, documentation: word.example, isShared: true)
    }
    schema.addGlobal("site", NewsType.site.type, documentation: "The edition.")
    schema.addGlobal("page", NewsType.page.type, documentation: "The page that is being made.")
    schema.addGlobal("words", NewsType.words.type, documentation: "Interface words.")
    schema.addRoots()
    return schema
  }

  private mutating func add<Member: NewsMember>(_: Member.Type, to type: NewsType) {
    for member in Member.allCases {
      let declaration = member.declaration
      addMember(
        member.stringValue, of: TypeID(index: type.rawValue), declaration.type,
        id: UInt16(member.rawValue), parameters: declaration.parameters,
        synonyms: declaration.synonyms, documentation: declaration.documentation,
        isShared: member.isShared)
    }
  }

  private mutating func addRoots() {
    let stories = ValueType.list(NewsType.article.type)
    for root in NewsRoot.allCases {
      let (parameters, documentation): ([(String, ValueType)], String) =
        switch root {
        case .front: ([("front", NewsType.front.type)], "The front page, `index.html`.")
        case .section:
          (
            [
              ("section", NewsType.section.type), ("stories", stories), ("undated", stories),
              ("pager", NewsType.pager.type),
            ], "A page of a section: `politics.html`, `politics/page-7.html`."
          )
        case .article: ([("article", NewsType.article.type)], "A story's page.")
        case .tag:
          (
            [("tag", NewsType.tag.type), ("stories", stories), ("pager", NewsType.pager.type)],
            "A page of a tag: `tags/cop29.html`."
          )
        case .tags: ([("tags", .list(NewsType.tag.type))], "The list of tags, `tags.html`.")
        case .author:
          (
            [
              ("author", NewsType.author.type), ("stories", stories),
              ("pager", NewsType.pager.type),
            ], "A page of an author: `authors/leyla-aliyeva.html`."
          )
        case .authors:
          ([("authors", .list(NewsType.author.type))], "The list of authors, `authors.html`.")
        case .archive:
          ([("years", .list(NewsType.year.type))], "The archive by month, `archive.html`.")
        case .month:
          (
            [("month", NewsType.month.type), ("days", .list(NewsType.day.type))],
            "A month's stories: `archive/2024/10.html`."
          )
        case .page: ([("document", NewsType.document.type)], "A standing page: `about.html`.")
        case .retracted:
          ([("article", NewsType.article.type)], "The notice at a retracted story's address.")
        case .alias:
          (
            [("target", .url), ("title", .string)],
            "The page at an earlier address, which leads on to the story."
          )
        case .notfound: ([], "The page for addresses that do not exist, `404.html`.")
        case .search: ([], "The page that readers search the paper on, `search.html`.")
        case .text:
          (
            [("article", NewsType.article.type)],
            "A story, or the notice of a retracted one, in the text edition: "
              + "`text/politics/2024/10/belarus-and-azerbaijan.html`."
          )
        case .textfront:
          ([("front", NewsType.front.type)], "The front page of the text edition.")
        case .textsection:
          (
            [
              ("section", NewsType.section.type), ("stories", stories), ("undated", stories),
              ("pager", NewsType.pager.type),
            ], "A page of a section in the text edition: `text/politics.html`."
          )
        }
      let id = addRoot(
        root.stringValue, parameters: parameters, documentation: documentation)
      precondition(id == root.id)
    }
  }
}

extension SiteConfiguration.Field {
  /// The type that templates see.
  fileprivate var type: ValueType {
    let type: ValueType =
      switch kind {
      case .string: .string
      case .int: .int
      case .bool: .bool
      case .date: .date
      case .url: .url
      }
    return fallback == .none ? .optional(type) : type
  }
}
