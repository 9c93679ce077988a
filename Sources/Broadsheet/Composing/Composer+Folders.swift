/// Reports paths that would be a file and a folder at once.
///
/// The site's own pages and folders never are, for its folders have no dot in their names and its
/// pages do: only earlier addresses, static files and pictures can stand in the way of others.
extension Composer {
  /// Reports files that lie in what is a file, and files where the site has a folder.
  mutating func checkFolders() {
    for page in parts.pages where page.kind == .alias { checkAlias(page.path, of: page.index) }
    for alias in awaitedAliases { checkAlias(alias.path, of: alias.story) }
    for (index, file) in parts.archive.statics.enumerated() {
      check(file.path, describe(.fixed(Int32(index))))
      checkFolder(file.path, describe(.fixed(Int32(index))))
    }
    for (index, file) in parts.archive.media.enumerated() {
      check(file.path, describe(.media(Int32(index))))
    }
  }

  private mutating func checkAlias(_ path: Text, of story: Int32) {
    guard let file = fileAbove(path) else { return }
    report(
      "duplicate-address", clash(file, path) + "; remove the alias", story: story, key: "aliases")
  }

  private mutating func check(_ path: Text, _ shown: String) {
    guard let file = fileAbove(path) else { return }
    diagnostics.append(
      Diagnostic(
        "duplicate-address", clash(file, path) + "; rename this file's folder", file: shown))
  }

  /// The address above a path that somebody owns as a file.
  private mutating func fileAbove(_ path: Text) -> ByteSlice? {
    let bytes = parts.archive.store[path]
    for offset in 0..<bytes.count where bytes[offset] == UInt8(ascii: "/") {
      if book.owner(of: bytes[0..<offset]) != nil { return bytes[0..<offset] }
    }
    return nil
  }

  private mutating func clash(_ file: ByteSlice, _ path: Text) -> String {
    let owner = book.owner(of: file).map { describe($0) } ?? ""
    return "\(owner) has the address '\(file.string)', which cannot be the folder of "
      + "'\(parts.archive.store.string(path))' too"
  }

  /// Reports a static file that stands where the site has a folder, or will have one when a held story
  /// is due; such folders have no dot in their names.
  private mutating func checkFolder(_ path: Text, _ shown: String) {
    let bytes = parts.archive.store[path]
    let name = FileName(bytes).whole
    guard name.firstIndex(of: UInt8(ascii: ".")) == nil else { return }
    guard bytes == "assets" || book.hasFolder(bytes) else { return }
    diagnostics.append(
      Diagnostic(
        "duplicate-address",
        "the site has a folder '\(bytes.string)' where this file would stand; rename this file",
        file: shown))
  }
}
