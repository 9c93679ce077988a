import Foundation
import Testing

@testable import Broadsheet

@Suite("A source folder") struct SourceReaderTests {
  private static let story = "---\ntitle: T\ndate: 2024-10-03\n---\nText.\n"

  @Test("is listed in the order of the bytes of its paths")
  func order() throws {
    let names = ["a-b.md", "a.md", "a/b.md", "a/c/d.md", "ab.md", "z/static/x.md", "Ə.md", "B.md"]
    let folder = try SampleFolder(Dictionary(uniqueKeysWithValues: names.map { ($0, Self.story) }))
    let reading = try folder.read()
    let paths = reading.archive.files.map { reading.string($0.path) }
    #expect(paths == names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
    #expect(reading.archive.articles.map(\.file) == Array(0..<8))
    #expect(reading.archive.files.map(\.stamp.byteCount) == Array(repeating: 40, count: 8))
  }

  @Test("is read to the same archive by any number of threads")
  func threads() throws {
    let folder = try SampleFolder()
    for number in 0..<500 {
      let tags = (0..<number % 4).map { "tag \($0 + number)" }.joined(separator: ", ")
      try folder.write(
        "---\ntitle: Story \(number)\ndate: 2024-10-03\ntags: [\(tags)]\npriority: \(number % 12)\n"
          + "---\nText \(number).\n", to: "s\(number % 7)/\(number).md")
    }
    func text(_ reading: SourceReader.Reading) -> [String] {
      reading.archive.articles.map { story in
        let path = reading.string(reading.archive.files[Int(story.file)].path)
        return "\(path) \(reading.string(story.title)) \(reading.strings(story.tags)) "
          + reading.string(story.summary)
      } + reading.diagnostics.map(\.description)
    }
    let expected = text(try folder.read(jobs: 1))
    #expect(expected.count > 500)
    for jobs in 2...4 {
      let found = text(try folder.read(jobs: jobs))
      #expect(found == expected)
    }
  }

  @Test("has pictures and static files, and leaves hidden files out of all but static files")
  func otherFiles() throws {
    let folder = try SampleFolder([
      "politics/a.md": Self.story, "politics/a.JPG": "", "media/b/c.svg": "", "media/.hidden": "",
      "static/.well-known/security.txt": "", "static/x": "", ".git/config": "",
      "politics/.a.md": "",
      "README.md": "About", "templates/article.html": "", "politics/a.md~": "", "x/y.docx": "",
    ])
    let reading = try folder.read()
    #expect(reading.archive.articles.count == 1)
    #expect(
      reading.archive.media.map { reading.string($0.path) } == ["media/b/c.svg", "politics/a.JPG"])
    #expect(
      reading.archive.statics.map { reading.string($0.path) } == [".well-known/security.txt", "x"])
    #expect(reading.diagnostics.map(\.id) == ["unknown-file"])
    #expect(reading.diagnostics[0].file == folder.path + "/x/y.docx")
  }

  @Test("that is missing is an error")
  func missing() {
    let reading = SourceReader(source: "/nowhere/at/all", jobs: 1).read()
    #expect(
      reading.diagnostics.map(\.description) == [
        "/nowhere/at/all: error: there is no such folder; name that of the stories with --source "
          + "[missing-source]"
      ])
  }

  @Test("without stories says how to begin")
  func noArticles() throws {
    let folder = try SampleFolder(["pages/x.docx": "", "media/a.png": ""])
    let complaints = try folder.complaints()
    #expect(
      complaints.first
        == "seeds: error: no story is here; write the first as politics/talks.md, with the lines "
        + "'---', 'title: …', 'date: 2024-10-03', '---' and then its text [no-articles]")
  }

  @Test("may have symbolic links, but no loop of them and none that leads nowhere")
  func links() throws {
    let folder = try SampleFolder(["a/b/c.md": Self.story])
    try folder.link("a/again", to: "b")
    try folder.link("a/b/up", to: "..")
    try folder.link("self", to: "self")
    try folder.link("d.md", to: "a/b/c.md")
    try folder.link("gone.md", to: "nowhere.md")
    let reading = try folder.read()
    #expect(
      reading.archive.files.map { reading.string($0.path) } == [
        "a/again/c.md", "a/b/c.md", "d.md",
      ])
    let complaints = try folder.complaints()
    let loop =
      ": error: this symbolic link leads back to itself or to a folder that holds it; remove it "
      + "[link-loop]"
    #expect(
      complaints == [
        "a/again/up" + loop, "a/b/up" + loop,
        "gone.md: error: this symbolic link leads nowhere; remove it or put it right [dead-link]",
        "self" + loop,
      ])
  }

  @Test("may have folders that link to each other, which are listed so often and no more")
  func manyLinks() throws {
    let names = (0..<9).map { "f\($0)" }
    let folder = try SampleFolder(["a.md": Self.story])
    for name in names {
      try folder.write(Self.story, to: "\(name)/a.md")
      for other in names where other != name {
        try folder.link("\(name)/\(other)", to: "../\(other)")
      }
    }
    let complaints = try folder.complaints().filter { $0.contains("1,001st") }
    #expect(complaints.count == 1)
    #expect(complaints.first?.hasSuffix("remove some of the links [link-loop]") == true)
  }

  @Test("says which file the machine cannot read")
  func unreadable() throws {
    let folder = try SampleFolder(["a.md": Self.story])
    // The kernel refuses to read this file from its start, also for root.
    try folder.link("b.md", to: "/proc/self/mem")
    let diagnostic = try #require(try folder.read().diagnostics.first)
    #expect(diagnostic.cause == .machine && diagnostic.file == folder.path + "/b.md")
    #expect(diagnostic.message == "this file cannot be read: Input/output error")
  }

  @Test("may not have pipes, nor names that are not UTF-8")
  func oddFiles() throws {
    let folder = try SampleFolder(["a.md": Self.story])
    let isMade = unsafe mkfifo(folder.path + "/pipe.md", 0o600)
    #expect(isMade == 0)
    let name = Array((folder.path + "/").utf8CString.dropLast()) + [CChar(bitPattern: 0xE9), 0]
    let descriptor = unsafe open(name, O_CREAT | O_WRONLY, 0o600)
    close(descriptor)
    let complaints = try folder.complaints()
    #expect(
      complaints == [
        "pipe.md: warning: this is no file but a pipe, a socket or a device; left out [special-file]",
        "\u{FFFD}: error: the file's name is not UTF-8; rename it [invalid-utf8]",
      ])
  }

  @Test("tells the place of a key for later stages")
  func locator() throws {
    let folder = try SampleFolder([
      "a.md": "---\ntitle: T\ndate: 2024-10-03\nimage:\n  src: a.jpg\n---\n",
      "site.yaml": "title: T\nlogo: a.png\n", "b.txt": "No front matter",
    ])
    let locator = SourceLocator(source: folder.path)
    #expect(locator.shown("a.md") == folder.path + "/a.md")
    #expect(locator.position(ofKey: "title", in: "a.md") == SourcePosition(line: 2, column: 8))
    #expect(locator.position(ofKey: "image", in: "a.md") == SourcePosition(line: 5, column: 3))
    #expect(locator.position(ofKey: "logo", in: "site.yaml") == SourcePosition(line: 2, column: 7))
    #expect(locator.position(ofKey: "tags", in: "a.md") == nil)
    #expect(locator.position(ofKey: "tags", in: "b.txt") == nil)
    #expect(locator.position(ofKey: "tags", in: "gone.md") == nil)
  }
}
