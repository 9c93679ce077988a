import Glibc

/// Where libvips lies on this machine, found without loading it.
struct VipsPlace: Sendable, Equatable {
  /// The library's file, or a name that the system finds.
  let path: String
  /// What tells it from another version of it.
  let identity: UInt64

  /// The library that the environment names in `BROADSHEET_VIPS`, or else that of the system; nil
  /// where there is none, or where the environment says `none`.
  static func found(environment: String? = Self.environment) -> VipsPlace? {
    if let wanted = environment, !wanted.isEmpty {
      return wanted == "none" ? nil : VipsPlace(file: wanted)
    }
    for folder in folders {
      if let place = VipsPlace(file: folder + "/libvips.so.42") { return place }
    }
    return nil
  }

  private static var environment: String? {
    unsafe getenv("BROADSHEET_VIPS").map { unsafe String(cString: $0) }
  }

  /// The folders that the system looks for libraries in, as far as they are the usual ones.
  private static var folders: [String] {
    let extra = unsafe getenv("LD_LIBRARY_PATH").map { unsafe String(cString: $0) } ?? ""
    let first = extra.split(separator: ":").map(String.init)
    return first + [
      "/usr/local/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64",
      "/usr/lib",
    ]
  }

  private init?(file: String) {
    var status = stat()
    guard unsafe stat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    path = file
    // Not its inode: a machine set up anew has the same library in another one.
    var hash = Hash(seed: 6)
    hash.add(UInt64(status.st_size))
    hash.add(UInt64(bitPattern: Int64(status.st_mtim.tv_sec)))
    file.withBytes { hash.add($0) }
    identity = hash.value
  }
}
