/// How the data messages of one local type are laid out.
struct FITDefinition {
  var isBigEndian: Bool
  /// The message's number in the profile.
  var global: Int
  /// Bytes of a data message.
  private(set) var length = 0
  /// By the field's number; a later one of the same number is not looked at.
  private(set) var fields: [UInt8: (offset: Int, size: Int, type: UInt8)] = [:]

  init(isBigEndian: Bool, global first: Int, _ second: Int) {
    self.isBigEndian = isBigEndian
    global = isBigEndian ? first << 8 | second : second << 8 | first
  }

  mutating func add(field: UInt8, size: Int, type: UInt8) {
    if fields[field] == nil { fields[field] = (length, size, type) }
    length += size
  }

  /// A developer's field, whose meaning only its maker knows.
  mutating func skip(_ size: Int) { length += size }
}

/// One data message; fields by their numbers in the profile.
struct FITMessage {
  let global: Int
  /// From 1, among the data messages of its file.
  let index: Int
  /// Seconds since 1989-12-31T00:00:00Z, of field 253 or compressed in the header.
  var time: UInt32?
  private let definition: FITDefinition
  private let data: ArraySlice<UInt8>

  init(_ definition: FITDefinition, _ data: ArraySlice<UInt8>, index: Int) {
    (self.definition, self.data, self.index) = (definition, data, index)
    global = definition.global
    time = unsigned(253, bytes: 4).map { UInt32(truncatingIfNeeded: $0) }
  }

  /// A whole number of so many bytes; `nil` where it is not there, has another size, or is invalid (all bits set).
  func unsigned(_ field: UInt8, bytes count: Int) -> Int? {
    guard let raw = raw(field, bytes: count), raw != (1 << (8 * count)) - 1 else { return nil }
    return raw
  }

  /// Signed, four bytes; `nil` where it is not there or invalid (0x7fffffff).
  func signed(_ field: UInt8) -> Int? {
    guard let raw = raw(field, bytes: 4), raw != 0x7fff_ffff else { return nil }
    return Int(Int32(truncatingIfNeeded: raw))
  }

  /// Up to its first zero; `nil` where it is empty.
  func text(_ field: UInt8) -> String? {
    guard let (offset, size, type) = definition.fields[field], type & 0x1f == 7 else { return nil }
    let start = data.startIndex + offset
    let letters = data[start..<start + size].prefix { $0 != 0 }
    return letters.isEmpty ? nil : String(decoding: letters, as: UTF8.self)
  }

  func has(_ field: UInt8) -> Bool { definition.fields[field] != nil }

  private func raw(_ field: UInt8, bytes count: Int) -> Int? {
    guard let (offset, size, _) = definition.fields[field], size == count else { return nil }
    let start = data.startIndex + offset
    let piece = data[start..<start + size]
    return definition.isBigEndian
      ? piece.reduce(0) { $0 << 8 | Int($1) } : piece.reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
