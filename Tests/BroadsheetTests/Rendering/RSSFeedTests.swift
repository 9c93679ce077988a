import Foundation
import Testing

@testable import Broadsheet

@Suite("An RSS feed") struct RSSFeedTests {
  private static func channel(_ built: BuiltSite, _ path: String = "rss.xml") throws -> XMLTree {
    let root = try #require(XMLTree(built.files[path] ?? []), "\(path) is not well-formed")
    return try #require(root["channel"])
  }

  @Test("says what it is, where it is, and when it last changed")
  func channel() throws {
    let built = try SamplePaper.site().build()
    let channel = try Self.channel(built)
    #expect(channel.texts("title") == ["The Shore"])
    #expect(channel.texts("link") == ["https://a.example/paper/"])
    #expect(
      channel.all("atom:link").map(\.attributes) == [
        [
          "href": "https://a.example/paper/rss.xml", "rel": "self", "type": "application/rss+xml",
        ]
      ])
    #expect(channel.texts("description") == ["News from the quay"])
    #expect(channel.texts("language") == ["en"])
    #expect(channel.texts("ttl") == ["60"])
    // The newest change among the items: the second correction.
    #expect(channel.texts("lastBuildDate") == ["Sun, 06 Oct 2024 08:30:00 +0400"])
    let image = try #require(channel["image"])
    #expect(image.texts("url") == ["https://a.example/paper/logo.png"])
    #expect(image.texts("title") == channel.texts("title"))
    #expect(image.texts("link") == channel.texts("link"))

    let russian = try Self.channel(built, "ru/politics/rss.xml")
    #expect(russian.texts("title") == ["Берег: Политика"])
    #expect(russian.texts("link") == ["https://a.example/paper/ru/politics.html"])
    #expect(russian.texts("language") == ["ru"])
    #expect(
      russian["atom:link"]?.attributes["href"] == "https://a.example/paper/ru/politics/rss.xml")
  }

  @Test("has all of a story in its item")
  func item() throws {
    let channel = try Self.channel(try SamplePaper.site().build())
    #expect(
      channel.all("item").map { $0.texts("title") }
        == [["Talks on the \"port\" & <quay>"], ["The votes"]])
    let item = try #require(channel["item"])
    let page = "https://a.example/paper/politics/2024/10/talks.html"
    #expect(item.texts("link") == [page])
    #expect(item.texts("guid") == ["tag:a.example,2020:politics/talks"])
    #expect(item["guid"]?.attributes == ["isPermaLink": "false"])
    #expect(item.texts("pubDate") == ["Thu, 03 Oct 2024 18:40:00 +0400"])
    #expect(item.texts("dc:creator") == ["Leyla Aliyeva", "Rauf Kazimzade"])
    #expect(item.texts("author") == [])
    #expect(item.texts("category") == ["Politics", "Port", "Council"])
    // Readers show a description as HTML: text is escaped twice.
    #expect(item.texts("description") == ["They met &amp; &lt;talked&gt;."])
    let media = try #require(item["media:content"])
    #expect(
      media.attributes == [
        "url": "https://a.example/paper/media/port.svg", "medium": "image", "width": "640",
        "height": "480",
      ])
    #expect(media.texts("media:credit") == ["R. Kazimzade"])
    #expect(media.texts("media:description") == ["At dusk"])
    #expect(
      item.texts("content:encoded") == [
        """
        <p><em>5 October 2024: The port has 12 cranes</em></p>
        <p><em>6 October 2024: The year was 1999</em></p>
        <figure><img src="https://a.example/paper/media/port.svg" alt="The port" width="640" \
        height="480"><figcaption>At dusk R. Kazimzade</figcaption></figure>
        <p>The council met, see <a href="https://a.example/paper/politics/2024/10/votes.html\
        #how-they-voted">the votes</a> and <a href="\(page)#after">below</a>.</p>
        <figure>
        <img src="https://a.example/paper/media/port.svg" alt="Two cranes" width="640" \
        height="480" loading="lazy" decoding="async">
        <figcaption>Cranes</figcaption>
        </figure>
        <h2 id="after">After</h2>
        <p>Nobody <em>knows</em> ]]&gt; more. See <a href="https://a.example/paper/about.html">us</a> \
        or <a href="https://b.example/?a=1&amp;b=2">https://b.example/?a=1&amp;b=2</a>.</p>

        """
      ])
  }

  @Test("has no address that is not whole, and nothing that could run")
  func addresses() throws {
    let built = try SamplePaper.site().build()
    for path in built.paths where path.hasSuffix("rss.xml") {
      for content in try Self.channel(built, path).all("item").flatMap({
        $0.texts("content:encoded")
      }) {
        for tag in Markup(content).tags {
          for attribute in tag.attributes where ["href", "src", "srcset"].contains(attribute.name) {
            #expect(attribute.value.hasPrefix("https://"), "\(path): \(attribute.value)")
          }
        }
      }
    }
  }

  @Test("keeps its bytes when a story outside it changes")
  func stability() throws {
    let site = try TemporarySite(
      [
        "politics/talks.md": story("Talks", "2024-10-03", "tags: [Port]", "authors: [Leyla]"),
        "city/strike.md": story("Strike", "2024-10-04", "tags: [Ferry]", "authors: [Rauf]"),
      ])
    let before = try site.build()
    try site.write(
      story("Strike over", "2024-10-04", "tags: [Ferry]", "authors: [Rauf]"), to: "city/strike.md")
    // The clock is no part of a feed.
    let after = try site.build(now: "2024-12-24T12:00:00Z")
    #expect(
      after.differences(from: before).filter { $0.hasSuffix(".xml") && $0 != "sitemap.xml" } == [
        "authors/rauf/rss.xml", "city/rss.xml", "rss.xml", "tags/ferry/rss.xml",
      ])
  }

  @Test("knows a story with an id wherever it moves")
  func identity() throws {
    let site = try TemporarySite(["politics/talks.md": story("Talks", "2024-10-03", "id: 2024-77")])
    let before = try #require(try Self.channel(try site.build())["item"])
    try site.remove("politics/talks.md")
    try site.write(
      story("Talks again", "2024-10-03", "id: 2024-77", "slug: again"), to: "city/other.md")
    let after = try #require(try Self.channel(try site.build())["item"])
    #expect(before.texts("guid") == ["tag:daily.example,2024:2024-77"])
    #expect(after.texts("guid") == before.texts("guid"))
    #expect(after.texts("link") != before.texts("link"))
  }

  @Test("orders stories by their instant, whatever changed later")
  func order() throws {
    let built = try TemporarySite([
      "politics/a.md": story("A", "2024-10-01", "updated: 2024-10-09"),
      "politics/b.md": story("B", "2024-10-02"),
      "politics/c.md": story("C", "2024-09-01", "embargo: 2024-10-03"),
    ]).build()
    let channel = try Self.channel(built)
    #expect(channel.all("item").flatMap { $0.texts("title") } == ["C", "B", "A"])
    #expect(
      channel.all("item").flatMap { $0.texts("pubDate") }.first
        == "Thu, 03 Oct 2024 00:00:00 +0000")
    #expect(channel.texts("lastBuildDate") == ["Wed, 09 Oct 2024 00:00:00 +0000"])
  }

  @Test("holds as many stories as the site wants, and none where it wants none")
  func limits() throws {
    var files: [String: String] = [:]
    for number in 10..<20 {
      files["politics/s\(number).md"] = story(
        "S\(number)", "2024-09-\(number)", "tags: [Port]", "authors: [Leyla]")
    }
    let built = try TemporarySite(
      files,
      configuration: TemporarySite.plainConfiguration
        + "feeds: { items: 3, tags: 2, authors: 0 }\n"
    ).build()
    #expect(built.messages == [])
    func titles(_ path: String) throws -> [String] {
      try Self.channel(built, path).all("item").flatMap { $0.texts("title") }
    }
    #expect(try titles("rss.xml") == ["S19", "S18", "S17"])
    #expect(try titles("politics/rss.xml") == ["S19", "S18", "S17"])
    #expect(try titles("tags/port/rss.xml") == ["S19", "S18"])
    #expect(built.files["authors/leyla/rss.xml"] == nil)
    #expect(!built.holds(in: "authors/leyla.html", "authors/leyla/rss.xml"))
  }

  @Test("is not made for a site that has no address, nor are sitemaps")
  func withoutAddress() throws {
    let built = try TemporarySite(
      ["politics/talks.md": story("Talks", "2024-10-03", "tags: [Port]")],
      configuration: "title: The Daily Example\n"
    ).build()
    #expect(built.messages == [])
    #expect(built.paths.filter { $0.hasSuffix(".xml") || $0 == "robots.txt" } == [])
    #expect(built.paths(holding: "rss.xml") == [])
    #expect(built.paths(holding: "rel=\"canonical\"") == [])
    #expect(built.paths(holding: "og:url") == [])
  }

  @Test("has no date of change without stories")
  func empty() throws {
    let built = try TemporarySite(["pages/about.md": story("About", nil)]).build()
    let channel = try Self.channel(built)
    #expect(channel.all("item").isEmpty)
    #expect(channel.texts("lastBuildDate") == [])
    #expect(built.messages == [])
  }

  @Test("is found from the pages whose stories it has")
  func discovery() throws {
    let built = try SamplePaper.site().build()
    func feeds(_ path: String) -> [String] {
      Markup(built[path]).tags.filter {
        $0.name == "link" && $0["type"] == "application/rss+xml"
      }.compactMap { $0["href"] }
    }
    #expect(feeds("index.html") == ["rss.xml"])
    #expect(feeds("politics.html") == ["politics/rss.xml"])
    #expect(feeds("tags/port.html") == ["port/rss.xml"])
    #expect(feeds("ru/index.html") == ["rss.xml"])
    #expect(feeds("politics/2024/10/talks.html") == ["../../../rss.xml"])
  }
}

@Suite("The other feeds") struct OtherFeedTests {
  @Test("have the same stories and the same ids")
  func items() throws {
    let built = try SamplePaper.site().build()
    let ids = ["tag:a.example,2020:politics/talks", "tag:a.example,2020:politics/votes"]

    let atom = try #require(XMLTree(built.files["atom.xml"] ?? []))
    #expect(atom.name == "feed")
    #expect(atom.all("entry").flatMap { $0.texts("id") } == ids)
    let entry = try #require(atom["entry"])
    #expect(entry.texts("published") == ["2024-10-03T18:40:00+04:00"])
    #expect(entry.texts("updated") == ["2024-10-06T08:30:00+04:00"])
    #expect(
      entry.all("author").flatMap { $0.texts("name") } == ["Leyla Aliyeva", "Rauf Kazimzade"])
    #expect(atom.texts("updated") == ["2024-10-06T08:30:00+04:00"])
    #expect(
      atom.all("link").first { $0.attributes["rel"] == "self" }?.attributes["href"]
        == "https://a.example/paper/atom.xml")

    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(built.files["feed.json"] ?? []))
        as? [String: Any])
    #expect(json["version"] as? String == "https://jsonfeed.org/version/1.1")
    #expect(json["feed_url"] as? String == "https://a.example/paper/feed.json")
    #expect(json["home_page_url"] as? String == "https://a.example/paper/")
    #expect(json["language"] as? String == "en")
    let items = try #require(json["items"] as? [[String: Any]])
    #expect(items.compactMap { $0["id"] as? String } == ids)
    #expect(items[0]["title"] as? String == "Talks on the \"port\" & <quay>")
    #expect(items[0]["date_published"] as? String == "2024-10-03T18:40:00+04:00")
    #expect(items[0]["date_modified"] as? String == "2024-10-06T08:30:00+04:00")
    #expect(items[0]["tags"] as? [String] == ["Port", "Council"])
    #expect(items[0]["image"] as? String == "https://a.example/paper/media/port.svg")

    // All three carry the same text.
    let rss = try #require(XMLTree(built.files["rss.xml"] ?? [])?["channel"]?["item"])
    #expect(items[0]["content_html"] as? String == rss.texts("content:encoded").first)
    #expect(entry.texts("content") == rss.texts("content:encoded"))
  }

  @Test("never say that a story changed before it was published, and always name an author")
  func dates() throws {
    let built = try TemporarySite(
      ["politics/talks.md": story("Talks", "2024-10-03", "updated: 2024-10-01")],
      configuration: TemporarySite.plainConfiguration + "feeds: { formats: [rss, atom, json] }\n"
    ).build()
    let entry = try #require(XMLTree(built.files["atom.xml"] ?? [])?["entry"])
    #expect(entry.texts("updated") == ["2024-10-03T00:00:00Z"])
    #expect(entry.texts("published") == entry.texts("updated"))
    #expect(entry["author"]?.texts("name") == ["The Daily Example"])
    #expect(built.holds(in: "feed.json", "\"date_modified\":\"2024-10-03T00:00:00Z\""))
  }

  @Test("name the hub where the site has one, beside one link to themselves") func hub() throws {
    let hub = "https://hub.example/?a=1&b=2"
    let built = try TemporarySite(
      ["politics/talks.md": story("Talks")],
      configuration: TemporarySite.plainConfiguration
        + "feeds: { formats: [rss, atom, json], hub: '\(hub)' }\n"
    ).build()
    #expect(built.messages == [])
    let rss = try #require(XMLTree(built.files["politics/rss.xml"] ?? [])?["channel"])
    let atom = try #require(XMLTree(built.files["politics/atom.xml"] ?? []))
    for links in [rss.all("atom:link"), atom.all("link")] {
      func hrefs(_ relation: String) -> [String?] {
        links.filter { $0.attributes["rel"] == relation }.map { $0.attributes["href"] }
      }
      #expect(hrefs("hub") == [hub])
      #expect(hrefs("self").count == 1)
    }
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(built.files["politics/feed.json"] ?? []))
        as? [String: Any])
    #expect(json["hubs"] as? [[String: String]] == [["type": "WebSub", "url": hub]])
    let wrong = try TemporarySite(
      [:], configuration: TemporarySite.plainConfiguration + "feeds: { hub: hub.example }\n"
    ).build()
    #expect(wrong.messages.first?.contains("'hub.example' is no web address") == true)
  }

  @Test("keep their bytes until a story in them changes") func stability() throws {
    let site = try TemporarySite(
      [
        "politics/talks.md": story("Talks"), "politics/votes.md": story("Votes", "2024-10-02"),
        "city/strike.md": story("Strike", "2024-10-04"), "pages/about.md": "---\ntitle: Us\n---\n",
      ],
      configuration: TemporarySite.plainConfiguration
        + "feeds: { formats: [rss, atom, json], items: 2 }\n")
    var last = try site.build()
    func changed(now: String = "2024-10-10T12:00:00Z") throws -> [String] {
      let built = try site.build(now: now)
      defer { last = built }
      return built.differences(from: last).filter { path in
        ["rss.xml", "atom.xml", "feed.json"].contains { path.hasSuffix($0) }
      }
    }
    try site.write(story("Votes, again", "2024-10-01"), to: "politics/votes.md")
    #expect(
      try changed() == ["politics/atom.xml", "politics/feed.json", "politics/rss.xml"])
    try site.write("---\ntitle: About\n---\nWe.\n", to: "pages/about.md")
    try site.write(
      "\\(template footer())\n<footer>\\(site.title)</footer>\n", to: "templates/footer.html")
    try site.write(story("Draft", "2024-10-05", "draft: true"), to: "city/draft.md")
    try site.write(story("Held", "2024-12-05"), to: "city/held.md")
    try site.write(
      "---\nname: R\ndate: 2024-10-05\n---\nGood.\n", to: "reviews/politics/talks/a.md")
    #expect(try changed() == [])
    #expect(try changed(now: "2024-11-30T12:00:00Z") == [])
    try site.write(story("Strike", "2024-10-04", body: "It is over."), to: "city/strike.md")
    #expect(
      try changed() == [
        "atom.xml", "city/atom.xml", "city/feed.json", "city/rss.xml", "feed.json", "rss.xml",
      ])
  }

  @Test("are found from the pages, in every format and language") func discovery() throws {
    let built = try SamplePaper.site().build()
    for page in ["index.html", "politics.html", "ru/index.html", "ru/politics.html"] {
      let links = Markup(built[page]).tags.filter {
        $0.name == "link" && $0["rel"] == "alternate" && $0["type"] != nil
      }
      #expect(
        links.compactMap { $0["type"] } == [
          "application/rss+xml", "application/atom+xml", "application/feed+json",
        ], "\(page)")
    }
  }

  @Test("are made for the site and each section alone")
  func paths() throws {
    let built = try SamplePaper.site().build()
    #expect(
      built.paths.filter { $0.hasSuffix("atom.xml") || $0.hasSuffix("feed.json") } == [
        "atom.xml", "feed.json", "politics/atom.xml", "politics/feed.json", "ru/atom.xml",
        "ru/feed.json", "ru/politics/atom.xml", "ru/politics/feed.json",
      ])
  }
}
