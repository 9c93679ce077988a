import Foundation

@testable import Broadsheet

/// A folder of sources on the disk, which goes away with this value.
final class SampleFolder {
  /// The folder's path.
  let path: String

  /// A folder with files of these texts, by their paths.
  init(_ files: [String: String] = [:]) throws {
    path = FileManager.default.temporaryDirectory.path + "/broadsheet-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, text) in files { try write(text, to: name) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, and the folders that it lies in.
  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  /// Writes bytes to a file.
  func write(_ bytes: [UInt8], to name: String) throws {
    let file = URL(fileURLWithPath: path + "/" + name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  /// Makes a symbolic link.
  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: path + "/" + name, withDestinationPath: target)
  }

  /// Reads the folder, with a plain `site.yaml` where there is none.
  func read(jobs: Int = 1) throws -> SourceReader.Reading {
    if !FileManager.default.fileExists(atPath: path + "/site.yaml") {
      try write("title: The Daily Example\n", to: "site.yaml")
    }
    return SourceReader(source: path, jobs: jobs).read()
  }

  /// What is wrong with the folder, a line for each, with paths from the folder.
  func complaints() throws -> [String] {
    try read().diagnostics.map {
      $0.description.replacingOccurrences(of: path + "/", with: "")
        .replacingOccurrences(of: path, with: "seeds")
    }
  }
}

extension SourceReader.Reading {
  /// A text of the archive.
  func string(_ text: Text) -> String { archive.store.string(text) }

  /// The texts of a run.
  func strings(_ run: PoolRange) -> [String] {
    run.indices.map { archive.store.string(archive.texts[$0]) }
  }

  /// The story whose title is this.
  func story(_ title: String) -> Article? {
    archive.articles.first { string($0.title) == title }
  }

  /// What few stories have, of one of them.
  func extras(of story: Article) -> ArticleExtras { archive.extras(of: story) }
}
