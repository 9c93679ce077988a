import Glibc

/// Where Pagefind lies on this machine, which makes search indexes.
struct SearchProgram: Sendable, Equatable {
  /// The program's file.
  let path: String
  /// What tells it from another version of it.
  let identity: UInt64

  /// The program that the environment names in `BROADSHEET_PAGEFIND`, or else the first `pagefind` on
  /// the `PATH`; nil where there is none, or where the environment says `none`.
  static func found(
    environment: String? = Self.variable("BROADSHEET_PAGEFIND"),
    searchPath: String = Self.variable("PATH") ?? ""
  ) -> SearchProgram? {
    if let wanted = environment, !wanted.isEmpty {
      return wanted == "none" ? nil : SearchProgram(file: wanted)
    }
    for folder in searchPath.split(separator: ":") {
      if let program = SearchProgram(file: folder + "/pagefind") { return program }
    }
    return nil
  }

  private static func variable(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }

  private init?(file: String) {
    // Most folders of the PATH do not have it, which this tells at once.
    guard unsafe access(file, X_OK) == 0 else { return nil }
    // It runs in a folder of its own.
    guard let whole = unsafe realpath(file, nil) else { return nil }
    defer { unsafe free(whole) }
    var status = stat()
    guard unsafe stat(whole, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    path = unsafe String(cString: whole)
    // Not its inode: a machine set up anew has the same program in another one.
    var hash = Hash(seed: 12)
    hash.add(UInt64(status.st_size))
    hash.add(UInt64(bitPattern: Int64(status.st_mtim.tv_sec)))
    identity = hash.value
  }
}

extension Diagnostic {
  /// The site is to be searched, but what makes the index is not there.
  static func noPagefind(_ locator: SourceLocator) -> Diagnostic {
    Diagnostic(
      "no-pagefind",
      "Pagefind is not on this machine, so the site is built without its search; put its 'pagefind' "
        + "on the PATH, or name the file in BROADSHEET_PAGEFIND",
      severity: .warning, file: locator.shown("site.yaml"),
      at: locator.position(ofKey: "search", in: "site.yaml"))
  }
}
