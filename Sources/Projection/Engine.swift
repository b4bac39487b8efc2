import CPROJ
import Glibc

/// What PROJ refused, for which CRS or operation.
public struct ProjectionError: Error, Hashable, Sendable {
  /// Stable, dotted; explained in `docs/findings.md`.
  public var code: String
  public var operation: String
  /// What is wrong and what to do.
  public var reason: String

  public init(_ code: String = "crs.operation", operation: String, reason: String) {
    (self.code, self.operation, self.reason) = (code, operation, reason)
  }
}

/// A context of PROJ, quiet and without network: the same files give the same answer on every computer.
///
/// One thread at a time; what is made in it lives no longer than it.
@safe struct Engine: ~Copyable {
  let context: OpaquePointer

  private init(_ context: OpaquePointer) { unsafe self.context = context }

  /// Without a home PROJ looks for grids in /tmp/proj, where anyone could have put one. Done once, before any context.
  private static let seesToHome: Bool = {
    guard unsafe getenv("HOME") == nil, unsafe getenv("XDG_DATA_HOME") == nil else { return true }
    return unsafe setenv("XDG_DATA_HOME", "/nonexistent", 0) == 0
  }()

  static func open() throws(ProjectionError) -> Engine {
    _ = seesToHome
    guard let context = unsafe proj_context_create() else {
      throw ProjectionError(operation: "PROJ", reason: "out of memory")
    }
    unsafe proj_context_set_enable_network(context, 0)
    // Failures are reported by what is returned; PROJ's own words on standard error would only repeat them.
    unsafe _ = proj_log_level(context, PJ_LOG_NONE)
    return unsafe Engine(context)
  }

  deinit { unsafe _ = proj_context_destroy(context) }

  func failure(_ operation: String, code: String = "crs.operation") -> ProjectionError {
    ProjectionError(code, operation: operation, reason: unsafe message(of: context))
  }
}

/// An object of PROJ, destroyed with its holder.
@safe struct Handle: ~Copyable {
  let pointer: OpaquePointer

  /// `nil` where PROJ gave nothing.
  static func of(_ pointer: OpaquePointer?) -> Handle? {
    guard let pointer = unsafe pointer else { return nil }
    return unsafe Handle(pointer)
  }

  private init(_ pointer: OpaquePointer) { unsafe self.pointer = pointer }

  deinit { unsafe proj_destroy(pointer) }
}

/// The last complaint of a PROJ context.
func message(of context: OpaquePointer) -> String {
  let code = unsafe proj_context_errno(context)
  guard code != 0, let text = unsafe proj_context_errno_string(context, code) else { return "no message" }
  return unsafe String(cString: text)
}

func text(_ pointer: UnsafePointer<CChar>?) -> String {
  unsafe pointer.map { unsafe String(cString: $0) } ?? ""
}

/// `EPSG:6316`, where an object has a code of its own.
func identity(of object: OpaquePointer) -> String? {
  guard let authority = unsafe proj_get_id_auth_name(object, 0), let code = unsafe proj_get_id_code(object, 0) else {
    return nil
  }
  return unsafe "\(String(cString: authority)):\(String(cString: code))"
}
