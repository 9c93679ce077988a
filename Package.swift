// swift-tools-version: 6.2
import Glibc
import PackageDescription

/// Whether the C library of this machine, 2.36 or later, starts programs whose relative relocations are
/// packed: there are 80,000 of them, most in ICU, and to read two megabytes of them is a part of the time
/// that a small site takes.
let startsPacked: Bool = {
  var text = [CChar](repeating: 0, count: 64)
  guard confstr(Int32(_CS_GNU_LIBC_VERSION), &text, text.count) > 0 else { return false }
  let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
  let version = String(decoding: bytes, as: UTF8.self)  // "glibc 2.36"
  let numbers = version.split { $0 == " " || $0 == "." }.compactMap { Int($0) }
  return numbers.count > 1 && (numbers[0], numbers[1]) >= (2, 36)
}()

let packed: [LinkerSetting] =
  startsPacked
  ? [.unsafeFlags(["-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs"])] : []

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),  // every unsafe step is spelled `unsafe`: easy to find, easy to review
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "Broadsheet",
  products: [
    .library(name: "Broadsheet", targets: ["Broadsheet"]),
    .executable(name: "broadsheet", targets: ["BroadsheetCommand"]),
    .executable(name: "broadsheet-corpus", targets: ["BroadsheetCorpus"]),
  ],
  targets: [
    .systemLibrary(
      name: "CCmark", providers: [.apt(["libcmark-dev"]), .brew(["cmark"])]),
    .systemLibrary(name: "CLinux"),
    .systemLibrary(name: "CVector"),
    .systemLibrary(
      name: "CMicrohttpd",
      providers: [.apt(["libmicrohttpd-dev"]), .brew(["libmicrohttpd"])]),
    .systemLibrary(
      name: "CYAML", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .target(
      name: "Broadsheet", dependencies: ["CCmark", "CLinux", "CMicrohttpd", "CVector", "CYAML"],
      swiftSettings: settings,
      // In the program itself, they cost no time when it starts.
      linkerSettings: [.linkedLibrary(":libcmark.a"), .linkedLibrary(":libyaml.a")]),
    .executableTarget(
      name: "BroadsheetCommand", dependencies: ["Broadsheet"], swiftSettings: settings,
      linkerSettings: packed),
    .executableTarget(name: "BroadsheetCorpus", swiftSettings: settings),
    .testTarget(
      name: "BroadsheetTests", dependencies: ["Broadsheet", "BroadsheetCorpus"],
      exclude: ["Golden", "Markdown/commonmark-0.30.json"], swiftSettings: settings),
    .testTarget(
      name: "BroadsheetCommandTests", dependencies: ["Broadsheet"], swiftSettings: settings),
  ]
)
