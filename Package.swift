// swift-tools-version: 6.2
import PackageDescription

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
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "CVector"),
    .systemLibrary(
      name: "CMicrohttpd",
      providers: [.apt(["libmicrohttpd-dev"]), .brew(["libmicrohttpd"])]),
    .systemLibrary(
      name: "CYAML", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .target(
      name: "Broadsheet", dependencies: ["CCmark", "CMalloc", "CMicrohttpd", "CVector", "CYAML"],
      swiftSettings: settings,
      // In the program itself, they cost no time when it starts.
      linkerSettings: [.linkedLibrary(":libcmark.a"), .linkedLibrary(":libyaml.a")]),
    .executableTarget(
      name: "BroadsheetCommand", dependencies: ["Broadsheet"], swiftSettings: settings),
    .executableTarget(name: "BroadsheetCorpus", swiftSettings: settings),
    .testTarget(
      name: "BroadsheetTests", dependencies: ["Broadsheet", "BroadsheetCorpus"],
      exclude: ["Golden", "Markdown/commonmark-0.30.json"], swiftSettings: settings),
    .testTarget(
      name: "BroadsheetCommandTests", dependencies: ["Broadsheet"], swiftSettings: settings),
  ]
)
