/// How letters are written in ASCII for addresses: a fixed table, so that an address never changes
/// with a newer Unicode.
///
/// Latin loses its diacritics. Cyrillic follows BGN/PCGN in its simple form, Greek ELOT 743.
enum SlugTable {
  /// The letter of ASCII for a Latin letter with a diacritic; nil where there is none.
  @inline(__always) static func latinLetter(of code: UInt32) -> UInt8? {
    let letter: UInt8
    switch code {
    case 0xC0...0x24F: letter = ByteSlice(latin)[Int(code - 0xC0)]
    case 0x1E00...0x1EFF: letter = ByteSlice(latinAdditional)[Int(code - 0x1E00)]
    case 0x259: letter = UInt8(ascii: "e")
    default: return nil
    }
    return letter == UInt8(ascii: "?") ? nil : letter
  }

  /// U+00C0 to U+024F.
  private static let latin: StaticString = """
    aaaaaa?ceeeeiiiidnooooo?ouuuuy??aaaaaa?ceeeeiiiidnooooo?ouuuuy?y\
    aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii??jjkkklllllll\
    lllnnnnnnn??oooooo??rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs\
    bb????occdd???eeeffgg??ikkl??nnooo??pp?????ttttuu?vyyzz?????????\
    ?????????????aaiioouuuuuuuuuueaaaa??ggggkkoooo??j???gg??nnaa????\
    aaaaeeeeiiiioooorrrruuuusstt??hh?d????aaeeooooooooyy???j??acclts\
    z??bu?eejjqqrryy
    """
  /// U+1E00 to U+1EFF.
  private static let latinAdditional: StaticString = """
    aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm\
    mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv\
    wwwwwwwwwwxxxxyyzzzzzzhtwyasss??aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee\
    eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy????yy
    """

  /// What a Latin letter becomes that stands for several.
  static func latinLetters(of code: UInt32) -> StaticString? {
    switch code {
    case 0xC6, 0xE6, 0x1E2, 0x1E3, 0x1FC, 0x1FD: "ae"
    case 0xDE, 0xFE: "th"
    case 0xDF, 0x1E9E: "ss"
    case 0x132, 0x133: "ij"
    case 0x14A, 0x14B: "ng"
    case 0x152, 0x153: "oe"
    case 0x1C4...0x1C6, 0x1F1...0x1F3: "dz"
    case 0x1C7...0x1C9: "lj"
    case 0x1CA...0x1CC: "nj"
    case 0x1FE, 0x1FF: "o"
    case 0xFB00: "ff"
    case 0xFB01: "fi"
    case 0xFB02: "fl"
    default: nil
    }
  }

  /// What a Cyrillic letter becomes; nil for one that stays as it is.
  static func cyrillic(_ code: UInt32, isUkrainian: Bool) -> StaticString? {
    let small =
      switch code {
      case 0x410...0x42F: code + 0x20
      case 0x400...0x40F: code + 0x50
      case 0x460...0x481, 0x48A...0x4BF, 0x4D0...0x52F: code | 1
      default: code
      }
    if isUkrainian {
      switch small {
      case 0x433: return "h"
      case 0x438: return "y"
      case 0x457: return "i"
      default: break
      }
    }
    if small >= 0x430, small <= 0x44F { return russian(small) }
    return switch small {
    case 0x450, 0x454: small == 0x450 ? "e" : "ye"
    case 0x451: "yo"
    case 0x452: "dj"
    case 0x453: "gj"
    case 0x455, 0x45F: "dz"
    case 0x456, 0x45D: "i"
    case 0x457: "yi"
    case 0x458: "j"
    case 0x459: "lj"
    case 0x45A: "nj"
    case 0x45B: "c"
    case 0x45C: "kj"
    case 0x45E: "w"
    case 0x491, 0x493, 0x49D: "g"
    case 0x497, 0x4B9: "j"
    case 0x49B: "q"
    case 0x4A3: "ng"
    case 0x4AF, 0x4B1: "u"
    case 0x4BB, 0x4B3: "h"
    case 0x4B7: "j"
    case 0x4D9: "e"
    case 0x4E3: "i"
    case 0x4E9: "o"
    case 0x4EF: "u"
    default: nil
    }
  }

  private static func russian(_ code: UInt32) -> StaticString {
    switch code - 0x430 {
    case 0: "a"
    case 1: "b"
    case 2: "v"
    case 3: "g"
    case 4: "d"
    case 5: "e"
    case 6: "zh"
    case 7: "z"
    case 8: "i"
    case 9: "y"
    case 10: "k"
    case 11: "l"
    case 12: "m"
    case 13: "n"
    case 14: "o"
    case 15: "p"
    case 16: "r"
    case 17: "s"
    case 18: "t"
    case 19: "u"
    case 20: "f"
    case 21: "kh"
    case 22: "ts"
    case 23: "ch"
    case 24: "sh"
    case 25: "shch"
    case 27: "y"
    case 29: "e"
    case 30: "yu"
    case 31: "ya"
    default: ""  // the hard and the soft sign
    }
  }

  /// The letter that a Greek one is without its accents and in lower case, named by the key that
  /// types it: `q` for theta, `c` for xi, `x` for chi, `y` for psi; nil for what is no letter.
  static func greekLetter(of code: UInt32) -> UInt8? {
    let letter: UInt8
    switch code {
    case 0x386...0x3CE: letter = ByteSlice(greek)[Int(code - 0x386)]
    case 0x1F00...0x1FFF: letter = ByteSlice(greekExtended)[Int(code - 0x1F00)]
    default: return nil
    }
    return letter == UInt8(ascii: "?") ? nil : letter
  }

  /// U+0386 to U+03CE.
  private static let greek: StaticString = """
    a?ehi?o?uwiabgdezhqiklmncopr?stufxywiuaehiuabgdezhqiklmncoprsstu\
    fxywiuouw
    """
  /// U+1F00 to U+1FFF.
  private static let greekExtended: StaticString = """
    aaaaaaaaaaaaaaaaeeeeee??eeeeee??hhhhhhhhhhhhhhhhiiiiiiiiiiiiiiii\
    oooooo??oooooo??uuuuuuuu?u?u?u?uwwwwwwwwwwwwwwwwaaeehhiioouuww??\
    aaaaaaaaaaaaaaaahhhhhhhhhhhhhhhhwwwwwwwwwwwwwwwwaaaaa?aaaaaaa?i?\
    ??hhh?hheehhh???iiii??iiiiii????uuuurruuuuuur?????www?wwoowww???
    """

  /// What a Greek letter becomes between its neighbours.
  static func greek(_ letter: UInt8, after: UInt8?, before: UInt8?) -> StaticString? {
    func isOne(_ letter: UInt8?, of letters: StaticString) -> Bool {
      letter.map { ByteSlice(letters).firstIndex(of: $0) != nil } ?? false
    }
    switch Unicode.Scalar(letter) {
    case "a": return "a"
    case "b": return "v"
    case "g": return isOne(before, of: "gcx") ? "n" : "g"
    case "d": return "d"
    case "e": return "e"
    case "z": return "z"
    case "h", "i": return "i"
    case "q": return "th"
    case "k": return "k"
    case "l": return "l"
    case "m": return "m"
    case "n": return "n"
    case "c": return "x"
    case "o", "w": return "o"
    case "p": return "p"
    case "r": return "r"
    case "s": return "s"
    case "t": return "t"
    case "u":
      if after == UInt8(ascii: "o") { return "u" }
      guard isOne(after, of: "aeh") else { return "y" }
      // Alpha, epsilon or eta with upsilon: v before what is voiced, else f.
      return before == nil || isOne(before, of: "qkcpstfxy") ? "f" : "v"
    case "f": return "f"
    case "x": return "ch"
    case "y": return "ps"
    default: return nil
    }
  }
}
