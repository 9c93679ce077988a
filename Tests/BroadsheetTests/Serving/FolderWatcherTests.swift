import Foundation
import Testing

@testable import Broadsheet

@Suite("A watcher of folders", .serialized) struct FolderWatcherTests {
  private let folder: SampleFolder

  init() throws {
    folder = try SampleFolder(["a.md": "A", "politics/talks.md": "Talks", ".git/index": "0"])
  }

  private func watcher() throws -> FolderWatcher {
    try FolderWatcher([FolderWatcher.Root(path: folder.path) { SiteChanges.isShown($0) }])
  }

  /// The files and folders that have changed, in order.
  private func changed(_ watcher: inout FolderWatcher) -> [String] {
    let changes = watcher.changes()
    return changes.isEverything
      ? ["*"] : (changes.files[0].sorted() + changes.goneFolders[0].sorted().map { $0 + "/" })
  }

  private func overwrite(_ text: String, _ name: String) throws {
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.path + "/" + name))
    try file.truncate(atOffset: 0)
    try file.write(contentsOf: Data(text.utf8))
    try file.close()
  }

  private func move(_ name: String, to other: String) throws {
    try move(folder.path + "/" + name, folder.path + "/" + other)
  }

  /// Renames over what is there, as editors do.
  private func move(_ path: String, _ other: String) throws {
    let answer = unsafe rename(path, other)
    try #require(answer == 0)
  }

  @Test("tells nothing where nothing happens, and nothing of hidden folders")
  func nothing() throws {
    var watcher = try watcher()
    _ = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/a.md"))
    try folder.write("1", to: ".git/index")
    #expect(changed(&watcher) == [])
  }

  @Test("tells of a file that is written, in place or by a rename")
  func saves() throws {
    var watcher = try watcher()
    try overwrite("B", "politics/talks.md")
    #expect(changed(&watcher) == ["politics/talks.md"])
    try folder.write("C", to: "aside")
    #expect(changed(&watcher) == ["aside"])
    try move("aside", to: "a.md")
    #expect(changed(&watcher) == ["a.md", "aside"])
  }

  @Test("tells of files that come and go")
  func comings() throws {
    var watcher = try watcher()
    try folder.write("New", to: "new.md")
    try folder.link("link.md", to: "a.md")
    #expect(changed(&watcher) == ["link.md", "new.md"])
    try FileManager.default.removeItem(atPath: folder.path + "/new.md")
    #expect(changed(&watcher) == ["new.md"])
  }

  @Test("watches a new folder at once, with what lies in it")
  func newFolder() throws {
    var watcher = try watcher()
    try folder.write("1", to: "city/deep/strike.md")
    #expect(changed(&watcher).contains("city/deep/strike.md"))
    try overwrite("2", "city/deep/strike.md")
    #expect(changed(&watcher) == ["city/deep/strike.md"])
  }

  @Test("follows a folder that is moved, and forgets where it was")
  func movedFolder() throws {
    var watcher = try watcher()
    try move("politics", to: "world")
    #expect(changed(&watcher) == ["world/talks.md", "politics/"])
    try overwrite("2", "world/talks.md")
    #expect(changed(&watcher) == ["world/talks.md"])
  }

  @Test("tells of a folder that is removed")
  func removedFolder() throws {
    var watcher = try watcher()
    try FileManager.default.removeItem(atPath: folder.path + "/politics")
    #expect(changed(&watcher) == ["politics/talks.md", "politics/"])
  }

  @Test("takes a folder that leads back to itself but once")
  func loop() throws {
    try folder.link("politics/round", to: "..")
    var watcher = try watcher()
    try overwrite("B", "politics/talks.md")
    #expect(changed(&watcher).contains("politics/talks.md"))
  }

  @Test("counts everything as changed when the folder itself goes and comes back")
  func root() throws {
    var watcher = try watcher()
    let aside = folder.path + ".aside"
    try move(folder.path, aside)
    #expect(changed(&watcher) == ["*"])
    #expect(watcher.hasMissingRoots && !watcher.findRoots())
    try move(aside, folder.path)
    #expect(watcher.findRoots() && !watcher.hasMissingRoots)
    try overwrite("B", "a.md")
    #expect(changed(&watcher) == ["a.md"])
  }
}
