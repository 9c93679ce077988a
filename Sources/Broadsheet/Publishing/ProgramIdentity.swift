import CCmark
import CYAML
import Glibc

/// What the running program is known by: another program may make other pages of the same sources.
enum ProgramIdentity {
  /// The hash of the program's file, of the libraries that it was started with, and of how it lays
  /// out what a build record holds.
  ///
  /// ICU and the zone data are a part of the program's file.
  static var hash: UInt64 {
    var hash = Hash(seed: 4)
    var status = stat()
    if unsafe stat("/proc/self/exe", &status) == 0 { hash.add(FileStatus(status).stamp) }
    hash.add(UInt64(cmark_version()))
    if let version = unsafe yaml_get_version_string() {
      unsafe hash.add(UnsafeRawBufferPointer(start: version, count: strlen(version)))
    }
    for size in [
      MemoryLayout<Article>.stride, MemoryLayout<BodyNotes>.stride, MemoryLayout<BodyLink>.stride,
      MemoryLayout<SourceFile>.stride, MemoryLayout<OutputFile>.stride,
      MemoryLayout<BuildRecord.Facts>.stride, MemoryLayout<PictureFacts>.stride,
      MemoryLayout<FieldValue>.stride,
    ] {
      hash.add(UInt64(size))
    }
    return hash.value
  }
}
