import Foundation

/// How many bytes of the file system the open files of a folder take that have no name.
func roomOfNamelessFiles(in folder: String) -> Int {
  let open = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
  return open.reduce(0) { room, name in
    let link = "/proc/self/fd/" + name
    let target = (try? FileManager.default.destinationOfSymbolicLink(atPath: link)) ?? ""
    var status = stat()
    guard target.hasPrefix(folder + "/"), target.hasSuffix("(deleted)"),
      unsafe stat(link, &status) == 0
    else { return room }
    return room + Int(status.st_blocks) * 512
  }
}
