import Foundation
import Testing

@testable import Broadsheet

@Suite("Every page") struct PageTests {
  @Test("links to files that are there, from every depth", arguments: [false, true])
  func links(isFolders: Bool) throws {
    let built = try TemporarySite(
      SamplePaper.files,
      configuration: SamplePaper.configuration
        + (isFolders ? "permalinks: directories\n" : "")
    ).build()
    for path in built.paths where path.hasSuffix(".html") && path != "404.html" {
      let page = Markup(built[path])
      let links = page.values(of: "href", in: "a", "link") + page.values(of: "src", in: "img")
      #expect(links.count > 5, "\(path)")
      for link in links where !link.contains(":") {
        let (file, fragment) = Self.target(of: link, from: path)
        #expect(!link.hasPrefix("/"), "\(path): \(link)")
        #expect(built.files[file] != nil, "\(path): \(link)")
        if let fragment {
          let ids = Markup(built[file]).tags.compactMap { $0["id"] }
          #expect(ids.contains(fragment), "\(path): \(link)")
        }
      }
    }
  }

  /// The file that a relative link leads to, as a host answers it, and the part of it.
  private static func target(of link: String, from page: String) -> (String, String?) {
    let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let fragment = parts.count > 1 ? String(parts[1]) : nil
    if parts[0].isEmpty { return (page, fragment) }
    var folders = page.split(separator: "/").dropLast()
    let steps = parts[0].split(separator: "/", omittingEmptySubsequences: false)
    for step in steps {
      switch step {
      case "..": if folders.popLast() == nil { return ("outside", nil) }
      case ".", "": break
      default: folders.append(step)
      }
    }
    let isFolder = ["", ".", ".."].contains(steps.last)
    let file = folders.joined(separator: "/")
    return (isFolder ? file + (file.isEmpty ? "" : "/") + "index.html" : file, fragment)
  }

  @Test("finds a file by its name, written as it is or as in an address")
  func names() throws {
    let site = try TemporarySite([
      "politics/talks.md": story(
        "Talks", "2024-10-03", "image: { src: ../media/port at dusk ü.svg, alt: A port }",
        body: "![One](../media/port%20at%20dusk%20%C3%BC.svg) ![Two](<../media/port at dusk ü.svg>)"
      ),
      "media/port at dusk ü.svg": "<svg/>",
    ])
    let built = try site.build()
    #expect(built.messages == [])
    let sources = Markup(built["politics/2024/10/talks.html"]).values(of: "src", in: "img")
    #expect(
      sources == Array(repeating: "../../../media/port%20at%20dusk%20%C3%BC.svg", count: 3))
    #expect(built.files["media/port at dusk ü.svg"] != nil)
    for sign in ["%", "?", "#"] {
      let site = try TemporarySite([
        "politics/talks.md": story("Talks"), "media/port\(sign)20.svg": "<svg/>",
        "static/a\(sign)b.txt": "A text",
      ])
      #expect(
        try site.build().messages == [
          "seeds/media/port\(sign)20.svg: error: the file's name holds '\(sign)', which means something "
            + "else in an address; rename the file [bad-file-name]"
        ])
    }
  }

  @Test(
    "that does not exist links from the root of the host",
    arguments: [
      ("https://a.example/", "/"), ("https://a.example/paper/", "/paper/"),
      ("https://a.example/paper", "/paper/"),
    ])
  func notFound(url: String, root: String) throws {
    let built = try TemporarySite(
      ["politics/talks.md": story("Talks", "2024-10-03", "tags: [Port]")],
      configuration: "title: The Daily\nurl: \(url)\n"
    ).build()
    let page = Markup(built["404.html"])
    let links = page.values(of: "href", in: "a", "link").filter { !$0.hasPrefix("#") }
    #expect(links.count > 5)
    for link in links {
      #expect(link.hasPrefix(root), "\(link)")
      let file = String(link.dropFirst(root.count))
      #expect(built.files[file.isEmpty ? "index.html" : file] != nil, "\(link)")
    }
    #expect(built.holds(in: "404.html", "<meta name=\"robots\" content=\"noindex\">"))
    #expect(!built.holds(in: "404.html", "canonical"))
  }

  @Test("names its own whole address, under a part of a host too")
  func addresses() throws {
    let built = try SamplePaper.site().build()
    func canonical(_ path: String) -> [String] {
      Markup(built[path]).tags.filter { $0["rel"] == "canonical" }.compactMap { $0["href"] }
    }
    let root = "https://a.example/paper/"
    #expect(canonical("index.html") == [root])
    #expect(canonical("ru/index.html") == [root + "ru/"])
    #expect(canonical("politics/2024/10/talks.html") == [root + "politics/2024/10/talks.html"])
    #expect(canonical("old/talks/index.html") == [root + "politics/2024/10/talks.html"])
    #expect(canonical("tags/port.html") == [root + "tags/port.html"])
    #expect(
      built.holds(
        in: "politics/2024/10/talks.html",
        "<meta property=\"og:image\" content=\"\(root)media/port.svg\">"))
  }

  @Test("of a story published elsewhere first names the original")
  func canonical() throws {
    let built = try TemporarySite([
      "politics/talks.md": story(
        "Talks", "2024-10-03", "canonical: https://b.example/talks?a=1&b=2")
    ]).build()
    #expect(
      built.holds(
        in: "politics/2024/10/talks.html",
        "<link rel=\"canonical\" href=\"https://b.example/talks?a=1&amp;b=2\">"))
  }

  @Test("says its dates with time and zone, as its markup does")
  func dates() throws {
    let built = try SamplePaper.site().build()
    let page = built["politics/2024/10/talks.html"]
    #expect(
      page.contains(
        "Published <time datetime=\"2024-10-03T18:40:00+04:00\">3 October 2024, 18:40 "
          + "(Baku, UTC+4)</time>"))
    #expect(
      page.contains(
        "Updated <time datetime=\"2024-10-04T09:00:00+04:00\">4 October 2024, 09:00 "
          + "(Baku, UTC+4)</time>"))
    #expect(
      built.holds(
        in: "politics/2024/10/votes.html",
        "Published <time datetime=\"2024-10-02T00:00:00+04:00\">2 October 2024</time>"))
    #expect(!built.holds(in: "city/ferry-strike.html", "Published"))
  }

  @Test("of a draft or a held story is marked, where they are shown at all")
  func drafts() throws {
    let site = try TemporarySite([
      "politics/draft.md": story("A draft", "2024-10-01", "status: draft"),
      "politics/held.md": story("A held one", "2024-11-01"),
      "politics/talks.md": story("Talks"),
    ])
    let built = try site.build { $0.showsDrafts = true }
    #expect(built.messages == [])
    #expect(built.holds(in: "politics.html", "A draft"))
    #expect(built.holds(in: "politics.html", "A held one"))
    let mark = built["politics/2024/10/draft.html"]
    #expect(mark != built["politics/2024/10/talks.html"])
    #expect(try site.build().paths(holding: "A draft") == [])
  }
}

@Suite("Structured data") struct StructuredDataTests {
  private static func objects(_ page: String) throws -> [[String: Any]] {
    try Markup(page).scripts.map {
      let object = try JSONSerialization.jsonObject(with: Data($0.utf8))
      return try #require(object as? [String: Any])
    }
  }

  @Test("can be read on every page")
  func isJSON() throws {
    let built = try SamplePaper.site().build()
    for path in built.paths where path.hasSuffix(".html") {
      let types = try Self.objects(built[path]).compactMap { $0["@type"] as? String }
      switch path {
      case "404.html", "old/talks/index.html": #expect(types == [], "\(path)")
      case "index.html", "ru/index.html": #expect(types == ["WebSite"], "\(path)")
      default: #expect(types.contains("BreadcrumbList"), "\(path)")
      }
    }
  }

  @Test("says of a story what its page says")
  func ofStory() throws {
    let built = try SamplePaper.site().build()
    let objects = try Self.objects(built["politics/2024/10/talks.html"])
    let article = try #require(objects.first { $0["@type"] as? String == "NewsArticle" })
    #expect(article["headline"] as? String == "Talks on the \"port\" & <quay>")
    #expect(article["datePublished"] as? String == "2024-10-03T18:40:00+04:00")
    #expect(article["dateModified"] as? String == "2024-10-06T08:30:00+04:00")
    #expect(article["dateline"] as? String == "Baku")
    #expect(article["articleSection"] as? String == "Politics")
    #expect(article["keywords"] as? [String] == ["Port", "Council"])
    #expect(article["inLanguage"] as? String == "en")
    let authors = try #require(article["author"] as? [[String: Any]])
    #expect(authors.compactMap { $0["name"] as? String } == ["Leyla Aliyeva", "Rauf Kazimzade"])
    #expect(authors[0]["url"] as? String == "https://a.example/paper/authors/leyla.html")
    let corrections = try #require(article["correction"] as? [[String: Any]])
    #expect(
      corrections.compactMap { $0["text"] as? String }
        == ["The port has 12 cranes", "The year was 1999"])
    let publisher = try #require(article["publisher"] as? [String: Any])
    #expect(publisher["@type"] as? String == "NewsMediaOrganization")
    let image = try #require((article["image"] as? [[String: Any]])?.first)
    #expect(image["width"] as? Int == 640)
  }

  @Test("cuts a headline at 110 characters, between two of them")
  func headline() throws {
    let built = try TemporarySite([
      "politics/talks.md": story(String(repeating: "я", count: 120))
    ]).build()
    let objects = try Self.objects(built["politics/2024/10/talks.html"])
    let article = try #require(objects.first { $0["@type"] as? String == "NewsArticle" })
    #expect(article["headline"] as? String == String(repeating: "я", count: 110))
  }
}

@Suite("The sitemap") struct SitemapTests {
  @Test("lists every page but notices, earlier addresses and the page for errors")
  func pages() throws {
    let built = try SamplePaper.site().build()
    let root = try #require(XMLTree(built.files["sitemap.xml"] ?? []))
    let listed = root.all("url").flatMap { $0.texts("loc") }
    let hidden = ["404.html", "old/talks/index.html", "politics/2024/10/forged.html"]
    let expected = built.paths.filter { $0.hasSuffix(".html") && !hidden.contains($0) }.map {
      "https://a.example/paper/"
        + ($0 == "index.html" ? "" : $0 == "ru/index.html" ? "ru/" : $0)
    }
    #expect(listed.sorted() == expected.sorted())
    #expect(Set(listed).count == listed.count)
    // The story's own last change; other pages have none.
    let changes = Dictionary(
      uniqueKeysWithValues: root.all("url").map { ($0.texts("loc")[0], $0.texts("lastmod")) })
    let stories = "https://a.example/paper/politics/2024/10/"
    #expect(changes[stories + "talks.html"] == ["2024-10-06T08:30:00+04:00"])
    #expect(changes[stories + "votes.html"] == ["2024-10-02T00:00:00+04:00"])
    #expect(changes["https://a.example/paper/city/ferry-strike.html"] == [])
  }

  @Test("is named in the rules for crawlers")
  func robots() throws {
    #expect(
      try SamplePaper.site().build()["robots.txt"]
        == "User-agent: *\nAllow: /\n\nSitemap: https://a.example/paper/sitemap.xml\n")
  }
}

@Suite("The logo") struct LogoTests {
  @Test(
    "is a file of 'static/' that an address can name",
    arguments: [
      ("logo.png", nil),
      (
        "log.png",
        "there is no file 'log.png' in 'static/'; did you mean 'logo.png'? [missing-logo]"
      ),
      (
        "../site.yaml",
        "there is no file '../site.yaml' in 'static/'; the logo is one of its files [missing-logo]"
      ),
      (
        "a?b.png",
        "the logo's name holds '?', which means something else in an address; rename the file "
          + "[bad-file-name]"
      ),
    ] as [(String, String?)])
  func logo(path: String, message: String?) throws {
    let built = try TemporarySite(
      ["politics/a.md": story("A"), "static/logo.png": "x", "static/a?b.png": "x"],
      configuration: TemporarySite.plainConfiguration + "logo: \(path)\n"
    ).build()
    #expect(built.messages == (message.map { ["seeds/site.yaml:3:7: error: " + $0] } ?? []))
  }
}
