/// What stands at each address of a site.
struct SiteAddresses: Sendable {
  /// What an address is that of.
  enum Target: Equatable {
    /// A page that is made: an index into the publication's pages.
    case page(Int)
    /// A file of `static/`: an index into the archive's.
    case fixed(Int)
    /// A picture, or another file that stories show: an index into the archive's.
    case media(Int)
  }

  private let table: ByteTable
  private let pageCount: Int
  private let staticCount: Int

  /// The addresses of a publication.
  init(_ publication: Publication) {
    let (archive, pages) = (publication.archive, publication.pages)
    pageCount = pages.count
    staticCount = archive.statics.count
    var table = ByteTable(
      archive.store, capacity: pageCount + staticCount + archive.media.count)
    var number: Int32 = 0
    func add(_ path: Text) {
      // Where two claim an address, that is an error, and no page is shown.
      _ = table.insert(path, number)
      number += 1
    }
    for page in pages { add(page.path) }
    for file in archive.statics { add(file.path) }
    for file in archive.media { add(file.path) }
    self.table = table
  }

  /// What stands at an address, if anything does.
  func target(of path: [UInt8]) -> Target? {
    guard let number = path.withBytes({ table.value(of: $0) }).map({ Int($0) }) else { return nil }
    if number < pageCount { return .page(number) }
    if number < pageCount + staticCount { return .fixed(number - pageCount) }
    return .media(number - pageCount - staticCount)
  }
}
