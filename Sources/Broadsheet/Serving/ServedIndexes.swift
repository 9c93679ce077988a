import Glibc
import Synchronization

/// The search indexes of a site that is shown while it is written.
///
/// Each is made when a browser first asks for a file of it, in a folder that goes with the server, and
/// again only when one of its stories has changed.
final class ServedIndexes: Sendable {
  fileprivate struct State {
    /// The folder that they are made and kept in; nil before the first.
    var workshop: String?
    /// The version of the site that the rest tells of; nil before the first.
    var version: Int?
    /// The parts of the site that have an index, by the index's folder.
    var parts: [String: SearchPart] = [:]
    /// The indexes that were asked for, by their folders.
    var made: [String: SearchRun.Index] = [:]
  }

  private let state = Mutex(State())

  /// The bytes of a file of an index, which is made where it has to be.
  ///
  /// - Parameters:
  ///   - path: The file's path, from the folder of the site.
  ///   - renderer: What the pages of the site are made of.
  ///   - version: Tells this site from those before it.
  ///   - program: Makes indexes.
  /// - Returns: nil where no index has such a file.
  /// - Throws: Why the index cannot be made.
  /// - Complexity: Some 2 ms a story of the part whose index is made; others wait until it is there.
  func file(
    _ path: String, of renderer: Renderer, version: Int, _ program: SearchProgram
  ) throws(Diagnostic) -> [UInt8]? {
    let names = path.split(separator: "/", maxSplits: 3)
    guard names.count == 4 else { return nil }
    let folder = names[0..<3].joined(separator: "/")
    return try state.withLock { (state) throws(Diagnostic) in
      if state.version != version { state.begin(version, renderer.publication) }
      guard let part = state.parts[folder] else { return nil }
      let works = try state.works(program)
      let index =
        if let known = state.made[folder] { known } else {
          try SearchRun(renderer, works).index(of: part)
        }
      state.made[folder] = index
      guard let place = index.paths.firstIndex(of: String(names[3])) else { return nil }
      var bytes = ByteBuffer(capacity: 1 << 16)
      do throws(SystemError) {
        try works.cache.read(index.cacheName(at: place), into: &bytes)
      } catch {
        state.made[folder] = nil
        throw .unkept(error)
      }
      return bytes.array
    }
  }

  /// Removes all indexes from the disk.
  func remove() {
    state.withLock { state in
      guard let workshop = state.workshop else { return }
      state = State()
      try? Folder(at: "/").removeTree(named: String(workshop.dropFirst()))
    }
  }
}

extension ServedIndexes.State {
  /// Forgets the site before this one.
  fileprivate mutating func begin(_ version: Int, _ publication: Publication) {
    self.version = version
    made = [:]
    parts = [:]
    for (place, edition) in publication.editions.enumerated() {
      for part in publication.searchParts(of: place) {
        parts[SearchPart.folder(of: edition.code) + part.name] = part
      }
    }
  }

  /// What makes indexes, in a folder of this server alone.
  fileprivate mutating func works(_ program: SearchProgram) throws(Diagnostic) -> SearchWorks {
    do throws(SystemError) {
      let folder = if let workshop { workshop } else { try Self.newFolder() }
      workshop = folder
      return SearchWorks(
        program: program, cache: try FileCache(at: folder + "/kept"),
        scratch: folder + "/made")
    } catch {
      throw .unkept(error)
    }
  }

  /// A new folder among the system's temporary ones, by its whole path.
  private static func newFolder() throws(SystemError) -> String {
    let named = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? ""
    let parent = named.hasPrefix("/") ? named : "/tmp"
    var path = Array((parent + "/broadsheet-search-XXXXXX").utf8CString)
    guard unsafe mkdtemp(&path) != nil else { throw SystemError(code: errno) }
    return String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

extension Diagnostic {
  fileprivate static func unkept(_ error: SystemError) -> Diagnostic {
    Diagnostic(
      "cannot-write",
      "the search indexes cannot be kept in the folder for temporary files: \(error.reason)",
      cause: .machine)
  }
}
