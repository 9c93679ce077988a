import Foundation

#if canImport(FoundationXML)
import FoundationXML
#endif

/// An element of an XML file, with what is in it.
struct XMLTree {
  /// The name with its prefix, as written.
  let name: String
  /// The attributes.
  let attributes: [String: String]
  /// The elements in it.
  fileprivate(set) var children: [XMLTree] = []
  /// The text in it, its elements' left out.
  fileprivate(set) var text = ""

  /// The root element of a file; nil where the file is not well-formed.
  init?(_ bytes: [UInt8]) {
    let reader = TreeReader()
    let parser = XMLParser(data: Data(bytes))
    parser.delegate = reader
    guard parser.parse(), let root = reader.root else { return nil }
    self = root
  }

  fileprivate init(_ name: String, _ attributes: [String: String]) {
    self.name = name
    self.attributes = attributes
  }

  /// The first element of a name; nil where there is none.
  subscript(name: String) -> XMLTree? { children.first { $0.name == name } }

  /// The texts of all elements of a name.
  func texts(_ name: String) -> [String] { children.filter { $0.name == name }.map(\.text) }

  /// All elements of a name.
  func all(_ name: String) -> [XMLTree] { children.filter { $0.name == name } }
}

private final class TreeReader: NSObject, XMLParserDelegate {
  var root: XMLTree?
  private var open: [XMLTree] = []

  func parser(
    _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
    qualifiedName qName: String?, attributes attributeDict: [String: String]
  ) {
    open.append(XMLTree(qName ?? elementName, attributeDict))
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    open[open.count - 1].text += string
  }

  func parser(_ parser: XMLParser, foundCDATA data: Data) {
    open[open.count - 1].text += String(decoding: data, as: UTF8.self)
  }

  func parser(
    _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?,
    qualifiedName qName: String?
  ) {
    let element = open.removeLast()
    if open.isEmpty {
      root = element
    } else {
      open[open.count - 1].children.append(element)
    }
  }
}
