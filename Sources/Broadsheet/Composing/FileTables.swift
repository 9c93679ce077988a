/// An archive's files by their paths, and its stories by their ids.
struct FileTables: Sendable {
  /// Stories by the path of their source file.
  private(set) var stories: ByteTable
  /// Stories by their id.
  private(set) var storiesByID: ByteTable
  /// Files of `media` by their path.
  private(set) var media: ByteTable
  /// Stories that have the id of another before them.
  private(set) var sameIDs: [(story: Int32, other: Int32)] = []

  /// No files.
  init(_ store: TextStore) {
    stories = ByteTable(store)
    storiesByID = ByteTable(store)
    media = ByteTable(store)
  }

  /// The tables of an archive.
  init(_ archive: Archive) {
    let count = archive.articles.count
    stories = ByteTable(archive.store, capacity: count)
    storiesByID = ByteTable(archive.store, capacity: count)
    media = ByteTable(archive.store, capacity: archive.media.count)
    for (index, article) in archive.articles.enumerated() {
      let story = Int32(index)
      _ = stories.insert(archive.files[Int(article.file)].path, story)
      if let other = storiesByID.insert(article.id, story) { sameIDs.append((story, other)) }
    }
    for (index, file) in archive.media.enumerated() {
      _ = media.insert(file.path, Int32(index))
    }
  }
}
