import Digests
import GRDBSQLite
import GeoPackage

/// SHA-256 over the rows of a table: whatever is changed in a value, put in or left out shows.
///
/// Of each row its number, then each value as a byte for its kind and, behind a length for texts and bytes, what SQLite
/// holds: integers and reals in eight bytes, little-endian.
struct TableDigest: ~Copyable {
  private var digest = Digest()
  /// Bytes that are not digested yet; those from `used` on are room for more.
  private var waiting = [UInt8](repeating: 0, count: 1 << 17)
  private var used = 0
  private(set) var rows = 0

  mutating func add(_ fid: Int64, _ shape: [UInt8]?, _ values: [AttributeValue]) {
    rows += 1
    put(UInt64(bitPattern: fid))
    if let shape { put(4, shape) } else { put(kind: 0) }
    for value in values { add(value) }
    flush()
  }

  /// The row as it stands in the file; its number is the first column.
  mutating func add(_ row: borrowing Rows, _ types: [ColumnType]) {
    rows += 1
    put(UInt64(bitPattern: row.integer(0)))
    for column in 1..<types.count {
      switch row.kind(column) {
      case SQLITE_INTEGER: put(1, UInt64(bitPattern: row.integer(column)))
      case SQLITE_FLOAT: put(row.real(column))
      case SQLITE_TEXT: unsafe row.withText(column) { unsafe put(3, $0) }
      case SQLITE_BLOB: unsafe row.withBlob(column) { unsafe put(types[column].isText ? 3 : 4, $0) }
      default: put(kind: 0)
      }
    }
    flush()
  }

  private mutating func flush() {
    guard used > 1 << 16 else { return }
    digest.update(waiting.prefix(used))
    used = 0
  }

  consuming func finish() -> (rows: Int, sha256: String) {
    digest.update(waiting.prefix(used))
    return (rows, digest.hexadecimal())
  }

  private mutating func add(_ value: AttributeValue) {
    switch value {
    case .null: put(kind: 0)
    case .boolean(let value): put(1, UInt64(value ? 1 : 0))
    case .integer(let number): put(1, UInt64(bitPattern: number))
    case .real(let number): put(number)
    case .text(let text): put(3, Array(text.utf8))
    case .blob(let bytes): put(4, bytes)
    }
  }

  /// SQLite keeps whole numbers as integers, and so the sign of a zero is lost.
  private mutating func put(_ number: Double) { put(2, (number == 0 ? 0 : number).bitPattern) }

  private mutating func put(_ kind: UInt8, _ number: UInt64) {
    put(kind: kind)
    put(number)
  }

  private mutating func put(_ kind: UInt8, _ bytes: [UInt8]) { unsafe bytes.withUnsafeBytes { unsafe put(kind, $0) } }

  private mutating func put(_ kind: UInt8, _ bytes: UnsafeRawBufferPointer) {
    put(kind, UInt64(bytes.count))
    makeRoom(bytes.count)
    unsafe waiting.withUnsafeMutableBytes {
      unsafe UnsafeMutableRawBufferPointer(rebasing: $0[used...]).copyMemory(from: bytes)
    }
    used += bytes.count
  }

  private mutating func put(kind: UInt8) {
    makeRoom(1)
    waiting[used] = kind
    used += 1
  }

  private mutating func put(_ number: UInt64) {
    makeRoom(8)
    unsafe waiting.withUnsafeMutableBytes {
      unsafe $0.storeBytes(of: number.littleEndian, toByteOffset: used, as: UInt64.self)
    }
    used += 8
  }

  private mutating func makeRoom(_ count: Int) {
    guard waiting.count - used < count else { return }
    waiting += [UInt8](repeating: 0, count: waiting.count + count)
  }
}
