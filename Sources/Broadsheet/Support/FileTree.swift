import Glibc

/// All files below a folder, in the order of their paths, byte by byte.
struct FileTree {
  /// Why an entry cannot be used.
  enum Trouble: Sendable, Equatable {
    /// A symbolic link that leads back to itself or to a folder that holds it.
    case loop
    /// One symbolic link to a folder too many.
    case tooManyLinks
    /// A symbolic link that leads nowhere.
    case deadLink
    /// A name that is not UTF-8.
    case name
    /// A pipe, a socket or a device.
    case special
    /// The system refuses.
    case refused(SystemError)
  }

  /// The paths of the files, from the folder, with `/` between the parts.
  private(set) var files: [Text] = []
  /// What cannot be used and why, in the order of the paths.
  private(set) var troubles: [(path: Text, trouble: Trouble)] = []

  private let store: TextStore
  private let hiddenBelow: String
  private let ignored: Set<String>
  private var ancestors: [FolderIdentity] = []
  /// How many symbolic links to folders have been followed.
  private let links = Counter()
  /// How many are: folders that link to each other hold themselves in more ways than can be listed.
  private static let linkLimit = 1_000

  /// Lists a folder with all that lies in it.
  ///
  /// Symbolic links are followed. Hidden entries, whose names start with a dot, are left out.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - writer: Where the paths are kept.
  ///   - hiddenBelow: A folder, ending in a slash, whose hidden entries are listed too.
  ///   - ignored: Paths of files and folders to leave out.
  ///   - jobs: How many threads list the folders in it, each with a writer of its own.
  init(
    of folder: borrowing Folder, writer: inout TextStore.Writer, hiddenBelow: String = "",
    ignoring ignored: Set<String> = [], jobs: Int = 1
  ) {
    store = writer.store
    self.hiddenBelow = hiddenBelow
    self.ignored = ignored
    guard let entries = begin(folder, at: .empty, &writer) else { return }
    let folders = entries.filter(\.isFolder)
    guard jobs > 1, folders.count > 1 else {
      list(entries, in: folder.descriptor, at: .empty, &writer)
      return
    }
    var start = self
    start.troubles = []
    let (empty, parent, store) = (start, folder.descriptor, store)
    let shares = inParallel(folders.count, width: jobs, batch: 1) { _, batches in
      var writer = TextStore.Writer(store, isKept: true)
      var parts: [(place: Int, tree: FileTree)] = []
      while let batch = batches.take() {
        for place in batch {
          var part = empty
          part.list([folders[place]], in: parent, at: .empty, &writer)
          parts.append((place, part))
        }
      }
      return parts
    }
    var parts = shares.joined().sorted { $0.place < $1.place }.makeIterator()
    for entry in entries {
      if entry.isFolder, let part = parts.next()?.tree {
        files += part.files
        troubles += part.troubles
      } else {
        files.append(entry.path)
      }
    }
  }
}

/// A folder, whatever path leads to it.
private struct FolderIdentity: Hashable {
  var device: UInt64
  var inode: UInt64
}

/// An entry of a folder; the path of a folder ends in a slash, so that folders sort among files as
/// the paths of their files do.
private struct Entry: BitwiseCopyable, Sendable {
  var path: Text
  var isFolder: Bool
  var isLink: Bool
}

extension FileTree {
  /// Lists a folder whose path ends in a slash, with all that lies in it.
  private mutating func list(
    _ folder: borrowing Folder, at path: Text, _ writer: inout TextStore.Writer
  ) {
    guard let entries = begin(folder, at: path, &writer) else { return }
    list(entries, in: folder.descriptor, at: path, &writer)
    ancestors.removeLast()
  }

  /// Reads a folder, which is the last of the ancestors then; nil where the system refuses.
  private mutating func begin(
    _ folder: borrowing Folder, at path: Text, _ writer: inout TextStore.Writer
  ) -> [Entry]? {
    do throws(SystemError) {
      let status = try folder.status()
      let entries = try self.entries(of: folder, at: path, &writer)
      ancestors.append(FolderIdentity(device: status.device, inode: status.stamp.inode))
      return entries
    } catch {
      troubles.append((path, .refused(error)))
      return nil
    }
  }

  /// Adds entries of an open folder, and all that lies in those that are folders.
  private mutating func list(
    _ entries: [Entry], in parent: Int32, at path: Text, _ writer: inout TextStore.Writer
  ) {
    for entry in entries {
      guard entry.isFolder else {
        files.append(entry.path)
        continue
      }
      let whole = store[entry.path]
      do throws(SystemError) {
        let inner = try Folder(named: whole[path.count..<whole.count - 1], in: parent)
        if entry.isLink {
          let status = try inner.status()
          let target = FolderIdentity(device: status.device, inode: status.stamp.inode)
          guard !ancestors.contains(target) else {
            troubles.append((writer.add(whole[0..<whole.count - 1]), .loop))
            continue
          }
          let linkCount = links.add(1)
          guard linkCount <= Self.linkLimit else {
            if linkCount == Self.linkLimit + 1 {
              troubles.append((writer.add(whole[0..<whole.count - 1]), .tooManyLinks))
            }
            continue
          }
        }
        list(inner, at: entry.path, &writer)
      } catch {
        troubles.append((writer.add(whole[0..<whole.count - 1]), .refused(error)))
      }
    }
  }

  /// The entries of one folder that can be used, in order.
  private mutating func entries(
    of folder: borrowing Folder, at path: Text, _ writer: inout TextStore.Writer
  ) throws(SystemError) -> [Entry] {
    var entries: [Entry] = []
    var name = ByteBuffer(capacity: 512)
    let prefix = store[path]
    let takesHidden = !hiddenBelow.isEmpty && prefix.string.hasPrefix(hiddenBelow)
    var troubled: [(path: Text, trouble: Trouble)] = []
    var unclear: [Entry] = []
    try folder.forEachEntry { entry, kind in
      if !takesHidden, entry[0] == UInt8(ascii: ".") { return }
      name.removeAll()
      name.append(prefix)
      name.append(entry)
      let isUTF8 = entry.firstInvalidByte == nil
      if !isUTF8 {
        troubled.append((writer.add(name.slice), .name))
      } else if !ignored.isEmpty, ignored.contains(name.string) {
        return
      } else if kind == .folder {
        name.append(UInt8(ascii: "/"))
        entries.append(Entry(path: writer.add(name.slice), isFolder: true, isLink: false))
      } else if kind == .file {
        entries.append(Entry(path: writer.add(name.slice), isFolder: false, isLink: false))
      } else if kind == .special {
        troubled.append((writer.add(name.slice), .special))
      } else {
        unclear.append(Entry(path: writer.add(name.slice), isFolder: false, isLink: kind == .link))
      }
    }
    for var entry in unclear {
      let whole = store[entry.path]
      do throws(SystemError) {
        let status = try folder.status(of: whole[path.count..<whole.count])
        switch status.kind {
        case .file: entries.append(entry)
        case .folder:
          name.removeAll()
          name.append(whole)
          name.append(UInt8(ascii: "/"))
          entry.path = writer.add(name.slice)
          entry.isFolder = true
          entries.append(entry)
        case .link, .special: troubled.append((entry.path, .special))
        }
      } catch {
        switch error.code {
        case ELOOP: troubled.append((entry.path, .loop))
        case ENOENT: troubled.append((entry.path, .deadLink))
        default: troubled.append((entry.path, .refused(error)))
        }
      }
    }
    let store = store
    entries.sort { store[$0.path] < store[$1.path] }
    troubles += troubled.sorted { store[$0.path] < store[$1.path] }
    return entries
  }
}
