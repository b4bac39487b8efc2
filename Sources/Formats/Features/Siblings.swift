import Glibc

/// Files that belong together: one name, different endings, in capitals or not, as `hazards.shp` and `hazards.DBF`.
enum Siblings {
  case none
  /// Beside the file at a path.
  case onDisk(String)
  /// In the archive that a file came in: the path and bytes of each, by its ending in small letters.
  case members([String: Member])

  struct Member: Sendable {
    var path: String
    var content: [UInt8]
  }

  /// The one with an ending, given in small letters; `nil` where there is none.
  func open(_ ending: String) throws(FileUnreadable) -> ByteSource? {
    switch self {
    case .none: return nil
    case .onDisk(let path):
      guard let sibling = try Self.path(of: ending, beside: path) else { return nil }
      return try ByteSource(path: sibling)
    case .members(let members): return members[ending].map { ByteSource(bytes: $0.content, path: $0.path) }
    }
  }

  /// Throws `shp.siblings` where several have the name, and none is written as the file itself is.
  static func path(of ending: String, beside path: String) throws(FileUnreadable) -> String? {
    let (stem, own) = (stem(path), self.ending(path))
    let found = names(like: stem).filter { self.ending($0) == ending }
    guard found.count > 1 else { return found.first }
    let isUpper = path.hasSuffix(own.uppercased()) && own != own.uppercased()
    if let same = found.first(where: { $0.hasSuffix(isUpper ? ending.uppercased() : ending) }) { return same }
    throw FileUnreadable(
      path, .refused, code: "shp.siblings",
      "has \(found.count) files that could be its .\(ending): take away all but the right one")
  }

  /// The ending of a path in small letters, without its dot; empty where there is none.
  static func ending(_ path: String) -> String {
    let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }

  /// A path without its ending and dot.
  static func stem(_ path: String) -> String {
    let ending = ending(path)
    return ending.isEmpty ? path : String(path.dropLast(ending.count + 1))
  }

  /// The paths in a file's folder that begin with its name and a dot, in order.
  private static func names(like stem: String) -> [String] {
    let slash = stem.lastIndex(of: "/")
    let folder = slash.map { String(stem[...$0]) } ?? ""
    let name = slash.map { String(stem[stem.index(after: $0)...]) } ?? stem
    guard let directory = unsafe opendir(folder.isEmpty ? "." : folder) else { return [] }
    defer { unsafe _ = closedir(directory) }
    var found: [String] = []
    while let entry = unsafe readdir(directory) {
      let other = unsafe withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        unsafe tuple.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if self.stem(other) == name { found.append(folder + other) }
    }
    return found.sorted()
  }
}
