import Foundation
import Testing

@testable import Broadsheet

@Suite("A tree of files") struct FileTreeTests {
  @Test("is the same, in the order of its paths, however many threads list it")
  func threads() throws {
    let folder = try SampleFolder()
    for section in ["culture", "politics", "sport", "world"] {
      for month in ["01", "02", "11"] {
        for number in 0..<20 {
          try folder.write("x", to: "\(section)/2024/\(month)/story-\(number).md")
        }
      }
    }
    for name in ["about.md", "politics.md", "politics-2.md", "zebra.md", "sport/first.md"] {
      try folder.write("x", to: name)
    }
    let links = FileManager.default
    for (name, target) in [
      ("culture/world", "../world"), ("sport/loop", "../sport"), ("world/dead", "nowhere"),
      ("linked", "culture/2024"), ("gone", "nowhere"),
    ] {
      try links.createSymbolicLink(
        atPath: folder.path + "/" + name, withDestinationPath: target)
    }
    let (files, troubles) = try Self.list(folder.path, jobs: 1)
    #expect(files.count == 4 * 60 + 5 + 60 + 60)
    #expect(files == files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    #expect(
      troubles == [
        "culture/world/dead deadLink", "gone deadLink", "sport/loop loop", "world/dead deadLink",
      ])
    for jobs in [2, 3, 8] {
      let other = try Self.list(folder.path, jobs: jobs)
      #expect(other.files == files)
      #expect(other.troubles == troubles)
    }
  }

  private static func list(
    _ path: String, jobs: Int
  ) throws -> (files: [String], troubles: [String]) {
    let store = TextStore()
    var writer = TextStore.Writer(store)
    let tree = FileTree(of: try Folder(at: path), writer: &writer, jobs: jobs)
    return (
      tree.files.map { store.string($0) },
      tree.troubles.map { "\(store.string($0.path)) \($0.trouble)" }.sorted()
    )
  }
}
