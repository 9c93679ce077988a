/// Who owns which address: one file of the output has one owner.
///
/// Addresses that differ by case alone are taken for one: on many disks they are one file.
struct AddressBook: ~Copyable {
  /// Who owns an address.
  enum Owner: Equatable {
    /// A story or standing page, by its index in the archive.
    case article(Int32)
    /// An earlier address of a story.
    case alias(Int32)
    /// A page, feed or list of a section, tag or author, by its index in the publication.
    case term(Int32)
    /// A picture or other file beside the stories, by its index in `media`.
    case media(Int32)
    /// A file under `static/`, by its index.
    case fixed(Int32)
    /// A page that every site has.
    case generated
  }

  private var table: ByteTable
  private var owners: [Owner] = []
  private var writer: TextStore.Writer
  private var folded = ByteBuffer(capacity: 256)
  /// A folder that belongs to the site itself with all that lies in it, ending in a slash.
  var ownFolder: StaticString?

  /// An empty book for about so many addresses, whose texts lie in a store.
  init(_ store: TextStore, capacity: Int) {
    table = ByteTable(store, capacity: capacity)
    writer = TextStore.Writer(store)
    owners.reserveCapacity(capacity)
  }

  /// Gives an address to an owner, unless it has one.
  ///
  /// - Returns: The owner that the address has already, or nil.
  mutating func claim(_ path: Text, for owner: Owner) -> Owner? {
    var key = path
    let bytes = writer.store[path]
    if !bytes.isLowercase {
      folded.removeAll()
      folded.append(lowercasing: bytes)
      key = writer.add(folded.slice)
    }
    if let ownFolder, writer.store[key].hasPrefix(ownFolder) { return .generated }
    if let known = table.insert(key, Int32(owners.count)) { return owners[Int(known)] }
    owners.append(owner)
    return nil
  }

  /// Whether an address of anything but a copied file lies in a folder.
  ///
  /// - Complexity: O(*n*) in the number of addresses.
  mutating func hasFolder(_ path: ByteSlice) -> Bool {
    folded.removeAll()
    folded.append(lowercasing: path)
    folded.append(UInt8(ascii: "/"))
    let (folder, owners) = (folded.slice, owners)
    return table.contains { address, value in
      guard address.count > folder.count, address[0..<folder.count] == folder else { return false }
      switch owners[Int(value)] {
      case .fixed, .media: return false
      case .article, .alias, .term, .generated: return true
      }
    }
  }

  /// The owner of an address, if it has one.
  mutating func owner(of path: ByteSlice) -> Owner? {
    folded.removeAll()
    folded.append(lowercasing: path)
    return table.value(of: folded.slice).map { owners[Int($0)] }
  }
}

extension ByteSlice {
  /// Whether the bytes are ASCII without capital letters, as those of most addresses are.
  fileprivate var isLowercase: Bool {
    var found: UInt8 = 0
    for offset in 0..<count {
      let byte = unsafe buffer[offset]
      found |= byte & 0x80 | (byte &- UInt8(ascii: "A") < 26 ? 1 : 0)
    }
    return found == 0
  }
}

extension ByteBuffer {
  /// Appends a path with its letters in lower case, as a disk that does not tell case apart sees it.
  fileprivate mutating func append(lowercasing path: ByteSlice) {
    let start = count
    append(path)
    var isASCII = true
    for offset in 0..<path.count where path[offset] >= 0x80 { isASCII = false }
    guard isASCII else {
      truncate(to: start)
      append(path.string.lowercased())
      return
    }
    lowercaseASCII(from: start)
  }
}
