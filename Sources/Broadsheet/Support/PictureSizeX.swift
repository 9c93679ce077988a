struct PictureSize: BitwiseCopyable, Sendable { var width: Int32; var height: Int32
  static let unknown = PictureSize(width: 0, height: 0)
  init(width: Int32, height: Int32) { self.width = width; self.height = height }
  init(header: ByteSlice) { self = .unknown } }
