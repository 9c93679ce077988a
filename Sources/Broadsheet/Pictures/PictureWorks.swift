import Synchronization

/// Makes what is missing of a site's pictures: libvips, once it is needed, and the cache.
final class PictureWorks: Sendable {
  /// Where libvips lies.
  let place: VipsPlace
  /// The pictures that were made so far.
  let cache: FileCache
  /// The libraries of this process by their paths: libvips can be started once only, by one thread.
  private static let loaded = Mutex<[String: Result<VipsLibrary, VipsLibrary.Failure>]>([:])

  /// Works that keep what they make in a folder.
  init(_ place: VipsPlace, cacheFolder: String) throws(SystemError) {
    self.place = place
    cache = try FileCache(at: cacheFolder)
  }

  /// libvips, loaded by the first who asks.
  func library() throws(VipsLibrary.Failure) -> VipsLibrary {
    try Self.loaded.withLock { loaded in
      if let known = loaded[place.path] { return known }
      let result: Result<VipsLibrary, VipsLibrary.Failure>
      do throws(VipsLibrary.Failure) {
        result = .success(try VipsLibrary(path: place.path))
      } catch {
        result = .failure(error)
      }
      loaded[place.path] = result
      return result
    }.get()
  }

  /// What this machine's libvips can encode, found once for each version of it.
  func abilities() throws(VipsLibrary.Failure) -> PictureSet.Abilities {
    var name = ByteBuffer(capacity: 64)
    name.append("encoders-")
    name.append(hexadecimal: place.identity, width: 16)
    var known = ByteBuffer(capacity: 64)
    if (try? cache.read(name.string, into: &known)) != nil, known.count == 1 {
      return PictureSet.Abilities(rawValue: known.slice[0] & 3)
    }
    let abilities = try PictureMaker(library: try library()).abilities()
    // Without the note, the next build asks again.
    try? cache.write(name.string, [abilities.rawValue | 0x30])
    return abilities
  }

  /// The name in the cache of a file that is made of a picture.
  func cacheName(of variant: PictureSet.Variant, _ facts: PictureFacts) -> String {
    var hash = Hash(seed: PictureSet.recipe)
    hash.add(facts.hash)
    hash.add(place.identity)
    hash.add(UInt64(bitPattern: Int64(variant.size.width) << 32 | Int64(variant.size.height)))
    hash.add(variant.isExact ? 1 : 0)
    return name(hash, variant.format.ending)
  }

  /// The name in the cache of a card.
  func cacheName(of card: ShareCard) -> String {
    var hash = Hash(seed: PictureSet.recipe &+ 1000)
    for text in [card.nameplate, card.headline, card.section] { text.withBytes { hash.add($0) } }
    hash.add(place.identity)
    return name(hash, ".png")
  }

  private func name(_ hash: Hash, _ ending: StaticString) -> String {
    var second = hash
    second.add(1)
    var name = ByteBuffer(capacity: 64)
    name.append(hexadecimal: hash.value, width: 16)
    name.append(hexadecimal: second.value, width: 16)
    name.append(ending)
    return name.string
  }
}
