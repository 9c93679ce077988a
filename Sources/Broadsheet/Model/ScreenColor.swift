import Glibc

/// A colour of the screen: red, green and blue of sRGB, nothing shining through.
struct ScreenColor: Sendable, Hashable {
  var red: UInt8
  var green: UInt8
  var blue: UInt8

  /// A colour of a number such as `0xfffdf8`.
  init(_ number: UInt32) {
    red = UInt8(number >> 16 & 0xFF)
    green = UInt8(number >> 8 & 0xFF)
    blue = UInt8(number & 0xFF)
  }

  /// Reads `#rgb` or `#rrggbb`; nil for anything else.
  init?(_ text: String) {
    let digits = Array(text.utf8.dropFirst()).map { Character(Unicode.Scalar($0)) }
    guard text.first == "#", digits.count == 3 || digits.count == 6 else { return nil }
    var number: UInt32 = 0
    for digit in digits {
      guard digit.isASCII, let value = digit.hexDigitValue.map({ UInt32($0) }) else { return nil }
      number = number << 4 | value
      if digits.count == 3 { number = number << 4 | value }
    }
    self.init(number)
  }

  /// The colour as CSS has it: `#fffdf8`.
  var hexadecimal: String {
    var text = ByteBuffer(capacity: 8)
    text.append("#")
    text.append(
      hexadecimal: UInt64(red) << 16 | UInt64(green) << 8 | UInt64(blue), width: 6)
    return text.string
  }

  /// How bright it is, from 0 to 1: the relative luminance of WCAG 2.2.
  var luminance: Double {
    func linear(_ part: UInt8) -> Double {
      let value = Double(part) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// The contrast ratio of WCAG 2.2, from 1 to 21.
  func contrast(with other: ScreenColor) -> Double {
    let (one, two) = (luminance, other.luminance)
    return (max(one, two) + 0.05) / (min(one, two) + 0.05)
  }

  /// The nearest colour on the way to black or to white that stands out enough from some grounds.
  func made(tellable least: Double, from grounds: [ScreenColor]) -> ScreenColor {
    let end = ScreenColor(grounds.allSatisfy { $0.luminance > 0.18 } ? 0 : 0xFFFFFF)
    for step in 1...100 {
      func part(_ from: UInt8, _ to: UInt8) -> UInt8 {
        UInt8((Int(from) * (100 - step) + Int(to) * step) / 100)
      }
      var nearer = self
      nearer.red = part(red, end.red)
      nearer.green = part(green, end.green)
      nearer.blue = part(blue, end.blue)
      if grounds.allSatisfy({ nearer.contrast(with: $0) >= least }) { return nearer }
    }
    return end
  }
}
