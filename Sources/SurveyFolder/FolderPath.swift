#if canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// The survey's folder: gives out paths of files inside it, and of nothing else.
struct FolderRoot {
  /// As the user named it.
  let path: String
  /// With every link resolved.
  private let real: String

  enum PathError: Error { case leavesFolder, notFound }

  /// `nil` where there is no such folder.
  init?(_ path: String) {
    guard let real = resolved(path) else { return nil }
    (self.path, self.real) = (path, real)
  }

  /// A path to open for a file that the survey names, and one that is the same for every way of naming it.
  func file(_ name: String) throws(PathError) -> (open: String, identity: String) {
    let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard !name.isEmpty, !name.utf8.contains(0), name.utf8.first != UInt8(ascii: "/"),
      !parts.contains(where: { $0.elementsEqual("..".utf8) })
    else { throw .leavesFolder }
    let joined = path.hasSuffix("/") ? path + name : path + "/" + name
    guard let target = resolved(joined) else { throw .notFound }
    guard target.hasPrefix(real == "/" ? real : real + "/") else { throw .leavesFolder }
    return (joined, target)
  }
}

private func resolved(_ path: String) -> String? {
  guard !path.utf8.contains(0), let pointer = realpath(path, nil) else { return nil }
  defer { free(pointer) }
  return String(cString: pointer)
}
