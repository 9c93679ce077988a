import Testing

@testable import Broadsheet

@Suite("A site's file") struct SiteFileTests {
  private static let badParts =
    "no part between slashes is empty or begins with a dot, and a folder has none at all"

  private static let story = "---\ntitle: T\ndate: 2024-10-03\n---\nText.\n"

  private func read(_ yaml: String) throws -> SourceReader.Reading {
    try SampleFolder(["site.yaml": yaml, "a.md": Self.story]).read()
  }

  @Test("has all that a site can say")
  func whole() throws {
    let reading = try read(
      """
      title: {en: The Daily Example, az: Gündəlik}
      description: News
      url: https://news.example.org/daily
      languages: [en, az]
      timezone: Asia/Baku
      sections:
        - politics
        - human-rights
        - slug: economy
          name: {en: Economy, az: İqtisadiyyat}
          description: Money
        - sport: Games
      authors:
        leyla-aliyeva: {name: Leyla Əliyeva, role: Editor, bio: Writes., email: leyla@example.org}
        anna: Anna
      tags: [COP29, {name: {en: Baku, az: Bakı}, slug: baku, description: The capital}]
      navigation:
        - {title: {en: About, az: Haqqında}, link: pages/about.md}
        - Archive: https://archive.example.org/
      front: {lead: 0, top: 5, briefs: 7, strip: 2, latest: 9}
      feeds: {formats: [rss, atom, json], items: 30, tags: 0, authors: 10}
      tag-authority: news.example.org,2024
      furniture: Rate this
      review: desk@example.org
      copyright: © Example
      logo: logo.png
      fields: { venue: String?, rating: Int = 0, paid: Bool = false, opens: Date, web: URL? }
      more: latest
      permalinks: directories
      permalink: /{section}/{slug}.html
      """)
    #expect(reading.diagnostics.map(\.id) == ["missing-field"])
    let site = reading.site
    #expect(site.title.byLanguage == ["en": "The Daily Example", "az": "Gündəlik"])
    #expect(site.description.common == "News" && site.url == "https://news.example.org/daily/")
    #expect(site.languages == ["en", "az"] && site.timeZone == "Asia/Baku")
    #expect(reading.zone.offset(at: 1_727_966_400) == 14_400)
    #expect(site.sections.map(\.slug) == ["politics", "human-rights", "economy", "sport"])
    #expect(
      site.sections.map { $0.name.text(in: "az", orElse: "en") } == [
        "Politics", "Human rights", "İqtisadiyyat", "Games",
      ])
    #expect(site.authors.map(\.slug) == ["leyla-aliyeva", "anna"])
    #expect(site.authors[0].role.common == "Editor" && site.authors[0].email == "leyla@example.org")
    #expect(site.authors[1].name.common == "Anna")
    #expect(site.tags.map { $0.name.text(in: "az", orElse: "en") } == ["COP29", "Bakı"])
    #expect(site.tags.map(\.slug) == [nil, "baku"])
    #expect(site.navigation.map(\.link) == ["pages/about.md", "https://archive.example.org/"])
    #expect(site.navigation[0].position == SourcePosition(line: 18, column: 46))
    #expect(site.front.lead == 0 && site.front.top == 5 && site.front.latest == 9)
    #expect(site.feeds.formats == [.rss, .atom, .json] && site.feeds.items == 30)
    #expect(site.feeds.tags == 0 && site.feeds.authors == 10)
    #expect(site.tagAuthority == "news.example.org,2024" && site.furniture == ["Rate this"])
    #expect(site.review == "desk@example.org" && site.logo == "logo.png")
    #expect(site.fields.map(\.fallback) == [.none, .int(0), .bool(false), .required, .none])
    #expect(site.more == .latest && site.permalinks == .directories)
    #expect(site.permalinkPattern == "{section}/{slug}" && site.isConfigured)
  }

  @Test("may name thousands of authors, each with all that there is to say")
  func manyAuthors() throws {
    let authors = (1...6000).map {
      "  author-\($0): {name: Author \($0), role: Reporter, email: a\($0)@example.org}\n"
    }
    let reading = try read("title: A\nurl: https://a.org\nauthors:\n" + authors.joined())
    #expect(reading.diagnostics == [])
    #expect(reading.site.authors.count == 6000)
    #expect(reading.site.authors.last?.email == "a6000@example.org")
  }

  @Test(
    "takes as the site's address what a browser finds",
    arguments: [
      ("https://example.org", nil), ("http://localhost:8080/paper/", nil),
      ("https://[::1]:443/a", nil), ("https://xn--tda.example/%C3%BC/", nil),
      ("https://203.0.113.7/", nil), ("https://a_b.example.org:65535", nil),
      ("https://ü.example/", "has a host with other letters than a to z"),
      ("https://user:secret@t.example/", "holds a user's name"),
      ("https://t.example:99999/", "is not the address of a site"),
      ("https://t.example:0/", "is not the address of a site"),
      ("https://t.example:x/", "is not the address of a site"),
      ("https://t..example/", "is not the address of a site"),
      ("https://[::1/", "is not the address of a site"),
      ("https://t.example/%zz/", "is not the address of a site"),
      ("https://t.example/a%2/", "is not the address of a site"),
      ("https://t.example/a/../b/", "is not the address of a site"),
      ("https://t.example/a/%2E%2e/b/", "is not the address of a site"),
    ] as [(String, String?)])
  func addresses(url: String, fault: String?) throws {
    let reading = try read("title: A\nurl: \(quoted(url))")
    guard let fault else {
      #expect(reading.diagnostics == [])
      #expect(reading.site.url?.hasPrefix(url) == true)
      return
    }
    #expect(reading.diagnostics.count == 1)
    let message = try #require(reading.diagnostics.first?.description)
    #expect(message.contains(":2:6: error: '\(url)' \(fault)"))
    #expect(message.hasSuffix("[bad-url]"))
  }

  @Test("need not be there: then the folder's name is the title")
  func missing() throws {
    let folder = try SampleFolder(["a.md": Self.story])
    let reading = SourceReader(source: folder.path + "/", jobs: 1).read()
    #expect(reading.diagnostics.map(\.id) == ["no-site-file"])
    #expect(reading.diagnostics.map(\.file) == [folder.path + "/site.yaml"])
    #expect(reading.site.title.common == String(folder.path.split(separator: "/").last ?? ""))
    #expect(!reading.site.isConfigured && reading.site.languages == ["en"])
  }

  @Test(
    "that is wrong is told with place and remedy",
    arguments: [
      ("titel: A", "1:1: error: there is no key 'titel'; did you mean 'title'? [unknown-key]"),
      (
        "title: A\nbaseURL: x",
        "2:1: error: there is no key 'baseURL'; did you mean 'url'? [unknown-key]"
      ),
      ("- a", "1:1: error: site.yaml holds lines 'key: value', not a list [wrong-type]"),
      (
        "url: https://a.org",
        "1:1: error: no title; add 'title: …', the paper's name [missing-title]"
      ),
      (
        "title: A\nurl: example.org",
        "2:6: error: 'example.org' is not the address of a site; "
          + "write it as https://example.org/ [bad-url]"
      ),
      (
        "title: A\ntimezone: Asia/Bakuu",
        "2:11: error: there is no time zone 'Asia/Bakuu'; did you mean 'Asia/Baku'? "
          + "[unknown-timezone]"
      ),
      (
        "title: A\nlanguages: [en, english!]",
        "2:17: error: 'english!' is no language code, such as en, az or pt-BR [bad-language]"
      ),
      (
        "title: A\nlanguages: [en, EN]",
        "2:17: error: 'EN' stands here twice; keep one [duplicate-language]"
      ),
      (
        "title: A\nlanguage: az\nlanguages: [en, az]",
        "2:11: error: 'language' says az, but 'languages' begins with en; leave 'language' out "
          + "[bad-language]"
      ),
      (
        "title: {en: A, ru: Б}",
        "1:16: error: 'ru' is no language of this site, which has en; add "
          + "it to 'languages' [unknown-language]"
      ),
      (
        "title: A\nsections: [a, b, a]",
        "2:18: error: the section 'a' stands here twice; keep one [duplicate-section]"
      ),
      (
        "title: A\nsections: [tags]",
        "2:12: error: a section cannot be called 'tags': the site has pages of its own at that "
          + "address; choose another slug [reserved-section]"
      ),
      (
        "title: A\nsections: [Human Rights]",
        "2:12: error: 'Human Rights' is no slug of a section, which holds letters in lower case, "
          + "digits and hyphens; write 'slug: human-rights' and 'name: Human Rights' [bad-slug]"
      ),
      (
        "title: A\nfront: {top: many}",
        "2:14: error: 'front.top' wants a whole number from 0 to 100, not 'many' [wrong-type]"
      ),
      (
        "title: A\nfront: {tpo: 3}",
        "2:9: error: there is no key 'tpo' in 'front'; did you mean 'top'? [unknown-key]"
      ),
      (
        "title: A\nfeeds: {formats: [rdf]}",
        "2:19: error: 'rdf' is no kind of feed; known: rss, atom, json [wrong-type]"
      ),
      (
        "title: A\nmore: latset",
        "2:7: error: 'more' is preceding or latest, not 'latset'; did you mean 'latest'? [wrong-type]"
      ),
      (
        "title: A\npermalink: '{section}/{yaer}/{slug}'",
        "2:12: error: there is no '{yaer}' in an address; did you mean '{year}'? [bad-permalink]"
      ),
      (
        "title: A\npermalink: '{section}/../x'",
        "2:12: error: '{section}/../x' is no pattern of addresses; write it as "
          + "{section}/{year}/{month}/{slug}, with {slug} and without '..' [bad-permalink]"
      ),
      (
        "title: A\npermalink: '{section}//{slug}'",
        "2:12: error: '{section}//{slug}' is no pattern of addresses: \(badParts) [bad-permalink]"
      ),
      (
        "title: A\npermalink: 'a/./{slug}'",
        "2:12: error: 'a/./{slug}' is no pattern of addresses: \(badParts) [bad-permalink]"
      ),
      (
        "title: A\npermalink: '.git/{slug}'",
        "2:12: error: '.git/{slug}' is no pattern of addresses: \(badParts) [bad-permalink]"
      ),
      (
        "title: A\npermalink: '{section}.html/{slug}'",
        "2:12: error: '{section}.html/{slug}' is no pattern of addresses: \(badParts) "
          + "[bad-permalink]"
      ),
      (
        "title: A\nfront:\n\tlead: 1",
        "3:1: error: a tab cannot indent a line; use spaces [bad-yaml]"
      ),
      (
        "title: A\ntheme: {accent: #fff}\nmore: latest",
        "2:17: error: a comment begins here, so that a text is missing; put the text in quotes [bad-yaml]"
      ),
      (
        "title: A\nfields: {date: String}",
        "2:10: error: every story has 'date' already; give the field another name [bad-field]"
      ),
      (
        "title: A\nfields: {venue: Sting?}",
        "2:17: error: there is no type 'Sting'; did you mean 'String'? [bad-field]"
      ),
      (
        "title: A\nfields: {rating: Int = many}",
        "2:18: error: 'many' is no default for a field of type Int [bad-field]"
      ),
      (
        "title: A\nauthors: {anna: {email: anna}}",
        "2:25: error: 'anna' is no e-mail address [wrong-type]"
      ),
      (
        "title: A\ntag-authority: example.org",
        "2:16: error: 'tag-authority' is a host that was yours and a year in which it was, such as "
          + "'example.org,2024', not 'example.org' [wrong-type]"
      ),
      (
        "title: A\nreview: somewhere",
        "2:9: error: 'somewhere' is neither an e-mail address nor a web address (https://…) [bad-url]"
      ),
      ("title: A\n---\ntitle: B", "2:1: error: a second document starts here; keep one [bad-yaml]"),
    ])
  func complaint(yaml: String, expected: String) throws {
    let complaints = try SampleFolder(["site.yaml": yaml, "a.md": Self.story]).complaints()
    #expect(complaints == ["site.yaml:" + expected])
  }
}
