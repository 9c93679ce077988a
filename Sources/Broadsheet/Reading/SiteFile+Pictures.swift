extension SiteFile {
  /// Reads what becomes of pictures: a word, or a mapping.
  mutating func readPictures(_ value: Int) {
    guard tree.nodes[value].kind == .mapping else {
      site.pictures.mode =
        choice(value, "pictures", among: SiteConfiguration.Pictures.Mode.self) ?? .auto
      return
    }
    readNumbers(value, "pictures", ["make", "widths", "share-cards"]) { file, name, node in
      switch name {
      case "make":
        file.site.pictures.mode =
          file.choice(node, "pictures.make", among: SiteConfiguration.Pictures.Mode.self) ?? .auto
      case "widths": file.readWidths(node)
      default:
        if let isWanted = file.tree.truth(node, "pictures.share-cards", &file.problems) {
          file.site.pictures.hasShareCards = isWanted
        }
      }
    }
  }

  private mutating func readWidths(_ value: Int) {
    var items: [TextItem] = []
    tree.collectTexts(value, "pictures.widths", into: &items, &problems)
    var widths: Set<Int> = []
    for item in items {
      if let width = Int(item.text.string), (16...4096).contains(width) {
        widths.insert(width)
      } else {
        problems.append(
          Problem(
            "wrong-type",
            "'\(item.text.quotable())' is no width of a picture; write a number of pixels "
              + "from 16 to 4096", at: item.offset))
      }
    }
    if widths.count > 8 {
      report("wrong-type", "'pictures.widths' holds at most 8 widths", at: value)
    } else if !widths.isEmpty {
      site.pictures.widths = widths.sorted()
    }
  }
}
