import Formats
import Glibc
import Store

func isDirectory(_ path: String) -> Bool { kind(path) == S_IFDIR }

/// Whether a file begins as a store does, or is empty, as one is whose first import was cut off.
func beginsAsStore(_ path: String) -> Bool {
  guard kind(path) == S_IFREG, var input = try? ByteSource(path: path), let head = try? input.head() else {
    return false
  }
  return head.isEmpty || StoreReader.recognizes(head)
}

private func kind(_ path: String) -> mode_t? {
  var status = stat()
  return unsafe stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
}
