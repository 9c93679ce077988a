import Foundation
import Testing

@testable import Broadsheet

/// A site in a folder of its own: its sources in `seeds`, what builds make of them in `public`.
final class TemporarySite {
  /// The default theme, which lies at the top of the package.
  static let theme =
    URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path + "/templates"
  /// What `site.yaml` says where a test does not.
  static let plainConfiguration = "title: The Daily Example\nurl: https://daily.example/\n"

  private let folder: SampleFolder

  /// The path of the folder that `seeds` and `public` lie in.
  var path: String { folder.path }

  /// A site of files of the source folder, by their paths.
  init(_ files: [String: String] = [:], configuration: String? = plainConfiguration) throws {
    folder = try SampleFolder()
    try FileManager.default.createDirectory(
      atPath: path + "/seeds", withIntermediateDirectories: true)
    if let configuration { try write(configuration, to: "site.yaml") }
    for (name, text) in files { try write(text, to: name) }
  }

  /// Writes a file of the source folder.
  func write(_ text: String, to name: String) throws { try folder.write(text, to: "seeds/" + name) }

  /// Writes a file of bytes.
  func write(_ bytes: [UInt8], to name: String) throws {
    try folder.write(bytes, to: "seeds/" + name)
  }

  /// Removes a file of the source folder.
  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: path + "/seeds/" + name)
  }

  /// The site as a build at a moment publishes it; `change` changes the build's options.
  func build(
    now: String = "2024-10-10T12:00:00Z", _ change: (inout BuildOptions) -> Void = { _ in }
  ) throws -> BuiltSite {
    var options = BuildOptions(theme: Self.theme, clock: 0)
    options.source = path + "/seeds"
    options.output = path + "/public"
    options.now = now
    options.vips = .none
    change(&options)
    let report = Broadsheet.build(options, progress: { _, _ in }, whenWaiting: { _ in })
    let messages = report.diagnostics.map {
      $0.description.replacingOccurrences(of: path + "/", with: "")
        .replacingOccurrences(of: Self.theme + "/", with: "theme/")
    }
    return BuiltSite(
      report: report, messages: messages, files: try FileListing.bytes(below: options.output))
  }

  /// What composing makes of the sources, without the bytes of any page.
  func publication(
    now: String = "2024-10-10T12:00:00Z", isSearchable: Bool = false
  ) throws -> Publication {
    let reading = SourceReader(source: path + "/seeds", jobs: 1).read()
    let moment = try now.withBytes { try DateText($0).moment(in: reading.zone).instant }
    var composer = Composer(
      reading.archive, site: reading.site, zone: reading.zone, now: moment, showsDrafts: false,
      locator: SourceLocator(source: path + "/seeds"))
    composer.isSearchable = isSearchable
    return composer.composed().publication
  }
}

/// What a build left in the output, and what it said.
struct BuiltSite {
  /// The figures of the build.
  let report: BuildReport
  /// What was wrong, a line for each, with paths from the folder of the site.
  let messages: [String]
  /// The files of the output, by their paths.
  let files: [String: [UInt8]]

  /// The paths of the output, in order.
  var paths: [String] { files.keys.sorted() }

  /// A file of the output as text; empty where there is none.
  subscript(path: String) -> String {
    files[path].map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// Whether a file of the output holds a text.
  func holds(in path: String, _ text: String) -> Bool { self[path].contains(text) }

  /// The files that hold a text, in order.
  func paths(holding text: String) -> [String] {
    let bytes = Data(text.utf8)
    return files.filter { Data($0.value).range(of: bytes) != nil }.keys.sorted()
  }

  /// The files that differ between two builds, in order: new, changed and gone ones.
  func differences(from other: BuiltSite) -> [String] {
    Set(files.keys).union(other.files.keys).filter { files[$0] != other.files[$0] }.sorted()
  }
}

extension BuiltSite: CustomTestStringConvertible {
  var testDescription: String { "a site of \(files.count) files" }
}

/// What lies in a folder.
enum FileListing {
  /// The bytes of all files below a folder, by their paths from there; links are not followed.
  static func bytes(below folder: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for path in paths(below: folder) {
      files[path] = Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/" + path)))
    }
    return files
  }

  /// When each file and folder below a folder was last written, and its number on the disk.
  static func stamps(below folder: String) throws -> [String: String] {
    var stamps: [String: String] = [:]
    let all = FileManager.default.enumerator(atPath: folder)
    while let path = all?.nextObject() as? String {
      let root = try Folder(at: folder)
      let status = try path.withBytes { try root.status(of: $0, followingLinks: false) }
      stamps[path] = "\(status.stamp.modified) \(status.stamp.changed) \(status.stamp.inode)"
    }
    return stamps
  }

  private static func paths(below folder: String) -> [String] {
    var paths: [String] = []
    let all = FileManager.default.enumerator(atPath: folder)
    while let path = all?.nextObject() as? String {
      if all?.fileAttributes?[.type] as? FileAttributeType == .typeRegular { paths.append(path) }
    }
    return paths
  }
}

/// The text of a story in Markdown; `keys` are further lines of its front matter.
func story(
  _ title: String, _ date: String? = "2024-10-03", _ keys: String..., body: String = "Talks go on."
) -> String {
  var lines = ["---", "title: \(quoted(title))"]
  if let date { lines.append("date: \(date)") }
  return (lines + keys + ["---", body, ""]).joined(separator: "\n")
}

/// A text in quotes, as YAML and JSON have it.
func quoted(_ text: String) -> String {
  var buffer = ByteBuffer()
  buffer.append(json: text)
  return "\"" + buffer.string + "\""
}
