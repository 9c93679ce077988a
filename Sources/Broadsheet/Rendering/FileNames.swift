import Synchronization

/// The names of the files that links and pictures may mean; they are listed when the first of those
/// leads nowhere.
final class FileNames: Sendable {
  /// The names of one kind of files.
  private struct List: Sendable {
    /// The first file of each name.
    var places: [String: Int] = [:]
    var names: NameList

    init(_ files: [SourceFile], _ store: TextStore) {
      let names = files.map { String(store.string($0.path).split(separator: "/").last ?? "") }
      self.names = NameList(names)
      for (index, name) in names.enumerated() where places[name] == nil { places[name] = index }
    }
  }

  private let lists = Mutex<(pictures: List?, stories: List?)>((nil, nil))

  /// The file whose name is most like what was written.
  ///
  /// - Parameters:
  ///   - name: What was written, without its folders.
  ///   - isPicture: Whether a file of `media` is wanted, not a story.
  ///   - archive: What there is, the same in all calls.
  /// - Returns: Its place in the archive's `media` or `files`; nil where none is near.
  func nearest(to name: String, isPicture: Bool, in archive: Archive) -> Int? {
    let list = lists.withLock { lists in
      if isPicture {
        let list = lists.pictures ?? List(archive.media, archive.store)
        lists.pictures = list
        return list
      }
      let list = lists.stories ?? List(archive.files, archive.store)
      lists.stories = list
      return list
    }
    return list.places[name] ?? list.names.nearest(to: name)?.index
  }
}
