import Glibc

/// A file's bytes, as they are in the system's memory, for as long as this lives.
///
/// The file must not be cut short meanwhile: it is for files that are only ever replaced as a whole.
@safe final class MappedFile: @unchecked Sendable {
  private let start: UnsafeRawPointer?
  /// The number of bytes.
  let count: Int

  /// Maps a file of a folder.
  ///
  /// - Throws: The system's error.
  init(_ path: ByteSlice, in folder: borrowing Folder) throws(SystemError) {
    let descriptor = folder.descriptor
    let flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW
    let file = unsafe withCString(path) { unsafe openat(descriptor, $0, flags) }
    guard file >= 0 else { throw SystemError(code: errno) }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { throw SystemError(code: errno) }
    count = Int(status.st_size)
    guard count > 0 else {
      unsafe start = nil
      return
    }
    let memory = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, file, 0)
    guard let memory = unsafe memory, unsafe memory != MAP_FAILED else {
      throw SystemError(code: errno)
    }
    unsafe start = UnsafeRawPointer(memory)
  }

  deinit {
    if let start = unsafe start { unsafe munmap(UnsafeMutableRawPointer(mutating: start), count) }
  }

  /// A part of the bytes; nil where the file does not reach so far.
  func part(at offset: Int, count: Int) -> ByteSlice? {
    guard offset >= 0, count >= 0, offset <= self.count, count <= self.count - offset else {
      return nil
    }
    guard let start = unsafe start, count > 0 else { return .empty }
    return unsafe ByteSlice(
      start: (start + offset).assumingMemoryBound(to: UInt8.self), count: count)
  }
}

extension ByteSlice {
  /// The bytes as the elements that were written there, copied; nil where they are not a whole number
  /// of them.
  func elements<Element: BitwiseCopyable>(of type: Element.Type) -> [Element]? {
    let stride = MemoryLayout<Element>.stride
    guard count % stride == 0 else { return nil }
    let number = count / stride
    return unsafe [Element](unsafeUninitializedCapacity: number) { room, filled in
      unsafe UnsafeMutableRawBufferPointer(room).copyMemory(from: UnsafeRawBufferPointer(buffer))
      filled = number
    }
  }
}
