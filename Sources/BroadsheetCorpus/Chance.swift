/// Numbers that look like chance and are the same in every run: SplitMix64.
struct Chance {
  private var state: UInt64

  /// The numbers of one purpose; those of different purposes have nothing to do with each other.
  init(seed: Int, purpose: Int) {
    state = UInt64(truncatingIfNeeded: seed) &* 0xD6E8_FEB8_6659_FD93
    state = next() ^ UInt64(truncatingIfNeeded: purpose)
    state = next()
  }

  /// The next number, any of 2⁶⁴.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// A number from 0 to one less than the limit.
  mutating func number(below limit: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(limit)).high)
  }

  /// Whether something that so many cases in a hundred have is so in this one.
  mutating func happens(_ percent: Int) -> Bool { number(below: 100) < percent }

  /// One of a list, which is not empty.
  mutating func pick(_ list: [String]) -> String { list[number(below: list.count)] }
}

/// Ranks of which the first come often and the last hardly ever, as tags and authors do: the rank
/// *r*, counted from 0, has the weight 1 / (*r* + `flatness`).
struct PowerLaw {
  /// The sum of the weights up to each rank.
  private var sums: [Int] = []

  /// A law over so many ranks; a larger flatness makes them more alike.
  init(count: Int, flatness: Int = 1) {
    var sum = 0
    for rank in 0..<count {
      sum += 1_000_000_000 / (rank + flatness)
      sums.append(sum)
    }
  }

  /// A rank.
  func rank(by chance: inout Chance) -> Int {
    let place = chance.number(below: sums[sums.count - 1])
    var low = 0
    var high = sums.count - 1
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] > place { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
