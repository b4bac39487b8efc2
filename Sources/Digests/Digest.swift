import CCrypto

/// A running SHA-256: the only door to libcrypto.
@safe public struct Digest: ~Copyable {
  private let context: OpaquePointer?
  private var isSound: Bool

  public init() {
    unsafe context = unsafe EVP_MD_CTX_new()
    isSound = unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1
  }

  deinit { unsafe EVP_MD_CTX_free(context) }

  public mutating func update(_ bytes: [UInt8]) { update(bytes[...]) }

  public mutating func update(_ bytes: ArraySlice<UInt8>) {
    guard isSound else { return }
    isSound = unsafe bytes.withUnsafeBytes { unsafe EVP_DigestUpdate(context, $0.baseAddress, $0.count) } == 1
  }

  /// Ends the digest: 64 lower-case hexadecimal digits.
  public mutating func hexadecimal() -> String {
    var value = [UInt8](repeating: 0, count: 32)
    isSound = unsafe isSound && EVP_DigestFinal_ex(context, &value, nil) == 1
    // SHA-256 of libcrypto fails only without memory or with a broken provider: then no file can be vouched for.
    precondition(isSound, "EVP_Digest of libcrypto failed")
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(2 * value.count)
    for byte in value {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}

/// The SHA-256 of bytes (FIPS 180-4): 64 lower-case hexadecimal digits.
public func sha256(_ bytes: [UInt8]) -> String {
  var digest = Digest()
  digest.update(bytes)
  return digest.hexadecimal()
}
