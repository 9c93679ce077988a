import Testing

@testable import Broadsheet

@Suite("A story that is wrong") struct BadStoryTests {
  private static let longSlug = String(repeating: "a", count: 300)

  @Test(
    "is told with place and remedy",
    arguments: [
      // Front matter as a whole.
      (
        "Talks go on.\n",
        [
          "a.md:1:1: error: a story begins with its front matter: a line '---', then 'title: …' and "
            + "'date: 2024-10-03', then a line '---' [front-matter]"
        ]
      ),
      (
        "+++\ntitle = \"Talks\"\n+++\n",
        [
          "a.md:1:1: error: front matter is YAML here, not TOML: a line '---', then 'title: …' and "
            + "'date: 2024-10-03', then a line '---' [front-matter]"
        ]
      ),
      (
        "---\ntitle: Talks\n\nTalks go on.\n",
        [
          "a.md:1:1: error: the front matter that opens here is not closed; write a line '---' after "
            + "its last key [front-matter]"
        ]
      ),
      (
        "---\n- Talks\n---\n",
        [
          "a.md:2:1: error: front matter holds lines 'key: text', not a list [front-matter]"
        ]
      ),
      (
        "---\nTalks\n---\n",
        [
          "a.md:2:1: error: front matter holds lines 'key: text', not 'Talks' [front-matter]"
        ]
      ),
      (
        "---\n---\nTalks\n",
        [
          "a.md:1:1: error: no date; add 'date: 2024-10-03' or 'date: 2024-10-03T18:40:00+04:00' "
            + "[missing-date]", "a.md:1:1: error: no title; add 'title: …' [missing-title]",
        ]
      ),
      ("", ["a.md: error: the file is empty; write the story or remove it [empty-file]"]),
      (" \n\n", ["a.md: error: the file is empty; write the story or remove it [empty-file]"]),
      // Bytes.
      (
        "---\ntitle: T\ndate: 2024-10-03\n---\nab\u{0}c",
        [
          "a.md:5:3: error: a NUL byte cannot stand in a text; save the file as UTF-8 [nul-byte]"
        ]
      ),
      // YAML.
      (
        "---\ntitle: T\ndate: 2024-10-03\ntitle: U\n---\n",
        [
          "a.md:4:1: error: 'title' stands here a second time; keep one [duplicate-key]"
        ]
      ),
      (
        "---\ntitle: Talks: the second day\ndate: 2024-10-03\n---\n",
        [
          "a.md:2:13: error: a colon inside a text; put the whole text in quotes [bad-yaml]"
        ]
      ),
      (
        "---\ntitle: \"Talks\ndate: 2024-10-03\n---\n",
        [
          "a.md:2:8: error: a quote is opened here and never closed [bad-yaml]"
        ]
      ),
      (
        "---\ntitle: @home\ndate: 2024-10-03\n---\n",
        [
          "a.md:2:8: error: a text cannot begin with '@'; put it in quotes [bad-yaml]"
        ]
      ),
      (
        "---\ntitle: T\ntags: [a, b\ndate: 2024-10-03\n---\n",
        [
          "a.md:3:7: error: what opens here is not closed with ']' [bad-yaml]"
        ]
      ),
      (
        "---\ntitle: *strong*\ndate: 2024-10-03\n---\n",
        [
          "a.md:2:8: error: a text cannot begin with '*'; put it in quotes [bad-yaml]"
        ]
      ),
      (
        "---\ntitle: *strong\ndate: 2024-10-03\n---\n",
        [
          "a.md:2:8: error: '*strong' stands for nothing, for no '&strong' comes before it; put the "
            + "text in quotes [bad-yaml]"
        ]
      ),
      (
        "---\ntitle: T\ntags:\n\t- a\n---\n",
        [
          "a.md:4:1: error: a tab cannot indent a line; use spaces [bad-yaml]"
        ]
      ),
      (
        "---\ntitle: !!python/object T\n---\n",
        [
          "a.md:2:8: error: the tag '!!python/object' means nothing here; leave it out [bad-yaml]"
        ]
      ),
      (
        "---\ntitle\ndate: 2024-10-03\n---\n",
        [
          "a.md:2:1: error: this line is not 'key: text'; write a colon and a space after the key "
            + "[bad-yaml]"
        ]
      ),
      (
        "---\ntitle: a\u{7}b\n---\n",
        [
          "a.md:2:9: error: a control character (U+0007) cannot stand here; take it out [bad-yaml]"
        ]
      ),
      // Keys: T3, T6, T7.
      (
        "---\ntitle: T\ndate: 2024-10-03\npubishDate: 2099-01-01\n---\n",
        [
          "a.md:4:1: error: there is no key 'pubishDate'; did you mean 'date'? [unknown-key]"
        ]
      ),
      (
        "---\ntitle: T\ndate: 2024-10-03\nkikcer: Exclusive\n---\n",
        [
          "a.md:4:1: error: there is no key 'kikcer'; did you mean 'kicker'? [unknown-key]"
        ]
      ),
      (
        "---\nheadline: T\ncategory: news\ndate: 2024-10-03\ntitle: T\n---\n",
        [
          "a.md:2:1: error: there is no key 'headline'; did you mean 'title'? [unknown-key]",
          "a.md:3:1: error: there is no key 'category'; did you mean 'section'? [unknown-key]",
        ]
      ),
      (
        "---\ntitle: T\n---\n",
        [
          "a.md:1:1: error: no date; add 'date: 2024-10-03' or 'date: 2024-10-03T18:40:00+04:00' "
            + "[missing-date]"
        ]
      ),
      (
        "---\ntitle: ''\ndate: 2024-10-03\n---\n",
        [
          "a.md:2:8: error: no title; add 'title: …' [missing-title]"
        ]
      ),
      // Types.
      (
        "---\ntitle: T\ndate: 2024-10-03\npriority: high\n---\n",
        [
          "a.md:4:11: error: 'priority' wants a whole number from 1 to 9, not 'high' [wrong-type]"
        ]
      ),
      (
        "---\ntitle: [a]\ndate: {}\npriority: 10\ntags: {a: b}\ndraft: maybe\n---\n",
        [
          "a.md:2:8: error: 'title' wants a text, not a list [wrong-type]",
          "a.md:3:7: error: 'date' wants a date, not a mapping [wrong-type]",
          "a.md:4:11: error: 'priority' wants a whole number from 1 to 9, not '10' [wrong-type]",
          "a.md:5:7: error: 'tags' wants a text or a list of texts, not a mapping [wrong-type]",
          "a.md:6:8: error: 'draft' wants true or false, not 'maybe' [wrong-type]",
        ]
      ),
      (
        "---\ntitle: T\ndate: 2024-10-03\nstatus: drfat\n---\n",
        [
          "a.md:4:9: error: 'status' is published, draft or retracted, not 'drfat'; did you mean "
            + "'draft'? [wrong-type]"
        ]
      ),
      (
        "---\ntitle: T\ndate: 2024-10-03\nstatus: published\ndraft: true\n---\n",
        [
          "a.md:5:8: error: 'draft: true' and 'status: published' contradict each other; keep one "
            + "[wrong-type]"
        ]
      ),
      (
        "---\ntitle: T\ndate: 2024-10-03\nstatus: retracted\n---\n",
        [
          "a.md:4:9: error: a retracted story says why; add 'reason: …' [missing-reason]"
        ]
      ),
      (
        "---\ntitle: T\ndate: 2024-10-03\nlanguage: ru\n---\n",
        [
          "a.md:4:11: error: 'ru' is no language of this site, which has en; add it to 'languages' in "
            + "site.yaml [unknown-language]"
        ]
      ),
      (
        "---\ntitle: T\ndate: 2024-10-03\nexpires: 2024-10-03\n---\n",
        [
          "a.md:4:10: error: the story expires before it is seen; 'expires' is later than its date "
            + "[bad-expiry]"
        ]
      ),
      (
        "---\ntitle: T\ndate: 2024-10-03\nembargo: 2024-10-09\nexpires: 2024-10-05\n---\n",
        [
          "a.md:5:10: error: the story expires before it is seen; 'expires' is later than its embargo "
            + "[bad-expiry]"
        ]
      ),
      (
        "---\ntitle: T\ndate: 2024-10-03\nimage:\n  alt: A\n  scr: a.jpg\n---\n",
        [
          "a.md:5:3: error: 'image' has no 'src'; add the picture's path [missing-src]",
          "a.md:6:3: error: there is no key 'scr' in 'image'; did you mean 'src'? [unknown-key]",
        ]
      ),
      (
        "---\ntitle: T\ndate: 2024-10-03\ncorrections:\n  - date: 2024-10-04\n---\n",
        [
          "a.md:5:5: error: this correction says nothing; add 'text: …' [missing-text]"
        ]
      ),
      (
        "---\ntitle: T\ndate: 2024-10-03\ncorrections: Wrong name\n---\n",
        [
          "a.md:4:14: error: 'corrections' wants 'date', 'text' and 'material' of each, not "
            + "'Wrong name' [wrong-type]"
        ]
      ),
      (
        "---\ntitle: T\ndate: 2024-10-03\ncorrections: {text: Wrong name}\n---\n",
        [
          "a.md:4:14: warning: this correction has no date; add 'date: …' [undated-correction]"
        ]
      ),
      // Addresses.
      (
        "---\ntitle: T\ndate: 2024-10-03\nslug: ../../etc\n---\n",
        [
          "a.md:4:7: error: '../../etc' is no slug, which holds letters in lower case, digits and "
            + "hyphens; write it as 'etc' [bad-slug]"
        ]
      ),
      (
        "---\ntitle: T\ndate: 2024-10-03\nslug: a/b\n---\n",
        [
          "a.md:4:7: error: 'a/b' is no slug, which holds letters in lower case, digits and hyphens; "
            + "write it as 'a-b' [bad-slug]"
        ]
      ),
      (
        "---\ntitle: T\ndate: 2024-10-03\nslug:\n---\n",
        [
          "a.md:4:6: error: 'slug' is empty; leave it out to have the address from the file's name "
            + "[bad-slug]"
        ]
      ),
      (
        "---\ntitle: T\ndate: 2024-10-03\nslug: \(longSlug)\n---\n",
        [
          "a.md:4:7: error: this slug has 300 bytes; it may have 100 at most [bad-slug]"
        ]
      ),
      (
        "---\ntitle: T\ndate: 2024-10-03\nslug: 🙂\n---\n",
        [
          "a.md:4:7: error: '🙂' leaves nothing for an address; a slug holds letters, digits and "
            + "hyphens [bad-slug]"
        ]
      ),
      (
        "---\ntitle: T\ndate: 2024-10-03\naliases: [/old/../x, 'https://a.org/x', /fine.html]\n---\n",
        [
          "a.md:4:11: error: '/old/../x' is no path of this site; write the earlier address without "
            + "its host, such as '/politics/talks.html' [bad-alias]",
          "a.md:4:22: error: 'https://a.org/x' is no path of this site; write the earlier address "
            + "without its host, such as '/politics/talks.html' [bad-alias]",
        ]
      ),
      (
        "---\ntitle: T\ndate: 2024-10-03\ncanonical: javascript:x\n---\n",
        [
          "a.md:4:12: error: 'javascript:x' is no web address; 'canonical' starts with https:// "
            + "[bad-url]"
        ]
      ),
      (
        "---\ntitle: T\ndate: 2024-10-03\nsection: Tags\n---\n",
        [
          "a.md:4:10: error: a section cannot be called 'Tags': the site has pages of its own at that "
            + "address; choose another name [reserved-section]"
        ]
      ),
      (
        "---\ntitle: T\ndate: 2024-10-03\nstatus: publishd\ndraft: false\n---\n",
        [
          "a.md:4:9: error: 'status' is published, draft or retracted, not 'publishd'; did you mean "
            + "'published'? [wrong-type]"
        ]
      ),
      (
        "---\ntitle: T\ndate: 2024-10-03\ntags:\n- [a]\n---\n",
        [
          "a.md:5:3: error: 'tags' wants a text as each item of its list, not a list [wrong-type]"
        ]
      ),
      (
        "---\ntitle: T\ndate: 2024-10-03\nimage: {src: #fff}\ntags: [a]\n---\n",
        [
          "a.md:4:14: error: a comment begins here, so that a text is missing; put the text in quotes "
            + "[bad-yaml]"
        ]
      ),
    ])
  func complaint(text: String, expected: [String]) throws {
    let folder = try SampleFolder(["a.md": text])
    let complaints = try folder.complaints()
    #expect(complaints == expected)
  }

  @Test("is told of with the first thing that is no character")
  func noCharacters() throws {
    let folder = try SampleFolder([
      "a.md": story("T", body: "One\u{FFFE}."), "b.txt": "One\nOne\nTwo\u{FFFF} is here.\n",
      "c.md": "---\ntitle: \"T \\uFFFE\"\ndate: 2024-10-03\n---\n",
    ])
    #expect(
      try folder.complaints() == [
        "a.md:5:4: error: U+FFFE is no character; take it out [invalid-utf8]",
        "b.txt:3:4: error: U+FFFF is no character; take it out [invalid-utf8]",
        "c.md:2:8: error: an escape in this text stands for no character; take it out [bad-yaml]",
      ])
  }

  @Test("is told of a correction that nothing dates, in wire copy without a date too")
  func undatedCorrection() throws {
    let folder = try SampleFolder([
      "p/w.txt": "---\ncorrections: {text: No date here, material: true}\n---\n"
        + "Head line\nHead line\nPara one here.\n"
    ])
    #expect(
      try folder.complaints().contains(
        "p/w.txt:2:14: error: this correction has no date; add 'date: …' [undated-correction]"))
  }

  @Test("is told that a standing page cannot be retracted")
  func retractedPage() throws {
    let folder = try SampleFolder([
      "pages/us.md": "---\ntitle: About us\nstatus: retracted\n---\nWe are here.\n"
    ])
    #expect(
      try folder.complaints() == [
        "pages/us.md:3:9: error: a standing page cannot be retracted; say in its text what is wrong, "
          + "or remove the page [wrong-type]"
      ])
  }

  @Test("is told of with the first byte that is not UTF-8")
  func invalidUTF8() throws {
    let folder = try SampleFolder()
    try folder.write(
      Array("---\ntitle: Caf".utf8) + [0xE9] + Array("\ndate: 2024-10-03\n---\n".utf8), to: "a.md")
    let complaints = try folder.complaints()
    #expect(
      complaints == [
        "a.md:2:11: error: '\\xE9' is not UTF-8; save the file as UTF-8 [invalid-utf8]"
      ])
  }

  @Test("cannot blow up by anchors that stand for each other")
  func expansion() throws {
    var yaml = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
    for level in 1...9 {
      let inner = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ",")
      yaml += "a\(level): &a\(level) [\(inner)]\n"
    }
    let folder = try SampleFolder(["a.md": "---\n\(yaml)---\n"])
    let complaints = try folder.complaints()
    #expect(
      complaints == [
        "a.md:5:38: error: the aliases up to here stand for more than 10000 keys and values; use "
          + "fewer, and write out what they stand for [bad-yaml]"
      ])
  }

  @Test("cannot have more in its front matter than anyone writes", arguments: ["x", "'x'", "*a"])
  func endlessList(item: String) throws {
    let first = item == "*a" ? "&a x" : item
    let items = [first] + Array(repeating: item, count: 9_999)
    let folder = try SampleFolder([
      "a.md": "---\ntitle: T\ndate: 2024-10-03\ntags: [\(items.joined(separator: ", "))]\n---\n"
    ])
    let complaints = try folder.complaints()
    #expect(complaints.count == 1)
    #expect(complaints.first?.hasPrefix("a.md:4:") == true)
    #expect(complaints.first?.hasSuffix("take out what is not needed [bad-yaml]") == true)
  }

  @Test("may use anchors that stand for little")
  func anchors() throws {
    let folder = try SampleFolder([
      "a.md": "---\ntitle: &name Talks\ndate: 2024-10-03\nkicker: *name\n---\n"
    ])
    let reading = try folder.read()
    #expect(reading.diagnostics.isEmpty)
    #expect(reading.string(reading.archive.articles[0].kicker) == "Talks")
  }

  @Test("cannot hold itself", arguments: ["tags: &a [*a]", "image: &a {src: *a}"])
  func itself(yaml: String) throws {
    let folder = try SampleFolder(["a.md": "---\n\(yaml)\n---\n"])
    #expect(try folder.complaints().contains { $0.contains("'*a' would hold itself [bad-yaml]") })
  }

  @Test("cannot nest without end")
  func depth() throws {
    let deep = String(repeating: "[", count: 5000)
    let folder = try SampleFolder(["a.md": "---\ntags: \(deep)\n---\n"])
    let complaints = try folder.complaints()
    #expect(
      complaints == [
        "a.md:2:38: error: lists and mappings stand more than 32 deep [bad-yaml]"
      ])
  }

  @Test("of emoji alone asks for a slug")
  func emoji() throws {
    let folder = try SampleFolder([
      "🙂.md": "---\ntitle: 🙂\ndate: 2024-10-03\n---\n", "b.txt": "🙂🙂\n🙂🙂\nText follows.\n",
    ])
    let complaints = try folder.complaints()
    #expect(
      complaints == [
        "b.txt: warning: no date; published undated, outside feeds and numbered lists: put the "
          + "lines '---', 'date: YYYY-MM-DD', '---' before the first line, or the day before the "
          + "file's name ('YYYY-MM-DD-b.txt') [undated-wire]",
        "b.txt:1:1: error: the headline '🙂🙂' leaves nothing for an address; add 'slug: …' "
          + "[empty-slug]",
        "🙂.md:1:1: error: the file's name '🙂' leaves nothing for an address; add 'slug: …' "
          + "[empty-slug]",
      ])
  }

  @Test("in a folder called tags is told of once")
  func reservedFolder() throws {
    let story = "---\ntitle: T\ndate: 2024-10-03\n---\n"
    let folder = try SampleFolder(["tags/a.md": story, "tags/b.md": story])
    let complaints = try folder.complaints()
    #expect(
      complaints == [
        "tags: error: a section cannot be called 'tags': the site has pages of its own at that "
          + "address; rename the folder [reserved-section]"
      ])
  }

  @Test("is not said to be missing by those that link to it")
  func linkedTo() throws {
    let built = try TemporarySite([
      "city/bad.md": "Text.\n",
      "city/plan.xyz": "x",
      "static/ads.txt": "x",
      "city/cafe\u{301}.md": story("Café"),
      "city/good.md": story("Good", "2024-10-03", body: "[a](bad.md) [b](plan.xyz) [c](none.md)"),
      "city/zebra.md": story(
        "More", "2024-10-03",
        body: "[a](/static/ads.txt) ![b](good.md) [c](caf\u{E9}.md)"),
    ]).build()
    for said in [
      "city/good.md:5:5: error: 'bad.md' is there, but cannot be read as a story; mend what is said "
        + "of it first [dead-link]",
      "city/zebra.md:5:5: error: '/static/ads.txt' is copied as it is, to "
        + "https://daily.example/ads.txt; link to that [dead-link]",
      "city/zebra.md:5:27: error: 'good.md' is a story, no picture [missing-picture]",
      "city/zebra.md:5:40: error: there is no file 'caf\u{E9}.md'; a file of this name has its accents "
        + "in another form (Unicode's NFC and NFD): copy its name from the folder [dead-link]",
      "city/good.md:5:17: error: 'plan.xyz' is there, but nothing is made of it; what is to be copied "
        + "belongs in 'media/' [dead-link]",
      "city/good.md:5:31: error: there is no file 'none.md' [dead-link]",
    ] {
      #expect(built.messages.contains("seeds/" + said), "\(built.messages)")
    }
  }
}
