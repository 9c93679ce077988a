import Testing

@testable import Broadsheet

@Suite("A page") struct PageTitleTests {
  @Test("of wire copy has the title it came with, and names the paper once")
  func wire() throws {
    let built = try TemporarySite([
      "politics/2024-10-03-a.txt":
        "Ferry talks | The Daily Example\nFerry talks end\nThey ended.\n",
      "politics/2024-10-03-b.txt": "Port news\nPort is closed\nIt was closed.\n",
    ]).build()
    #expect(
      built.holds(
        in: "politics/2024/10/ferry-talks-end.html",
        "<title>Ferry talks | The Daily Example</title>"))
    #expect(
      built.holds(
        in: "politics/2024/10/port-is-closed.html",
        "<title>Port news – The Daily Example</title>"))
  }

  @Test("of a story may have the slug 'index'") func index() throws {
    let site = try TemporarySite(["politics/talks.md": story("Talks", "2024-10-03", "slug: index")])
    #expect(try site.build().holds(in: "politics/2024/10/index.html", "<h1>Talks</h1>"))
    let folders = try TemporarySite(
      ["politics/talks.md": story("Talks", "2024-10-03", "slug: index")],
      configuration: TemporarySite.plainConfiguration + "permalinks: directories\n")
    #expect(try folders.build().holds(in: "politics/2024/10/index/index.html", "<h1>Talks</h1>"))
  }
}
