/// Reads the sizes of a site's pictures.
enum PictureSizes {
  /// How much of a picture's file is read at the most: camera files begin with long notes.
  private static let headerLimit = 1 << 18

  /// The sizes of the files of `media`, in their order; unknown for what is no picture.
  ///
  /// A file that has not been changed since an earlier build has the size that it had.
  static func read(
    _ archive: Archive, in folder: borrowing Folder, jobs: Int, memory: SourceMemory?
  ) -> [PictureSize] {
    guard !archive.media.isEmpty else { return [] }
    let descriptor = folder.descriptor
    let shares = inParallel(archive.media.count, width: jobs) { _, batches in
      var header = ByteBuffer(capacity: 1 << 16)
      var sizes: [(index: Int, size: PictureSize)] = []
      while let range = batches.take() {
        for index in range {
          if let size = memory?.size(of: archive.media[index]) {
            sizes.append((index, size))
            continue
          }
          header.removeAll()
          let path = archive.store[archive.media[index].path]
          Folder.readStart(of: path, limit: headerLimit, into: &header, in: descriptor)
          sizes.append((index, PictureSize(header: header.slice)))
        }
      }
      return sizes
    }
    var sizes = Array(repeating: PictureSize.unknown, count: archive.media.count)
    for share in shares { for found in share { sizes[found.index] = found.size } }
    return sizes
  }
}

extension SourceMemory {
  /// The size of a picture that has not been changed since.
  fileprivate func size(of file: SourceFile) -> PictureSize? {
    let path = archive.store[file.path]
    var (low, high) = (0, archive.media.count)
    while low < high {
      let middle = (low + high) / 2
      if archive.store[archive.media[middle].path] < path {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low < archive.media.count, archive.store[archive.media[low].path] == path,
      holds(file.stamp, as: archive.media[low].stamp)
    else { return nil }
    return pictureSizes[low]
  }
}
